"""The sponsors room, as Django knows it."""

from passeur.foundation.rooms import RoomConfig


class SponsorsConfig(RoomConfig):
    """Wires the room when Django starts."""

    name = "passeur.sponsors"
