"""Somebody as a page draws them, said within the reading of a page (`foundation.reading`)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import BooleanField, Case, ExpressionWrapper, F, Q, Value, When
from django.db.models.functions import JSONObject
from django.utils.translation import gettext

from ..protocols import looks


@dataclass(frozen=True, slots=True)
class Drawn:
    """A member. `handle` is how to name them so that they are told of it, empty where they cannot be."""

    pk: int
    told_name: str
    job: str
    handle: str
    is_erased: bool

    @property
    def name(self) -> str:
        """Whoever was erased has no name any more, in the reader's language."""
        return gettext("Membre parti") if self.is_erased else self.told_name

    @property
    def first_name(self) -> str:
        return looks.first_name(self.name, is_erased=self.is_erased)

    @property
    def initials(self) -> str:
        return looks.initials(self.name, is_erased=self.is_erased)

    @property
    def tint(self) -> int:
        return looks.tint(self.pk)


def drawn(path: str = "") -> Case:
    """What a query says of the member at that path (`"author"`, or itself), for a field of `Drawn | None`."""
    way = f"{path}__" if path else ""
    is_erased = Q(**{f"{way}erased_at__isnull": False})
    is_imported = Q(**{f"{way}email": None, f"{way}erased_at": None, f"{way}is_machine": False})
    can_be_told = Q(**{f"{way}is_active": True, f"{way}handle__isnull": False}) & ~is_imported
    said = JSONObject(
        pk=F(f"{way}pk"),
        told_name=F(f"{way}name"),
        job=F(f"{way}job"),
        handle=Case(When(can_be_told, then=F(f"{way}handle")), default=Value("")),
        is_erased=ExpressionWrapper(is_erased, output_field=BooleanField()),
    )
    return Case(When(**{f"{way}pk__isnull": False}, then=said), default=None)
