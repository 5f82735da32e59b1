"""Parts of the past in which values of exchanges are compared: how it is cut up, and which weeks are told of.

Where few exchanges are started, hardly any value has enough people in four weeks, and spans of twenty-four
are told as one. Each part of the past is cut up in one way only, whatever is asked for and by whom: four
weeks beside the span that they lie in would tell of what is left (decision 36). All of it is decided once,
when a part is over (decision 72).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..models import ToldPart
from ..policies import SMALLEST
from .sets import WEEK, Days, Some, of
from .slices import BLOCK, DAY, SPAN
from .standing import Piece
from .telling import Block

ENOUGH = 1200
"""Exchanges of a span from which on the next one is told by blocks: two hundred of each."""
LEAST = 50
"""Exchanges of a block from which on its values are told: of a dozen, how many are questions says, beside
values, which is which."""
Used = frozenset[tuple[dt.date, bool]]
"""Weeks (Mondays) whose questions (true), or whose other exchanges, are told of."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided of a part of so many blocks for a reader: weeks, and by trait the values told of."""

    blocks: int
    used: Used
    values: Mapping[str, Collection[int]]


def decided(
    communities: Sequence[int], first: dt.date, last: dt.date
) -> dict[tuple[int, dt.date], dict[int, Decided]]:
    """By community and beginning, and by the smallest group of the reader. One query."""
    found: dict[tuple[int, dt.date], dict[int, Decided]] = {}
    rows = ToldPart.objects.filter(community__in=communities, begun__gte=first, begun__lte=last)
    for row in rows.defer("bits"):
        weeks = {True: row.asking, False: row.others}
        found.setdefault((row.community, row.begun), {})[row.smallest] = Decided(
            row.blocks,
            frozenset((row.begun + WEEK * place, asks) for asks in weeks for place in weeks[asks]),
            {"length": row.lengths, "day": row.days, "hour": row.hours, "channel": row.channels},
        )
    return found


def beginnings(begun: dt.date, blocks: int) -> list[dt.date]:
    """The Mondays that so many blocks begin with, one after the other."""
    return [begun + DAY * BLOCK * number for number in range(blocks)]


def asked(days: Days, first: dt.date, end: dt.date) -> int:
    """How many exchanges were started from one Monday to before another."""
    by_week = days.rows.get(0, {})
    return sum(row.asked for week, rows in by_week.items() if first <= week < end for row in rows)


def is_by_block(days: Days, begun: dt.date) -> bool:
    """Whether so much was started in the span before that this one is told by blocks."""
    return asked(days, begun - DAY * SPAN, begun) >= ENOUGH


def used(days: Days, begun: dt.date, fours: Iterable[Block], smallest: int) -> Used:
    """The weeks of a part that are told of, given its `fours` for a reader: of one block, or of six."""
    some = list(fours)
    read = frozenset((week, four.asks) for four in some for run in four.runs for week in run)
    told = frozenset((week, four.asks) for four in some for week in four.told)
    if len(some) == 2:
        # Nothing of a block where somebody else is told more of it.
        return read if read == told and some_of(days, read).asked >= LEAST else frozenset()
    return _of_span(days, begun, read, told, smallest)


def _of_span(days: Days, begun: dt.date, read: Used, told: Used, smallest: int) -> Used:
    """All weeks, or those that are told of where the others are of too few people.

    Nothing for who is told of fewer weeks, where too few people started what they are not told of.
    """
    every = frozenset((begun + WEEK * number, asks) for number in range(24) for asks in (True, False))
    all_of_it = every if some_of(days, every - told).is_safe(SMALLEST) else told
    is_safe = all(some_of(days, part).is_safe(smallest) for part in (all_of_it, all_of_it - read))
    return all_of_it if is_safe else frozenset()


def some_of(days: Days, weeks: Used) -> Some:
    """What was started in these weeks."""
    return of(row for week, asks in weeks for row in days.within(0, [week], asks=asks))


def pieces(community: int, days: Days, weeks: Used) -> tuple[Piece, ...]:
    """Questions and other exchanges of these weeks."""
    made = []
    for asks in (True, False):
        some = tuple(sorted(week for week, one in weeks if one == asks))
        made.append(Piece(community, asks, some, tuple(days.within(0, some, asks=asks))))
    return tuple(made)
