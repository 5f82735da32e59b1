"""The expertise room, as Django knows it."""

from passeur.foundation.rooms import RoomConfig


class ExpertiseConfig(RoomConfig):
    """Wires the room when Django starts."""

    name = "passeur.expertise"
