"""A figure and how sure it is: every estimate has a value and an interval at any level."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

from passeur.algorithms.measures.quantiles import normal

LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """The bounds between which the truth lies at the level asked for; infinite where nothing bounds it."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        """Bounds belong to the interval."""
        return self.low <= value <= self.high


class Estimate(Protocol):
    """What can be compared between two periods or two groups."""

    @property
    def value(self) -> float | None:
        """None where nothing was there to be measured, or too little for this figure."""

    def interval(self, level: float = LEVEL) -> Interval:
        """Where the truth lies, `level` in (0, 1)."""


def deviations(level: float) -> float:
    """How many standard deviations on each side of a normal mean hold `level` of it: 1.96 for 0.95."""
    return normal((1 + level) / 2)


@dataclass(frozen=True, slots=True)
class Share:
    """`count` out of `of`, both whole and 0 ≤ count ≤ of: a proportion in [0, 1]."""

    count: int
    of: int

    def __post_init__(self) -> None:
        if not 0 <= self.count <= self.of:
            raise ValueError(f"{self.count} out of {self.of} is not a share")

    @property
    def value(self) -> float | None:
        """None of nothing."""
        return self.count / self.of if self.of else None

    def interval(self, level: float = LEVEL) -> Interval:
        """By the score, which holds for small and for extreme shares (Wilson, 1927)."""
        if not self.of:
            return Interval(0.0, 1.0)
        share, n, z = self.count / self.of, self.of, deviations(level)
        middle = (share + z * z / (2 * n)) / (1 + z * z / n)
        half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return Interval(
            0.0 if self.count == 0 else middle - half, 1.0 if self.count == self.of else middle + half
        )
