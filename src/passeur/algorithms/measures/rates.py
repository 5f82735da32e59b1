"""How many events a day, or a member: counts, which come in bursts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from passeur.algorithms.measures.estimates import LEVEL, Interval, deviations
from passeur.algorithms.measures.quantiles import student

_WEEK = 7


@dataclass(frozen=True, slots=True)
class Bursts:
    """`dispersion` ≥ 1 is the variance of counts over their mean, known with `freedom` degrees of freedom.

    1 where events come independently (Poisson), more where they come in bursts, as exchanges do.
    """

    dispersion: float = 1.0
    freedom: float = math.inf

    def deviations(self, level: float) -> float:
        """How many standard deviations hold `level`: more where the dispersion is a guess from few days."""
        spread = math.sqrt(self.dispersion)
        if math.isinf(self.freedom):
            return deviations(level) * spread
        return student(self.freedom, (1 + level) / 2) * spread


ALONE = Bursts()


@dataclass(frozen=True, slots=True)
class Rate:
    """`count` events over `exposure` (days, members × days …): a number of events a unit."""

    count: int
    exposure: float
    bursts: Bursts = ALONE

    @property
    def value(self) -> float | None:
        """Events a unit of exposure; None without exposure."""
        return self.count / self.exposure if self.exposure > 0 else None

    def interval(self, level: float = LEVEL) -> Interval:
        """By the score of a Poisson count (Barker, 2002), with its variance times the dispersion."""
        if self.exposure <= 0:
            return Interval(0.0, math.inf)
        z = self.bursts.deviations(level)
        middle, half = self.count + z * z / 2, z * math.sqrt(self.count + z * z / 4)
        low = 0.0 if self.count == 0 else middle - half
        return Interval(low / self.exposure, (middle + half) / self.exposure)


def bursts_of(*periods: Sequence[int]) -> Bursts:
    """How counts of consecutive days come, from one period or the two that are compared.

    Each day is set against the mean of its day of the week in its period, so that a quiet Sunday is no burst:
    Pearson's χ² over its degrees of freedom (McCullagh & Nelder, 1989, 4.5). Half of these are counted as
    known, because counts in bursts have heavy tails. Periods under two weeks cannot tell: events then count
    as independent.
    """
    total, freedom = 0.0, 0
    for period in periods:
        counts = np.asarray(period, dtype=np.float64)
        if len(counts) < 2 * _WEEK:
            continue
        day = np.arange(len(counts)) % _WEEK
        means = (np.bincount(day, counts) / np.bincount(day))[day]
        some = means > 0
        total += float(np.sum((counts[some] - means[some]) ** 2 / means[some]))
        freedom += int(np.count_nonzero(some)) - len(np.unique(day[some]))
    return Bursts(max(1.0, total / freedom), freedom / 2) if freedom else ALONE
