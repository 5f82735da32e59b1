"""Weeks of response: the days of a week put together, wherever one of them was made again."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

import numpy as np
from django.db import connection, transaction

from ..queries import weeks
from ..queries.slices import block_of, span_of
from . import places

DAY = dt.timedelta(days=1)
SOME = 60
"""People kept of a row: more than the largest group that a figure must be about."""

_LOCK = "SELECT pg_advisory_xact_lock(hashtext('engagement.weeks'), %s)"
_DAYS = """
SELECT theme, day, kind, asks, asked, within, accepted, due, resolved, newcomers, newcomers_within, helped,
       coalesce(hours, '{}'), waiting, served, "left", coalesce(askers, '{}'), coalesce(beside, '{}'),
       exchanges, their_themes
  FROM engagement_responseday WHERE community = %s AND day = ANY(%s::date[]) ORDER BY theme, day, kind
"""
_FORGET = "DELETE FROM engagement_responseweek WHERE community = %s AND week = ANY(%s::date[])"
_COPY = """
COPY engagement_responseweek (
    community, theme, week, asks, kind, asked, within, accepted, due, resolved, newcomers, newcomers_within,
    helped, people, askers, beside, cells, exchanges, their_themes
) FROM STDIN
"""
_IN_WEEK = """
UPDATE engagement_responseday SET in_week = true
 WHERE community = %s AND day = ANY(%s::date[]) AND NOT in_week
"""
# How it is told was decided of who asked then (`deciding`, `parts`).
_CHANGED = """
WITH blocks AS (
    UPDATE engagement_toldblock SET is_changed = true
     WHERE community = %(community)s AND begun = ANY(%(blocks)s::date[]) AND NOT is_changed
)
UPDATE engagement_toldpart SET is_changed = true
 WHERE community = %(community)s AND NOT is_changed
   AND (begun = ANY(%(blocks)s::date[]) OR begun = ANY(%(spans)s::date[]))
"""
_MISSING = """
SELECT DISTINCT community, date_trunc('week', day)::date AS week FROM engagement_responseday
 WHERE NOT in_week ORDER BY week DESC, community
"""
_SUMS = (
    "asked", "within", "accepted", "due", "resolved", "newcomers", "newcomers_within", "helped",
)  # fmt: skip
_sums = attrgetter(*_SUMS)
_Place = tuple[int, dt.date, bool, str]
"""(theme, Monday, asks, kind); of a theme, all kinds together."""


@dataclass(slots=True)
class _Day:
    """A row of a day."""

    theme: int
    day: dt.date
    kind: str
    asks: bool
    asked: int
    within: int
    accepted: int
    due: int
    resolved: int
    newcomers: int
    newcomers_within: int
    helped: int
    hours: Sequence[int]
    waiting: Sequence[int]
    served: Sequence[int]
    left: Sequence[int]
    askers: Sequence[int]
    beside: Sequence[int]
    exchanges: bytes | None
    their_themes: bytes | None


@dataclass(slots=True)
class _Week:
    days: list[_Day] = field(default_factory=list)

    def people(self) -> set[int]:
        return {bit for one in self.days for bit in one.askers}

    def beside(self, around: Sequence[_Day]) -> set[int]:
        """Who asked in the theme above (its days: `around`) outside of this one.

        On a day on which nothing was asked in it, that is everybody there.
        """
        made = {bit for one in self.days for bit in one.beside}
        there = {(one.day, one.kind) for one in self.days}
        return made.union(*(one.askers for one in around if (one.day, one.kind) not in there))


def monday_of(day: dt.date) -> dt.date:
    """The Monday of its week."""
    return day - DAY * day.weekday()


def lock(community: int) -> None:
    """Let nobody else make days or weeks of a community before this transaction ends.

    Take it before counting: whoever made another day of the same week is then waited for, and seen.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [community])


def remake(community: int, mondays: Collection[dt.date]) -> None:
    """Make the weeks of a community again from their days, inside the transaction that holds its lock."""
    days = [monday + DAY * number for monday in sorted(mondays) for number in range(7)]
    above = places.parents(community)
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, [community, days])
        rows = [_Day(*row) for row in cursor.fetchall()]
        cursor.execute(_FORGET, [community, sorted(mondays)])
        with cursor.copy(_COPY) as out:
            for words in _made(rows, above):
                out.write_row((community, *words))
        cursor.execute(_IN_WEEK, [community, days])
        cursor.execute(
            _CHANGED,
            {
                "community": community,
                "blocks": sorted({block_of(monday) for monday in mondays}),
                "spans": sorted({span_of(monday) for monday in mondays}),
            },
        )


def make_missing() -> int:
    """Make those of days that a version before counted, the newest first; how many. Stopped, it goes on."""
    with connection.cursor() as cursor:
        cursor.execute(_MISSING)
        missing = cursor.fetchall()
    for community, monday in missing:
        with transaction.atomic():
            lock(community)
            remake(community, [monday])
    return len(missing)


def _made(rows: Sequence[_Day], above: Mapping[int, int | None]) -> Iterator[tuple[object, ...]]:
    found: dict[_Place, _Week] = defaultdict(_Week)
    around: dict[tuple[int, dt.date, bool], list[_Day]] = defaultdict(list)
    for one in rows:
        monday = monday_of(one.day)
        found[one.theme, monday, one.asks, "" if one.theme else one.kind].days.append(one)
        around[one.theme, monday, one.asks].append(one)
    for (theme, monday, asks, kind), week in found.items():
        people = week.people()
        beside = week.beside(around[above.get(theme) or 0, monday, asks]) if theme > 0 else set()
        sums = np.asarray([_sums(one) for one in week.days]).sum(axis=0).tolist()
        cells = sum(
            (
                weeks.day_cells(one.day.weekday(), one.hours, one.waiting, one.served, one.left)
                for one in week.days
            ),
            start=np.zeros(weeks.WIDTH, dtype=np.int64),
        )
        yield (
            theme, monday, asks, kind, *sums, len(people), sorted(people)[:SOME], sorted(beside)[:SOME],
            weeks.packed(cells), _joined([one.exchanges for one in week.days]),
            _joined([one.their_themes for one in week.days]),
        )  # fmt: skip


def _joined(parts: Sequence[bytes | None]) -> bytes | None:
    """Those of all days, or nothing where a day has none."""
    found = [one for one in parts if one is not None]
    return b"".join(found) if len(found) == len(parts) else None
