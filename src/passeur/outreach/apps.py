"""The outreach room, as Django knows it."""

from passeur.foundation.rooms import RoomConfig


class OutreachConfig(RoomConfig):
    """Wires the room when Django starts."""

    name = "passeur.outreach"
