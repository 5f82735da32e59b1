"""Texts that last, one by one: which helped most, which are to be looked at again, and when the next one is.

What stands here stands on the page of each text as well, for all who may read it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db import connection

from .lasting import moment_of, opened
from .slices import DAY, Slice

LOOKED_AT = 2_000
"""Texts of a community with the highest bound, which are looked at for those of a theme."""
COUNTED = 200
"""Late texts of a community, the oldest, among which the most useful is looked for."""
_MOST_USEFUL = """
SELECT x.number, x.useful, x.judged
  FROM unnest(%(open)s::int[], %(smallest)s::int[]) AS g (community, smallest)
 CROSS JOIN LATERAL (
    SELECT number, useful, judged, worth, themes FROM engagement_lasting
     WHERE community = g.community AND lasts AND judged >= 5 AND judged >= g.smallest
     ORDER BY worth DESC, number LIMIT %(looked_at)s
) x
 WHERE %(theme)s = ANY (x.themes)
 ORDER BY x.worth DESC, x.number LIMIT %(most)s
"""
_LATE = """
SELECT g.community, f.n, f.number, f.verified, f.useful, f.judged
  FROM unnest(%(communities)s::int[], %(cuts)s::date[]) AS g (community, cut)
 CROSS JOIN LATERAL (
    SELECT count(*) OVER () AS n, number, verified, useful, judged FROM (
        SELECT number, verified, useful, judged, worth FROM engagement_lasting
         WHERE community = g.community AND lasts AND verified <= g.cut
         ORDER BY verified, number LIMIT %(looked_at)s
    ) x
     ORDER BY worth DESC NULLS LAST, verified, number LIMIT 1
) f
"""
_OLDEST = """
SELECT here, o.verified FROM unnest(%s::int[]) here CROSS JOIN LATERAL (
    SELECT verified FROM engagement_lasting
     WHERE community = here AND lasts AND verified IS NOT NULL ORDER BY verified LIMIT 1
) o
"""


class Useful(NamedTuple):
    """A text (the number of its conversation): so many of the `judged` voices say that it was useful."""

    number: int
    useful: int
    judged: int


class Late(NamedTuple):
    """How many texts nobody looked at in time (`COUNTED`: as many or more), and which was the most useful: it
    was looked at last in the week `verified` (a Monday), and so many of the `judged` voices say so.
    """

    texts: int
    number: int
    verified: dt.date
    useful: int
    judged: int


def most_useful(slice: Slice, most: int) -> list[Useful]:
    """Of what lasts today, those with the highest lower bound of usefulness, among texts of as many voices as
    people that a figure must be about. Two queries.
    """
    if slice.team:
        return []
    _today, last = moment_of(slice)
    told = list(opened(slice, last))
    values: dict[str, Any] = {
        "open": told, "smallest": [slice.smallest[one] for one in told], "theme": slice.theme_number,
        "looked_at": LOOKED_AT, "most": most,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_MOST_USEFUL, values)
        return [Useful(*row) for row in cursor.fetchall()]


def late(intervals: Mapping[int, int], today: dt.date) -> dict[int, Late]:
    """By community, what is to be looked at again there, if anything is; `intervals` are days. One query."""
    cuts = [today - DAY * (interval + today.weekday()) for interval in intervals.values()]
    values: dict[str, Any] = {"communities": list(intervals), "cuts": cuts, "looked_at": COUNTED}
    with connection.cursor() as cursor:
        cursor.execute(_LATE, values)
        return {row[0]: Late(*row[1:]) for row in cursor.fetchall()}


def oldest(communities: Iterable[int]) -> dict[int, dt.date]:
    """By community, the week (a Monday) in which that was looked at which was longest not. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_OLDEST, [list(communities)])
        return dict(cursor.fetchall())


def due_on(verified: dt.date, interval: int) -> dt.date:
    """The Monday from which a text is late that was looked at last in the week `verified`: the first that is
    `interval` days away.
    """
    return verified + DAY * 7 * -(-interval // 7)


def are_told(slice: Slice) -> set[int]:
    """The communities (numbers) whose texts to be looked at again stand in a list. One query."""
    return set(opened(slice, moment_of(slice)[1]))
