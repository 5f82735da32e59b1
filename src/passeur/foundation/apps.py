"""The foundation room, as Django knows it."""

from django.db.backends.signals import connection_created

from passeur.foundation.rooms import RoomConfig
from passeur.foundation.short_statements import without_compiling


class FoundationConfig(RoomConfig):
    """Wires the room when Django starts."""

    name = "passeur.foundation"

    def ready(self) -> None:
        super().ready()
        connection_created.connect(without_compiling)
