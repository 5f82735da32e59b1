"""The writing room, as Django knows it."""

from passeur.foundation.rooms import RoomConfig


class WritingConfig(RoomConfig):
    """Wires the room when Django starts."""

    name = "passeur.writing"
