"""The foundation room, as Django knows it."""

from passeur.foundation.rooms import RoomConfig


class FoundationConfig(RoomConfig):
    """Wires the room when Django starts."""

    name = "passeur.foundation"
