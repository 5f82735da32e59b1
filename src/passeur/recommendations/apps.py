"""The recommendations room, as Django knows it."""

from passeur.foundation.rooms import RoomConfig


class RecommendationsConfig(RoomConfig):
    """Wires the room when Django starts."""

    name = "passeur.recommendations"
