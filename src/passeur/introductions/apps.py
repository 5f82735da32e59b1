"""The introductions room, as Django knows it."""

from passeur.foundation.rooms import RoomConfig


class IntroductionsConfig(RoomConfig):
    """Wires the room when Django starts."""

    name = "passeur.introductions"
