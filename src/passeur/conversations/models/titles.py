"""The title of a conversation as the database keeps it and as everybody reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext

if TYPE_CHECKING:
    TextColumn = models.CharField[str, str]
else:
    TextColumn = models.CharField


class TakenOut(str):
    """What is read in the place of a title whose opening was taken out: words for the eye, and no title."""

    __slots__ = ()


def as_read(title: str) -> str:
    """A title as the database keeps it, as everybody reads it."""
    return title or TakenOut(gettext("Échange retiré"))


class TitleField(TextColumn):
    """A title. Empty in the database while the opening is taken out; whoever reads it reads that.

    The words stand in `Conversation.title_aside` meanwhile (`services.states` moves them). What was read and
    is written back stays empty.
    """

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return None if value is None else as_read(value)

    def get_prep_value(self, value: Any) -> Any:
        return "" if isinstance(value, TakenOut) else super().get_prep_value(value)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
