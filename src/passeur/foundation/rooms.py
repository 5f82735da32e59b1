"""How a room joins the house: its subscribers, slots and personal data register when Django starts."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig


class RoomConfig(AppConfig):
    """An app whose modules that register something are loaded at start: `tasks`, `notices` and the like."""

    default_auto_field = "django.db.models.BigAutoField"
    default = False  # this class stands in each `apps` module beside the room's own, which is the one meant

    def __init_subclass__(cls) -> None:
        cls.default = True

    def ready(self) -> None:
        for door in ("tasks", "notices", "subscribers", "statements", "slots", "privacy"):
            if find_spec(f"{self.name}.{door}") is not None:
                import_module(f"{self.name}.{door}")
