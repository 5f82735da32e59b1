"""What an action brought: who is held out of it, and how those who are not differ from them.

Intention to treat: everyone assigned counts, reached or not. Figures are of a group, never of a person.
"""

from __future__ import annotations

import hmac
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from passeur.algorithms.measures.estimates import LEVEL, Interval, deviations
from passeur.algorithms.measures.quantiles import student

POWER = 0.8
_Numbers = NDArray[np.float64]


def is_held_out(key: bytes, action: int, member: int, share: float) -> bool:
    """Whether a member is one of the `share` left out: by a keyed hash (HMAC) of action and member.

    The same whenever it is asked, and of no use to guess the next action's.
    """
    digest = hmac.digest(key, f"{action}:{member}".encode(), "sha256")
    return int.from_bytes(digest[:8], "big") < share * 2**64


def chance_of_split(treated: int, held_out: int, share: float) -> float:
    """How often chance alone gives a split as far from `share` in (0, 1) (sample ratio; Fabijan, 2019).

    Where it is tiny, something else than the hash decided, and no effect may be told.
    """
    n = treated + held_out
    if not n:
        return 1.0
    return math.erfc(abs(held_out - n * share) / math.sqrt(2 * n * share * (1 - share)))


@dataclass(frozen=True, slots=True)
class Effect:
    """mean(treated) − mean(held out), its standard error, and the degrees of freedom of that.

    None where one of the two has fewer than two members (or teams).
    """

    value: float | None
    error: float = math.inf
    freedom: float = 0.0

    def interval(self, level: float = LEVEL) -> Interval:
        """By Student's t; of everything where nothing is known."""
        if self.value is None:
            return Interval(-math.inf, math.inf)
        half = student(self.freedom, (1 + level) / 2) * self.error if self.error else 0.0
        return Interval(self.value - half, self.value + half)


def effect(treated: ArrayLike, held_out: ArrayLike) -> Effect:
    """From what each member did; the two may vary differently (Welch, 1947)."""
    sides = [np.asarray(some, dtype=np.float64) for some in (treated, held_out)]
    if min(map(len, sides)) < 2:
        return Effect(None)
    parts = [float(some.var(ddof=1)) / len(some) for some in sides]
    return _of(float(sides[0].mean() - sides[1].mean()), parts, [len(some) for some in sides])


def adjusted(
    treated: ArrayLike, held_out: ArrayLike, treated_before: ArrayLike, held_out_before: ArrayLike
) -> Effect:
    """The same, less what each member's own past explains: y − θ(x − x̄), θ = cov(x, y) / var(x).

    CUPED (Deng, Xu, Kohavi & Walker, 2013); x is what the same members did before the action.
    """
    after = [np.asarray(some, dtype=np.float64) for some in (treated, held_out)]
    before = [np.asarray(some, dtype=np.float64) for some in (treated_before, held_out_before)]
    x, y = np.concatenate(before), np.concatenate(after)
    spread = float(((x - x.mean()) ** 2).sum()) if len(x) else 0.0
    theta = float(((x - x.mean()) * (y - y.mean())).sum()) / spread if spread else 0.0
    middle = float(x.mean()) if len(x) else 0.0
    less: list[_Numbers] = [now - theta * (then - middle) for now, then in zip(after, before, strict=True)]
    return effect(*less)


def of_teams(treated: Sequence[ArrayLike], held_out: Sequence[ArrayLike]) -> Effect:
    """The same where whole teams were assigned, because the action spills over: a list of members each.

    A team is one observation of the mean over members (ratio of sums; Cochran, 1977, 6.3).
    """
    means, parts = [], []
    for teams in (treated, held_out):
        each = [np.asarray(team, dtype=np.float64) for team in teams if np.size(team)]
        if len(each) < 2:
            return Effect(None)
        sums, sizes = np.array([team.sum() for team in each]), np.array([len(team) for team in each])
        mean = float(sums.sum() / sizes.sum())
        off = float(((sums - mean * sizes) ** 2).sum()) / float(sizes.sum()) ** 2
        means.append(mean)
        parts.append(off * len(each) / (len(each) - 1))
    return _of(means[0] - means[1], parts, [len(treated), len(held_out)])


def smallest_effect(deviation: float, treated: int, held_out: int, *, power: float = POWER) -> float:
    """The smallest effect that so many members could show, told before launch (Bloom, 1995).

    `deviation` is the standard deviation of what members do; infinite where a side is empty.
    """
    if not treated or not held_out:
        return math.inf
    z = deviations(LEVEL) + deviations(2 * power - 1)
    return z * deviation * math.sqrt(1 / treated + 1 / held_out)


def _of(value: float, parts: Sequence[float], sizes: Sequence[int]) -> Effect:
    """Degrees of freedom by Satterthwaite (1946)."""
    whole = sum(parts)
    under = sum(part * part / (size - 1) for part, size in zip(parts, sizes, strict=True))
    return Effect(value, math.sqrt(whole), whole * whole / under if under else float(sum(sizes) - 2))
