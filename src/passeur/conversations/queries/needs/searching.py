"""Words that were searched in vain."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from ...models import SearchMiss


@dataclass(frozen=True, slots=True)
class Missed:
    """One day on which words were searched in vain, and how often."""

    day: dt.date
    times: int
    words: str


def digest(folded: str) -> str:
    """What names words in addresses."""
    return sha256(folded.encode()).hexdigest()[:16]


def missed_words(communities: Iterable[int], since: dt.date) -> dict[tuple[int, str], str]:
    """By (community, digest), the folded words that were searched in vain since that day. One query."""
    rows = SearchMiss.objects.filter(community__in=list(communities), day__gte=since)
    return {
        (community, digest(folded)): folded
        for community, folded in rows.order_by().values_list("community", "folded").distinct()
    }


def missed(pairs: Iterable[tuple[int, str]], since: dt.date) -> dict[tuple[int, str], list[Missed]]:
    """By (community, folded words), the days since then, oldest first. One query."""
    wanted = set(pairs)
    rows = SearchMiss.objects.filter(
        community__in={community for community, _ in wanted},
        folded__in={folded for _, folded in wanted},
        day__gte=since,
    )
    found: dict[tuple[int, str], list[Missed]] = defaultdict(list)
    for row in rows.order_by("day"):
        if (row.community_id, row.folded) in wanted:
            found[row.community_id, row.folded].append(Missed(row.day, row.times, row.words))
    return found
