"""The median of those who wait does not say when one question without a reply was asked, or closed.

Whoever waits, and whoever closed a question, is counted until then, so the median and its bounds move with
when that was. Tried: communities of eleven to twenty questions, one of them without a reply. Somebody knows
how many questions there are, how many had a reply in each half day (the curve) and the three words of the
median. Another history is looked for in which that question was asked, or closed, at another time, at least
two hours away, and all that is said is the same. Said to the second, of some none is found.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable

import numpy as np
import pytest

from passeur.algorithms.measures.bins import ENDS, bin_of
from passeur.algorithms.measures.survival import Survival, from_counts
from passeur.foundation.charts import Unit, say

HOUR, HALF_DAY, FOLLOWED = 3600.0, 12.0, 72.0
LEFT = (6.5, 9.0, 12.0, 16.0, 20.0, 24.0)
"""After how many hours the question was closed, or its report left."""
OTHERS = (2.0, 4.0, *LEFT, 30.0, 48.0, 100.0)
TRIES = 300


def curve(waits: list[float], left: float) -> Survival:
    """Of questions replied to after so many hours, and of one that was left after some."""
    served, unserved = np.zeros(len(ENDS)), np.zeros(len(ENDS))
    np.add.at(served, [bin_of(hours) for hours in waits], 1)
    unserved[bin_of(left)] = 1
    return from_counts(np.asarray(ENDS) * HOUR, served, unserved)


def said(found: Survival) -> list[str]:
    bounds = found.median.interval()
    return [
        say(value, Unit.DURATION) if value is not None and math.isfinite(value) else "–"
        for value in (found.median.value, bounds.low, bounds.high)
    ]


def to_the_second(found: Survival) -> list[str]:
    bounds = found.median.interval()
    return [f"{value:.0f}" for value in (found.median.value or math.inf, bounds.low, bounds.high)]


def otherwise(waits: list[float], chance: random.Random) -> list[float]:
    """Some of these replied to at another time of the same half day."""
    share = chance.random()
    return [
        HALF_DAY * (math.ceil(hours / HALF_DAY) - chance.random())
        if hours <= FOLLOWED and chance.random() < share
        else hours
        for hours in waits
    ]


def times(
    waits: list[float], left: float, chance: random.Random, words: Callable[[Survival], list[str]]
) -> list[float]:
    """At which other times the question may have left, for all that is said."""
    told = words(curve(waits, left))
    return [
        other
        for other in OTHERS
        if abs(other - left) >= 2
        and any(words(curve(otherwise(waits, chance), other)) == told for _ in range(TRIES))
    ]


def company(chance: random.Random) -> tuple[list[float], float]:
    typical, many = chance.choice([1, 3, 8, 20]), chance.choice([10, 11, 14, 19])
    waits = [min(300.0, chance.lognormvariate(math.log(typical), 1.2)) for _ in range(many)]
    return waits, chance.choice(LEFT)


@pytest.mark.parametrize("seed", range(20))
def test_another_time_fits_all_that_is_said(seed):
    chance = random.Random(seed)
    assert times(*company(chance), chance, said)


def test_to_the_second_there_are_some_of_which_none_does():
    chance = random.Random(0)
    assert any(not times(*company(chance), chance, to_the_second) for _ in range(4))
