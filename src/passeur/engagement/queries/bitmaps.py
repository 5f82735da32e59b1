"""Bitmaps of days as integers, and of whom communities and teams were made; read once for a slice."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection

from passeur.foundation import lasting

from ..models import FourWeeks
from .slices import BLOCK, DAY, block_of

_PRESENCE = """
SELECT community, day, {column} FROM engagement_presence
 WHERE community = ANY(%s) AND theme = %s AND day BETWEEN %s AND %s
"""
# Of the weeks before the first day only the last one counts, and of a group that is younger its first one.
_POPULATION = """
WITH known AS (
    SELECT community, team, min(since) AS oldest, max(since) FILTER (WHERE since <= %(first)s) AS since
      FROM engagement_population WHERE community = ANY(%(communities)s) {teams} GROUP BY 1, 2
)
SELECT p.community, p.team, p.since, p.bits
  FROM known k JOIN engagement_population p
    ON p.community = k.community AND p.team = k.team
   AND p.since BETWEEN coalesce(k.since, k.oldest) AND greatest(%(last)s, k.oldest)
 ORDER BY p.community, p.team, p.since
"""

# Before the first week that is known, a team is what it was in that one.
_TEAMS_THEN = """
SELECT DISTINCT ON (team) team, bits FROM engagement_population
 WHERE community = %s AND team <> '' ORDER BY team, since > %s, abs(since - %s)
