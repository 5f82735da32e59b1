"""Counts that fade: each person's, at several half-lives at once, in constant time per event.

Forward decay (Cormode, Shkapenyuk, Srivastava & Xu, 2009): an event at time t weighs 2^(t/h) for
good, and a reading at time T divides by 2^(T/h). Nothing is touched as time passes, and the order
of people changes only for those who do something. Kept as logarithms, so that no date overflows.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from passeur.algorithms.routing.evidence import DAY

HALF_LIVES: tuple[float, ...] = (7 * DAY, 30 * DAY, 90 * DAY, 365 * DAY)
"""Half-lives in seconds: a week, a month, a quarter, a year."""
WEEK, MONTH, QUARTER, YEAR = range(4)
"""Positions in `HALF_LIVES`, and columns of what `Tally.read` returns."""

LEADERS = 60
"""How many people a tally can name as its leaders."""
_NEVER = -math.inf


def log_sum(a: float, b: float) -> float:
    """log2(2^a + 2^b) without overflow."""
    if a < b:
        a, b = b, a
    return a if b == _NEVER else a + math.log2(1.0 + 2.0 ** (b - a))


class Tally:
    """Fading counts by person, with the leaders at each half-life always at hand."""

    __slots__ = ("_half_lives", "_leaders", "_logs", "_sorted", "_total", "latest")

    def __init__(self, half_lives: tuple[float, ...] = HALF_LIVES) -> None:
        """`half_lives` in seconds; the default is a week, a month, a quarter and a year."""
        self._half_lives = half_lives
        self._logs: dict[int, list[float]] = {}
        self._leaders: list[dict[int, float]] | None = None
        self._sorted: dict[int, list[int]] = {}
        """The leaders as they were named last, until somebody does something."""
        self._total = [_NEVER] * len(half_lives)
        self.latest: dict[int, float] = {}

    def __len__(self) -> int:
        return len(self._logs)

    def __contains__(self, person: int) -> bool:
        return person in self._logs

    def add(self, person: int, at: float, weight: float = 1.0) -> None:
        """Count `weight` > 0 for `person` at time `at`. Events may come in any order."""
        logs = self._logs.get(person)
        if logs is None:
            logs = self._logs[person] = [_NEVER] * len(self._half_lives)
        for i, half_life in enumerate(self._half_lives):
            event = at / half_life + math.log2(weight)
            logs[i] = log_sum(logs[i], event)
            self._total[i] = log_sum(self._total[i], event)
        if at > self.latest.get(person, _NEVER):
            self.latest[person] = at
        self._sorted.clear()
        self._lead(person, logs)

    def _lead(self, person: int, logs: list[float]) -> None:
        """Keep the leaders of each half-life in a short list, once there are too many people to sort.

        A log only ever grows, and those ahead of a person who was cut stay ahead: whoever is cut can
        come back only by an event of their own.
        """
        if self._leaders is None:
            if len(self._logs) <= 2 * LEADERS:
                return
            everybody = self._logs.items()
            self._leaders = [{p: log[i] for p, log in everybody} for i in range(len(self._half_lives))]
        for i, leaders in enumerate(self._leaders):
            leaders[person] = logs[i]
            if len(leaders) > 2 * LEADERS:
                self._leaders[i] = dict(_most(leaders, LEADERS))

    def leaders(self, half_life: int, limit: int = LEADERS) -> list[int]:
        """The `limit` ≤ 60 people with the most at that position of the half-lives; ties by number."""
        named = self._sorted.get(half_life)
        if named is None:
            if self._leaders is not None:
                known = self._leaders[half_life]
            else:
                known = {person: logs[half_life] for person, logs in self._logs.items()}
            named = self._sorted[half_life] = [person for person, _ in _most(known, LEADERS)]
        return named[:limit]

    def read(self, people: Sequence[int], now: float) -> NDArray[np.float64]:
        """Counts at time `now` as an array (person, half-life), ≥ 0."""
        nothing = [_NEVER] * len(self._half_lives)
        logs = np.array([*map(self._logs.get, people, repeat(nothing))], dtype=np.float64)
        shaped = logs.reshape(len(people), len(self._half_lives))
        counts: NDArray[np.float64] = np.exp2(shaped - now / np.array(self._half_lives))
        return counts

    def latest_of(self, people: Sequence[int]) -> NDArray[np.float64]:
        """When each did something last (UNIX seconds); 0 for who never did."""
        return np.array([*map(self.latest.get, people, repeat(0.0))], dtype=np.float64)

    def total(self, half_life: int, now: float) -> float:
        """The sum over everybody at time `now`, at that position of the half-lives."""
        return float(2.0 ** (self._total[half_life] - now / self._half_lives[half_life]))


def _most(logs: dict[int, float], limit: int) -> list[tuple[int, float]]:
    return sorted(logs.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]
