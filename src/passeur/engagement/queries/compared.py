"""Exchanges in the parts of the past in which their values (days, lengths, channels) may be compared.

A value is told of a part where enough people have it there, and two periods differ by whole parts. Where few
exchanges are started, hardly any value has enough people in four weeks, and spans of twenty-four are told as
one. Each part of the past is cut up in one way only, whatever is asked for and by whom: four weeks beside the
span that they lie in would tell of what is left (decision 36).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import replace

from django.utils import timezone

from ..policies import SMALLEST
from .exchanges import Ledger
from .slices import BLOCK, DAY, Slice, span_of
from .started import Counted
from .telling import WEEK, Block, Some, Weeks, of

ENOUGH = 1200
"""Exchanges of a span from which on the next one is told by blocks: two hundred of each."""
SPAN = 6 * BLOCK


class Compared(Ledger):
    """The parts of a slice, and of the span before it where none of its own is over; read with what decides.

    `until`, the day before which a part must have ended.
    """

    def __init__(self, slice: Slice, *, until: dt.date, now: dt.datetime | None = None) -> None:
        self._until = min(until, slice.last + DAY)
        self._since = slice.first
        begun = min(span_of(slice.first), span_of(self._until) - DAY * SPAN)
        self._spans = [
            begun + DAY * SPAN * number for number in range((self._until - begun).days // SPAN + 1)
        ]
        super().__init__(replace(slice, first=begun - DAY * SPAN), now=now or timezone.now())

    def parts(self) -> list[Counted]:
        """Each of one community, oldest first."""
        return [part for community in self.slice.numbers for part in self._parts_of(community)]

    def _parts_of(self, community: int) -> list[Counted]:
        found: list[Counted] = []
        last: Counted | None = None
        for begun in self._spans:
            if self._is_by_block(community, begun):
                found += self._blocks_within(community, begun)
            elif (end := begun + DAY * SPAN) <= self._until:
                last = self._span(community, begun)
                if last is not None and end > self._since:
                    found.append(last)
        return found or ([last] if last is not None else [])

    def _is_by_block(self, community: int, begun: dt.date) -> bool:
        before = begun - DAY * SPAN
        asked = sum(
            row.asked
            for monday, rows in self._days[community].rows.get(0, {}).items()
            if before <= monday < begun
            for row in rows
        )
        return asked >= ENOUGH

    def _blocks_within(self, community: int, begun: dt.date) -> Iterator[Counted]:
        """What is told of each block; nothing where somebody else is told more of it."""
        for number in range(6):
            first = begun + DAY * BLOCK * number
            fours = self._fours_of(community, [first])
            if self._since <= first and first + DAY * BLOCK <= self._until and all(map(_is_all, fours)):
                runs = [(run, four.asks) for four in fours for run in four.runs]
                counted = self._counted(community, runs)
                if not counted.is_nothing:
                    yield counted

    def _span(self, community: int, begun: dt.date) -> Counted | None:
        """A span: all of it, or the weeks that are told of where the others are of too few people.

        Nothing for who is told of fewer weeks, where too few people started what they are not told of.
        """
        fours = self._fours_of(community, [begun + DAY * BLOCK * number for number in range(6)])
        every = {(begun + WEEK * number, asks) for number in range(24) for asks in (True, False)}
        told = {(week, four.asks) for four in fours for week in four.told}
        read = {(week, four.asks) for four in fours for run in four.runs for week in run}
        used = every if self._some(community, every - told).is_safe(SMALLEST) else told
        smallest = self.slice.smallest[community]
        if not all(self._some(community, part).is_safe(smallest) for part in (used, used - read)):
            return None
        runs = [(tuple(sorted(week for week, one in used if one == asks)), asks) for asks in (True, False)]
        counted = self._counted(community, runs)
        return None if counted.is_nothing else counted

    def _some(self, community: int, weeks: Collection[tuple[dt.date, bool]]) -> Some:
        days = self._days[community]
        return of(row for week, asks in weeks for row in days.within(0, [week], asks=asks))

    def _fours_of(self, community: int, blocks: list[dt.date]) -> list[Block]:
        return [self._block(community, first, asks=asks) for first in blocks for asks in (True, False)]

    def _counted(self, community: int, weeks: list[tuple[Weeks, bool]]) -> Counted:
        pieces = (self._piece(community, some, asks=asks) for some, asks in weeks)
        return Counted(tuple(pieces), self.now)


def _is_all(four: Block) -> bool:
    """Whether a reader is told of all weeks that anybody is told of."""
    return sum(map(len, four.runs)) == len(four.told)
