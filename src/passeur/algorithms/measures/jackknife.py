"""How sure a figure over bitmaps is, when no formula says: leave out a group of members after the other."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from passeur.algorithms.measures.estimates import LEVEL, Interval
from passeur.algorithms.measures.quantiles import student

GROUPS = 40

Statistic = Callable[[int], float | None]
"""A figure over the members of a bitmap; None where there is nothing to measure."""


@dataclass(frozen=True, slots=True)
class Jackknifed:
    """A figure, its standard error, and how many groups gave it (Student's t with one less)."""

    value: float | None
    error: float
    groups: int

    def interval(self, level: float = LEVEL) -> Interval:
        """Unbounded with fewer than two groups."""
        if self.value is None or self.groups < 2:
            return Interval(-math.inf, math.inf)
        half = student(self.groups - 1, (1 + level) / 2) * self.error
        return Interval(self.value - half, self.value + half)


def jackknife(statistic: Statistic, eligible: int, *, groups: int = GROUPS) -> Jackknifed:
    """The delete-a-group jackknife (Kott, 2001): members of one remainder of their ordinal make a group.

    Members are what varies, not days: a person's days hang together, so days would promise too much. For a
    change between two periods, let the statistic be the difference: the same people stand on both sides of
    it.
    """
    members = (
        [position for position in range(eligible.bit_length()) if eligible >> position & 1]
        if (eligible.bit_count() <= groups)
        else []
    )
    masks = [1 << position for position in members] if members else _remainders(eligible, groups)
    masks = [mask for mask in masks if mask]
    without = [value for mask in masks if (value := statistic(eligible & ~mask)) is not None]
    if len(without) < 2:
        return Jackknifed(statistic(eligible), 0.0, 0)
    mean, count = sum(without) / len(without), len(without)
    variance = (count - 1) / count * sum((value - mean) ** 2 for value in without)
    return Jackknifed(statistic(eligible), math.sqrt(variance), count)


def _remainders(eligible: int, groups: int) -> list[int]:
    length = eligible.bit_length()
    every = sum(1 << start for start in range(0, length, groups))
    return [eligible & (every << remainder) for remainder in range(groups)]
