"""The communities room, as Django knows it."""

from passeur.foundation.rooms import RoomConfig


class CommunitiesConfig(RoomConfig):
    """Wires the room when Django starts."""

    name = "passeur.communities"
