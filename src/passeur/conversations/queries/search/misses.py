"""What was looked for in vain."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max, Sum

from ...models import SearchMiss

if TYPE_CHECKING:
    from passeur.communities.models import Community


@dataclass(frozen=True, slots=True)
class Miss:
    """Words that found nothing, how many times and until when. Nobody's name is kept."""

    words: str
    folded: str
    times: int
    last: dt.date


def misses(community: Community, *, since: dt.date, at_least: int = 1) -> list[Miss]:
    """What was searched without result in a community since that day, the most frequent first. One query."""
    rows = (
        SearchMiss.objects.filter(community=community, day__gte=since)
        .values("folded")
        .annotate(n=Sum("times"), last=Max("day"), latest=Max("words"))
        .filter(n__gte=at_least)
        .order_by("-n", "-last", "folded")
    )
    return [Miss(row["latest"], row["folded"], row["n"], row["last"]) for row in rows]
