"""Days of response: the exchanges asked on a day in a community and in each theme, with their waits in bins.

A day is made again from its exchanges wherever one of them changed. After an import all days changed, each of
them many times: they are marked, and made once.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db import connection, transaction

from passeur.algorithms.measures.bins import ENDS, bin_of

from . import places

HOUR = dt.timedelta(hours=1)
DAYS = 200
"""Marked days made in one transaction."""

_MARK = """
INSERT INTO engagement_changedday (community, day) SELECT * FROM unnest(%s::int[], %s::date[])
"""
# A mark is added and never changed, so that whoever tells of exchanges waits for nobody, and one that is not
# committed yet is still there afterwards.
_TAKE = """
DELETE FROM engagement_changedday m USING (
    SELECT DISTINCT community, day FROM engagement_changedday ORDER BY community, day LIMIT %s
) t WHERE m.community = t.community AND m.day = t.day
RETURNING m.community, m.day
"""
_FORGET = "DELETE FROM engagement_responseday WHERE community = %s AND day = ANY(%s::date[])"
_EXCHANGES = """
SELECT d.day, e.asked_at, e.themes, e.kind, e.asks, e.replied_at, e.due_at, e.closed_at,
       e.accepted_at IS NOT NULL, e.is_resolved, e.is_first
  FROM unnest(%s::date[]) AS d (day)
  JOIN engagement_exchange e
    ON e.asked_at >= d.day::timestamp AT TIME ZONE 'UTC'
   AND e.asked_at < (d.day + 1)::timestamp AT TIME ZONE 'UTC'
 WHERE e.community = %s
"""
_COPY = """
COPY engagement_responseday (
    community, theme, day, kind, asks, asked, served, "left", waiting, within, accepted, due, resolved,
    newcomers, newcomers_within
) FROM STDIN
"""
Place = tuple[int, dt.date, str]
"""(theme, day, kind)."""


@dataclass(slots=True)
class _Counts:
    """What is counted of one place; the bins that hold something."""

    asks: bool
    asked: int = 0
    served: dict[int, int] = field(default_factory=dict)
    left: dict[int, int] = field(default_factory=dict)
    waiting: dict[int, int] = field(default_factory=dict)
    within: int = 0
    accepted: int = 0
    due: int = 0
    resolved: int = 0
    newcomers: int = 0
    newcomers_within: int = 0


def day_of(at: dt.datetime) -> dt.date:
    """The day of response on which something was asked: in UTC."""
    return at.astimezone(dt.UTC).date()


def mark(days: Iterable[tuple[int, dt.date]]) -> None:
    """These (community, day) are to be made again, by `remake_marked`."""
    rows = sorted(days)
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_MARK, [list(column) for column in zip(*rows, strict=True)])


def remake_marked() -> int:
    """Make the marked days again, some at a time; how many there were. Interrupted, the rest stays marked."""
    done = 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_TAKE, [DAYS])
            days = set(cursor.fetchall())
            remake(days)
        if not days:
            return done
        done += len(days)


def remake(days: Iterable[tuple[int, dt.date]]) -> None:
    """Make the response days of (community, day in UTC) again from their exchanges."""
    by_community: dict[int, list[dt.date]] = defaultdict(list)
    for community, day in sorted(days):
        by_community[community].append(day)
    for community, some in by_community.items():
        made = _counted(community, some)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_FORGET, [community, some])
            with cursor.copy(_COPY) as out:
                for line in _lines(community, made):
                    out.write(line)


def _counted(community: int, days: list[dt.date]) -> dict[Place, _Counts]:
    above = places.parents(community)
    ways: dict[int, set[int]] = {}
    made: dict[Place, _Counts] = {}
    with connection.cursor() as cursor:
        cursor.execute(_EXCHANGES, [days, community])
        rows = cursor.fetchall()
    for (
        day,
        asked_at,
        themes,
        kind,
        asks,
        replied_at,
        due_at,
        closed_at,
        is_accepted,
        is_resolved,
        is_first,
    ) in rows:
        within = replied_at is not None and due_at is not None and replied_at <= due_at
        for theme in themes:
            if theme not in ways:
                ways[theme] = places.way_up(theme, above)
        for theme in {0}.union(*(ways[theme] for theme in themes)):
            counts = made.get((theme, day, kind))
            if counts is None:
                counts = made[theme, day, kind] = _Counts(asks)
            counts.asked += 1
            if replied_at is not None:
                _put(counts.served, bin_of((replied_at - asked_at) / HOUR))
            elif closed_at is not None:
                _put(counts.left, bin_of((closed_at - asked_at) / HOUR))
            else:
                _put(counts.waiting, asked_at.astimezone(dt.UTC).hour)
            counts.within += within
            counts.accepted += is_accepted
            counts.resolved += is_resolved
            counts.due += due_at is not None
            counts.newcomers += is_first and due_at is not None
            counts.newcomers_within += is_first and within
    return made


def _put(bins: dict[int, int], place: int) -> None:
    bins[place] = bins.get(place, 0) + 1


def _lines(community: int, made: Mapping[Place, _Counts]) -> Iterator[str]:
    """Rows as COPY reads them. Kinds are words of `conversations.choices`: nothing in them needs escaping."""
    for (theme, day, kind), one in made.items():
        words = (
            community, theme, day, kind, "t" if one.asks else "f", one.asked, _array(one.served, len(ENDS)),
            _array(one.left, len(ENDS)), _array(one.waiting, 24), one.within, one.accepted, one.due,
            one.resolved, one.newcomers, one.newcomers_within,
        )  # fmt: skip
        yield "\t".join(map(str, words)) + "\n"


def _array(bins: Mapping[int, int], length: int) -> str:
    values = ["0"] * length
    for place, count in bins.items():
        values[place] = str(count)
    return "{" + ",".join(values) + "}"
