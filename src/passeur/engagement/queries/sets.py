"""Sets of exchanges by the weeks in which they were started: how many, and some of the people who did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .weeks import Week

Weeks = tuple[dt.date, ...]
"""Mondays, rising."""
WEEK = dt.timedelta(weeks=1)
WEEKS = 4
"""Of a block."""


@dataclass(slots=True)
class Some:
    """A set of exchanges: how many, and some of the people who started them."""

    asked: int = 0
    people: set[int] = field(default_factory=set)

    def take(self, asked: int, people: Iterable[int] | None) -> None:
        """These too."""
        self.asked += asked
        self.people.update(people or ())

    def is_safe(self, smallest: int) -> bool:
        """Whether it may be found out: it is about enough people, or about nothing."""
        return not self.asked or len(self.people) >= smallest


def together(some: Iterable[Some]) -> Some:
    """Sets that have no exchange in common, as one."""
    made = Some()
    for one in some:
        made.take(one.asked, one.people)
    return made


def at_least(asked: int, people: int) -> Some:
    """So many, by so many people at least; of two such sets they may be the same people."""
    return Some(asked, set(range(people)))


def of(rows: Iterable[Week]) -> Some:
    """The exchanges of some rows that have none in common."""
    made = Some()
    for row in rows:
        made.take(row.asked, row.askers)
    return made


@dataclass(frozen=True, slots=True)
class Days:
    """The rows of one community: of all its exchanges, and of some themes; by week."""

    rows: Mapping[int, Mapping[dt.date, Sequence[Week]]]

    def within(self, theme: int, weeks: Iterable[dt.date], *, asks: bool) -> list[Week]:
        """Questions, or the other exchanges, of a theme (0: of the community) in some weeks."""
        by_week = self.rows.get(theme, {})
        return [row for week in weeks for row in by_week.get(week, ()) if row.asks == asks]

    def besides(self, theme: int, parent: int, weeks: Weeks, *, asks: bool) -> Some:
        """What is in the parent and not in the theme."""
        inside = self.within(theme, weeks, asks=asks)
        around = self.within(parent, weeks, asks=asks)
        there = {row.week for row in inside}
        made = of(row for row in around if row.week not in there)
        for row in inside:
            made.people.update(row.beside)
        made.asked = sum(row.asked for row in around) - sum(row.asked for row in inside)
        return made


def weeks_of(block: dt.date) -> Weeks:
    """The weeks of the block that begins with a Monday."""
    return tuple(block + number * WEEK for number in range(WEEKS))
