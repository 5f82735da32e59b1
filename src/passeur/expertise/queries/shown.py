"""What those who wrote in a conversation have shown on its themes, as its page asks it with all else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from passeur.conversations.queries import threads
from passeur.foundation.prepared import Asked, prepared

from ..models import Tally, ThemeCount
from .demonstrated import shown


@dataclass(frozen=True, slots=True)
class ShownTheme:
    """A theme, and the address of its community."""

    name: str
    slug: str
    community: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Who has shown something on a theme of a conversation; no theme where it was merged away."""

    person_id: int
    theme: ShownTheme | None


@prepared
def shown_by_writers(conversation: Asked, community: Asked) -> QuerySet[Tally, Any]:
    """`Shown`, what they have shown most first."""
    theme = ThemeCount.objects.filter(theme=OuterRef("key"), theme__merged_into=None).values(
        said=JSONObject(name=F("theme__name"), slug=F("theme__slug"), community=F("theme__community__slug"))
    )
    rows = shown().filter(
        community=community,
        # As lists, so that each is looked up by its key, whatever the planner guesses of how many there are.
        key__among=ArraySubquery(threads.theme_keys(conversation)),
        person__among=ArraySubquery(threads.writer_keys(conversation)),
    )
    return rows.order_by("-accepted", "-answers", "key").values("person_id", theme=Subquery(theme[:1]))


def best_of(rows: Iterable[Shown]) -> dict[int, ShownTheme]:
    """By person, the theme in which they have shown most."""
    best: dict[int, ShownTheme] = {}
    for row in rows:
        if row.theme is not None:
            best.setdefault(row.person_id, row.theme)
    return best
