"""Is a difference between two periods, or two groups, real?

Bounds of the two figures make those of their difference, by square and add: `L = d − √((b − l_b)² + (u_a −
a)²)` (Newcombe, 1998, for shares; Zou & Donner, 2008, for any two figures). So the interval of a difference
is right where those of its two sides are, and needs no raw data. A difference is real when 0 lies outside; p
is the smallest 1 − level at which it does, so that the two never contradict each other. Many p go through
`many`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import cast

from passeur.algorithms.measures.estimates import LEVEL, Estimate, Interval, Share

_STEPS = 24
_FARTHEST = 8.0
"""Standard deviations beyond which p is as good as 0."""


@dataclass(frozen=True, slots=True)
class Change:
    """`after` − `before`, its interval at `level`, and how often chance alone would give as much (`p`).

    None and p = 1 where one of the two has no value.
    """

    before: float | None
    after: float | None
    difference: float | None
    interval: Interval
    p: float
    level: float = LEVEL

    @property
    def real(self) -> bool:
        """Whether chance is an unlikely explanation."""
        return self.p < 1 - self.level


def change(before: Estimate, after: Estimate, *, correlation: float = 0.0, level: float = LEVEL) -> Change:
    """The change of a figure.

    `correlation` is that of the two estimates, in [−1, 1]: not 0 when the same people made both.
    """
    first, second = before.value, after.value
    if first is None or second is None:
        return Change(first, second, None, Interval(-math.inf, math.inf), 1.0, level)
    interval = _bounds(before, after, correlation, level)
    return Change(first, second, second - first, interval, _p(before, after, correlation), level)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Members eligible in both of two periods: counted in both, in the first, in the second, in neither."""

    both: int
    only_before: int
    only_after: int
    neither: int

    @classmethod
    def of(cls, before: int, after: int, eligible: int) -> Overlap:
        """From two bitmaps of who is counted, and one of who was eligible in both periods."""
        both, some = before & after & eligible, (before | after) & eligible
        return cls(
            both.bit_count(),
            (before & ~after & eligible).bit_count(),
            (after & ~before & eligible).bit_count(),
            eligible.bit_count() - some.bit_count(),
        )

    @property
    def phi(self) -> float:
        """The correlation of the two (Yule's φ), in [−1, 1]; 0 where one of them has everybody or nobody.

        A positive one is lowered by one standard error (Fisher's z), not below 0: it is itself found from
        these few people, and what it promises too much would make a change of nothing.
        """
        a, b, c, d = self.both, self.only_before, self.only_after, self.neither
        spread, n = (a + b) * (c + d) * (a + c) * (b + d), a + b + c + d
        phi = (a * d - b * c) / math.sqrt(spread) if spread else 0.0
        if phi <= 0:
            return phi
        return max(0.0, math.tanh(math.atanh(min(phi, 1 - 1e-9)) - 1 / math.sqrt(n - 3))) if n > 3 else 0.0


def change_of_shares(before: Share, after: Share, overlap: Overlap, *, level: float = LEVEL) -> Change:
    """The change of a share when the same members stand in both periods, or most of them (Newcombe, 1998).

    The correlation of the two shares is that of the members in common, thinned by those who are in one period
    only.
    """
    common = overlap.both + overlap.only_before + overlap.only_after + overlap.neither
    size = math.sqrt(before.of * after.of)
    return change(before, after, correlation=overlap.phi * common / size if size else 0.0, level=level)


def _bounds(before: Estimate, after: Estimate, correlation: float, level: float) -> Interval:
    first, second = cast("float", before.value), cast("float", after.value)
    one, two = before.interval(level), after.interval(level)
    difference = second - first
    return Interval(
        difference - _together(second - two.low, one.high - first, correlation),
        difference + _together(two.high - second, first - one.low, correlation),
    )


def _together(one: float, other: float, correlation: float) -> float:
    if math.isinf(one) or math.isinf(other):
        return math.inf
    return math.sqrt(max(one * one - 2 * correlation * one * other + other * other, 0.0))


def _p(before: Estimate, after: Estimate, correlation: float) -> float:
    """By halving, in standard deviations: 0 is outside of few and inside of many."""
    low, high = 0.0, _FARTHEST
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if 0.0 in _bounds(before, after, correlation, math.erf(middle / math.sqrt(2))):
            high = middle
        else:
            low = middle
    return math.erfc(low / math.sqrt(2)) if low else 1.0
