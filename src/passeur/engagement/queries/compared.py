"""Exchanges in the parts of the past in which their values (days, lengths, channels) may be compared.

A value is told of a part where enough people have it there, and two periods differ by whole parts (`parts`).
What was decided of a part when it was over is followed; one that nothing was decided of yet follows what is
there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from . import parts, values
from .exchanges import Ledger
from .parts import Decided, beginnings
from .slices import BLOCK, BLOCKS, DAY, SPAN, Slice, span_of
from .started import Counted
from .worked import Worked


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the past of one community, as a reader is told of it."""

    counted: Counted
    smallest: int
    decided: Decided | None

    def told(self, rows: Worked, trait: str) -> NDArray[np.bool_]:
        """Of which of its exchanges (`rows`) the value of a trait (of `values.VALUES`) is told of."""
        known = None if self.decided is None else self.decided.values[trait]
        return values.having(rows, trait, values.told(rows, trait, self.smallest, known))


class Compared(Ledger):
    """The parts of a slice, and of the span before it where none of its own is over; read with what decides.

    `until`, the day before which a part must have ended. Two queries; one more where nothing is decided yet.
    """

    def __init__(self, slice: Slice, *, until: dt.date, now: dt.datetime | None = None) -> None:
        self._until = min(until, slice.last + DAY)
        self._since = slice.first
        begun = min(span_of(slice.first), span_of(self._until) - DAY * SPAN)
        self._spans = [
            begun + DAY * SPAN * number for number in range((self._until - begun).days // SPAN + 1)
        ]
        super().__init__(replace(slice, first=begun - DAY * SPAN), now=now or timezone.now())
        self._known = parts.decided(slice.numbers, begun, self._until)

    def parts(self) -> list[Part]:
        """Each of one community, oldest first."""
        return [part for community in self.slice.numbers for part in self._parts_of(community)]

    def _parts_of(self, community: int) -> list[Part]:
        found: list[Part] = []
        last: Part | None = None
        for begun in self._spans:
            if self._is_by_block(community, begun):
                found += self._blocks_within(community, begun)
            elif (end := begun + DAY * SPAN) <= self._until:
                last = self._part(community, begun, BLOCKS)
                if last is not None and end > self._since:
                    found.append(last)
        return found or ([last] if last is not None else [])

    def _is_by_block(self, community: int, begun: dt.date) -> bool:
        for first in beginnings(begun, BLOCKS):
            for row in self._known.get((community, first), {}).values():
                return row.blocks == 1
        return parts.is_by_block(self._days[community], begun)

    def _blocks_within(self, community: int, begun: dt.date) -> Iterator[Part]:
        for first in beginnings(begun, BLOCKS):
            if self._since <= first and first + DAY * BLOCK <= self._until:
                part = self._part(community, first, 1)
                if part is not None:
                    yield part

    def _part(self, community: int, begun: dt.date, blocks: int) -> Part | None:
        """What is told of a part; None where nothing is, or nothing any more."""
        days, smallest = self._days[community], self.slice.smallest[community]
        known = self._known.get((community, begun), {}).get(smallest)
        if known is not None:
            weeks = known.used if parts.some_of(days, known.used).is_safe(smallest) else frozenset()
        elif not parts.asked(days, begun, begun + DAY * BLOCK * blocks):
            return None
        else:
            fours = (
                self._block(community, first, asks=asks)
                for first in beginnings(begun, blocks)
                for asks in (True, False)
            )
            weeks = parts.used(days, begun, fours, smallest)
        counted = Counted(parts.pieces(community, days, weeks), self.now)
        return None if counted.is_nothing else Part(counted, smallest, known)