"""


@dataclass(frozen=True, slots=True)
class Days:
    """By community and day, who did something: integers with a bit for each person."""

    first: dt.date
    last: dt.date
    bits: dict[tuple[int, dt.date], int] = field(default_factory=dict)

    def of(self, community: int, day: dt.date) -> int:
        return self.bits.get((community, day), 0)

    def each(self, first: dt.date, last: dt.date) -> Iterator[dt.date]:
        """The days from one to another."""
        for number in range((last - first).days + 1):
            yield first + DAY * number


@dataclass(frozen=True, slots=True)
class Groups:
    """Of whom each community ("") and each of its teams was made, week by week."""

    rows: dict[tuple[int, str], tuple[list[dt.date], list[int]]] = field(default_factory=dict)

    def on(self, community: int, team: str, day: dt.date) -> int:
        """The bitmap of the group on a day; before the first week that is known, it is that one."""
        since, bits = self.rows.get((community, team), ([], []))
        return bits[max(0, bisect_right(since, day) - 1)] if bits else 0

    def in_block(self, community: int, team: str, day: dt.date) -> int:
        """Of whom a community or a team is made in the block of a day: the same on each of its days.

        Whoever belonged to the community in one of its weeks; of a team, who was in it when the block began.
        """
        begun = block_of(day)
        whole = 0
        for week in range(0, BLOCK, 7):
            whole |= self.on(community, "", begun + DAY * week)
        return whole & self.on(community, team, begun) if team else whole

    def teams(self, community: int) -> list[str]:
        """The teams that were ever known there."""
        return sorted(team for number, team in self.rows if number == community and team)


Span = tuple[dt.date, dt.date]
Of = tuple[int, str, dt.date]
"""(community, team, first day of a block)."""


class Four(NamedTuple):
    """A block as it was written down: how many people, how many of them took part, and in 52 weeks."""

    people: int
    active: int
    year: int
    stickiness: float | None


@dataclass(slots=True)
class _Kept:
    """What was read of bitmaps: by communities, theme and column, from one day to another; and of groups.

    Groups of days within `span` are read for all of it.
    """

    span: Span | None
    days: dict[tuple[tuple[int, ...], int, str], Days] = field(default_factory=dict)
    groups: dict[tuple[int, ...], Groups] = field(default_factory=dict)
    fours: dict[tuple[tuple[int, ...], int, bool], Mapping[Of, Four]] = field(default_factory=dict)


_kept: ContextVar[_Kept | None] = ContextVar("kept", default=None)


@contextmanager
def read_once(span: Span | None = None) -> Iterator[None]:
    """Within it, a day that was read is not read again: the figures of a page look at the same days.

    Neither are groups and blocks, from the first day of `span` to its last.
    """
    token = _kept.set(_Kept(span))
    try:
        yield
    finally:
        _kept.reset(token)


def days(
    communities: Collection[int], theme: int, first: dt.date, last: dt.date, *, starting: bool = False
) -> Days:
    """Who took part, or only who started something, from one day to another. One query at most."""
    column = "starting" if starting else "taking_part"
    kept = _kept.get()
    if kept is None:
        return _read(communities, theme, first, last, column)
    key = (tuple(communities), theme, column)
    there = kept.days.get(key)
    if there is None or first < there.first or last > there.last:
        there = kept.days[key] = _more(there, communities, theme, first, last, column)
    return there


def _more(
    there: Days | None, communities: Collection[int], theme: int, first: dt.date, last: dt.date, column: str
) -> Days:
    """These days beside those read already; all between them too."""
    if there is None:
        return _read(communities, theme, first, last, column)
    bits = dict(there.bits)
    if first < there.first:
        bits |= _read(communities, theme, first, there.first - DAY, column).bits
    if last > there.last:
        bits |= _read(communities, theme, there.last + DAY, last, column).bits
    return Days(min(first, there.first), max(last, there.last), bits)


def _read(communities: Collection[int], theme: int, first: dt.date, last: dt.date, column: str) -> Days:
    rows = _fetched(_PRESENCE.format(column=column), [list(communities), theme, first, last])
    return Days(first, last, {(row[0], row[1]): int.from_bytes(row[2], "little") for row in rows})


def groups(
    communities: Collection[int],
    *,
    with_teams: bool,
    first: dt.date = dt.date.min,
    last: dt.date = dt.date.max,
) -> Groups:
    """Of whom communities, and if asked for their teams, were made in the blocks of some days. One query."""
    kept = _kept.get()
    # Teams are looked at in fewer blocks, and there are many.
    if kept is None or kept.span is None or with_teams or not kept.span[0] <= first <= last <= kept.span[1]:
        return _read_groups(communities, first, last, with_teams=with_teams)
    key = tuple(communities)
    if key not in kept.groups:
        kept.groups[key] = _read_groups(communities, *kept.span, with_teams=False)
    return kept.groups[key]


def _read_groups(communities: Collection[int], first: dt.date, last: dt.date, *, with_teams: bool) -> Groups:
    found: dict[tuple[int, str], tuple[list[dt.date], list[int]]] = defaultdict(lambda: ([], []))
    sql = _POPULATION.format(teams="" if with_teams else "AND team = ''")
    rows = _fetched(
        sql,
        {
            "communities": list(communities),
            "first": first if first == dt.date.min else block_of(first),
            "last": last if last == dt.date.max else block_of(last) + DAY * (BLOCK - 1),
        },
    )
    for community, team, since, bits in rows:
        found[community, team][0].append(since)
        found[community, team][1].append(int.from_bytes(bits, "little"))
    return Groups(dict(found))


def _fetched(sql: str, values: Sequence[Any] | Mapping[str, Any]) -> list[Any]:
    """The rows of a query, with bitmaps as their bytes."""
    return lasting.fetched(sql, values, is_lasting=False, is_binary=True)


def fours(
    communities: Collection[int], theme: int, first: dt.date, last: dt.date, *, with_teams: bool = False
) -> Mapping[Of, Four]:
    """The blocks between two days that were written down, of a theme or of all (0). One query at most."""
    kept = _kept.get()
    if kept is None or kept.span is None or not kept.span[0] <= first <= last <= kept.span[1]:
        return _read_fours(communities, theme, first, last, with_teams=with_teams)
    key = (tuple(communities), theme, with_teams)
    if key not in kept.fours:
        kept.fours[key] = _read_fours(communities, theme, *kept.span, with_teams=with_teams)
    return kept.fours[key]


def _read_fours(
    communities: Collection[int], theme: int, first: dt.date, last: dt.date, *, with_teams: bool
) -> dict[Of, Four]:
    rows = FourWeeks.objects.filter(
        community__in=communities, theme__in={0, theme}, begun__gte=first, begun__lte=last
    )
    if not with_teams:
        rows = rows.filter(team="")
    found: dict[Of, Four] = {}
    # The community comes first: a theme without a row of its own had nobody, of as many people.
    for row in rows.order_by("theme").defer("bits"):
        four = Four(row.people, row.active, row.year, row.stickiness)
        is_asked = row.theme == theme
        found[row.community, row.team, row.begun] = four if is_asked else Four(four.people, 0, 0, None)
    return found


class TeamsThen:
    """Of which team of a community somebody was when a block began. One query for each block asked of."""

    def __init__(self, community: int) -> None:
        self.community = community
        self._blocks: dict[dt.date, list[tuple[str, bytes]]] = {}

    def of(self, bit: int, day: dt.date) -> str:
        """The team, in the block of a day, of the person with this bit; empty for none."""
        place, mask = bit >> 3, 1 << (bit & 7)
        there = (team for team, raw in self._in(block_of(day)) if place < len(raw) and raw[place] & mask)
        return next(there, "")

    def bits(self, team: str, day: dt.date) -> list[int]:
        """The people (bits) of a team in the block of a day."""
        raw = dict(self._in(block_of(day))).get(team, b"")
        return [8 * place + bit for place, byte in enumerate(raw) for bit in range(8) if byte >> bit & 1]

    def _in(self, begun: dt.date) -> list[tuple[str, bytes]]:
        if begun not in self._blocks:
            with connection.cursor() as cursor:
                cursor.execute(_TEAMS_THEN, [self.community, begun, begun])
                self._blocks[begun] = [(team, bytes(raw)) for team, raw in cursor.fetchall()]
        return self._blocks[begun]


@dataclass(frozen=True, slots=True)
class Window:
    """Who was in a group at any time of some days, and who of them was active."""

    people: int
    active: int


def window(days: Days, groups: Groups, community: int, team: str, first: dt.date, last: dt.date) -> Window:
    """Each day counts for those who are of the group in its block."""
    people = active = group = 0
    begun = None
    for day in days.each(first, last):
        if begun != block_of(day):
            begun, group = block_of(day), groups.in_block(community, team, day)
            people |= group
        active |= days.of(community, day) & group
    return Window(people, active)
