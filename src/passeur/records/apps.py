"""The records room, as Django knows it."""

from passeur.foundation.rooms import RoomConfig


class RecordsConfig(RoomConfig):
    """Wires the room when Django starts."""

    name = "passeur.records"
