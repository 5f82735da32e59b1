"""The desk room, as Django knows it."""

from passeur.foundation.rooms import RoomConfig


class DeskConfig(RoomConfig):
    """Wires the room when Django starts."""

    name = "passeur.desk"
