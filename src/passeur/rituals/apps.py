"""The rituals room, as Django knows it."""

from passeur.foundation.rooms import RoomConfig


class RitualsConfig(RoomConfig):
    """Wires the room when Django starts."""

    name = "passeur.rituals"
