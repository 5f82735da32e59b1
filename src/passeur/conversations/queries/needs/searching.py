"""Words that were searched in vain."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from django.db import connection

from ...models import SearchMiss
from ..search import parsing
from ..search.tsqueries import finding


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


_ANSWERED = """
select w.community, w.folded
from unnest(%s::bigint[], %s::text[], %s::text[]) as w (community, folded, query)
where exists (
    select 1 from conversations_searchdocument d
    join conversations_conversation c on c.id = d.conversation_id
    where c.community_id = w.community and d.words @@ w.query::tsquery
)
"""


def found_now(searches: Iterable[tuple[int, str, str]]) -> set[tuple[int, str]]:
    """Of (community, folded words, words as typed), those that a search finds now. One query."""
    asked = [
        (community, folded, query)
        for community, folded, words in searches
        if (query := _finding(words)) is not None
    ]
    if not asked:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_ANSWERED, [list(column) for column in zip(*asked, strict=True)])
        return set(cursor.fetchall())


def _finding(words: str) -> str | None:
    try:
        return finding(parsing.parse(words))
    except parsing.REFUSALS:
        return None
