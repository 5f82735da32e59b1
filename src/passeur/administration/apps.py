"""The administration room, as Django knows it."""

from passeur.foundation.rooms import RoomConfig


class AdministrationConfig(RoomConfig):
    """Wires the room when Django starts."""

    name = "passeur.administration"
