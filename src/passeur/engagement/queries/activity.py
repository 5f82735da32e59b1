"""How much happens: what people wrote and reacted to by day, by theme, by kind, from totals of days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection

from ..choices import Act, Withholding
from .bitmaps import groups
from .guarding import Withheld
from .slices import DAY, Slice

_BY_DAY = """
SELECT t.day, sum(t.statements) FROM engagement_total t JOIN engagement_word w ON w.id = t.verb
 WHERE t.community = ANY(%s) AND t.theme = %s AND t.day BETWEEN %s AND %s AND w.is_own AND w.act >= %s
 GROUP BY 1
"""
_BY_THEME = """
SELECT t.theme, sum(t.statements) FROM engagement_total t JOIN engagement_word w ON w.id = t.verb
 WHERE t.community = ANY(%s) AND t.theme <> 0 AND t.day BETWEEN %s AND %s AND w.is_own AND w.act >= %s
 GROUP BY 1 ORDER BY 2 DESC, 1
"""
_BY_KIND = """
SELECT coalesce(k.iri, ''), w.iri, sum(t.statements)
  FROM engagement_total t JOIN engagement_word w ON w.id = t.verb LEFT JOIN engagement_word k ON k.id = t.kind
 WHERE t.community = ANY(%s) AND t.theme = %s AND t.day BETWEEN %s AND %s AND w.is_own AND w.act >= %s
 GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2
"""


@dataclass(frozen=True, slots=True)
class DayCount:
    """What was written or reacted to on a day."""

    day: dt.date
    count: int


@dataclass(frozen=True, slots=True)
class ThemeCount:
    """The same in a theme (number), with those below it: what has two themes counts in both."""

    theme: int
    count: int


@dataclass(frozen=True, slots=True)
class KindCount:
    """How often people did `verb` (IRI) to a kind of thing (IRI of its type)."""

    kind: str
    verb: str
    count: int


def activity_by_day(slice: Slice) -> list[DayCount] | Withheld:
    """Contributions, replies, acceptances and reactions of each day, quiet days with 0. Two queries."""
    open_ones = _open(slice)
    if isinstance(open_ones, Withheld):
        return open_ones
    rows = dict(_rows(_BY_DAY, open_ones, slice.theme_number, slice.first, slice.last, Act.TAKES_PART))
    each = [slice.first + DAY * number for number in range(slice.days)]
    return [DayCount(day, rows.get(day, 0)) for day in each]


def activity_by_theme(slice: Slice) -> list[ThemeCount] | Withheld:
    """The same by theme, the liveliest first. Two queries."""
    open_ones = _open(slice)
    if isinstance(open_ones, Withheld):
        return open_ones
    return [ThemeCount(*row) for row in _rows(_BY_THEME, open_ones, slice.first, slice.last, Act.TAKES_PART)]


def activity_by_kind(slice: Slice) -> list[KindCount] | Withheld:
    """The same by verb and kind of thing, the most frequent first. Two queries."""
    open_ones = _open(slice)
    if isinstance(open_ones, Withheld):
        return open_ones
    found = _rows(_BY_KIND, open_ones, slice.theme_number, slice.first, slice.last, Act.TAKES_PART)
    return [KindCount(*row) for row in found]


def open_communities(slice: Slice) -> list[int]:
    """Those of the slice that have enough people for a figure about all of them together."""
    found = groups(slice.numbers, with_teams=False, first=slice.last, last=slice.last)
    return [one for one in slice.numbers if found.on(one, "", slice.last).bit_count() >= slice.smallest[one]]


def _open(slice: Slice) -> list[int] | Withheld:
    if slice.team:
        return Withheld(Withholding.NOT_FOR_TEAMS)
    return open_communities(slice) or Withheld(Withholding.FEW_PEOPLE)


def _rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
