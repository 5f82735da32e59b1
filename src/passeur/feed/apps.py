"""The feed room, as Django knows it."""

from passeur.foundation.rooms import RoomConfig


class FeedConfig(RoomConfig):
    """Wires the room when Django starts."""

    name = "passeur.feed"
