"""Time until something happens, when for some it has not happened yet.

A curve is read from a table of steps: how many were still waiting, how many of them were served. People's own
times make a step of each time (Kaplan & Meier, 1958). Counts by bins make one of each bin, where who left
unserved is taken to have waited half of it (Cutler & Ederer, 1958), and between the ends of bins the curve is
a straight line.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from passeur.algorithms.measures.estimates import LEVEL, Interval, deviations

_Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Survival:
    """The share that still waits after each of `times` (rising), and its variance on the log scale.

    `log_variance` is Greenwood's (1926): `Σ d / (n (n − d))`. With `straight`, the curve runs straight from
    one time to the next (bins); without it, it falls at each time (people). It is known until `known_until`.
    """

    times: _Numbers
    share: _Numbers
    log_variance: _Numbers
    n: int
    known_until: float
    straight: bool = False

    def at(self, time: float) -> StillWaiting:
        """The share that waits longer than `time`; its value is None past what was observed."""
        if self.n == 0 or (time > self.known_until and self.share[-1:] != 0):
            return StillWaiting(None, 0.0)
        if self.straight:
            times = np.concatenate([[0.0], self.times])
            share = float(np.interp(time, times, np.concatenate([[1.0], self.share])))
            variance = float(np.interp(time, times, np.concatenate([[0.0], self.log_variance])))
            return StillWaiting(share, variance)
        step = int(np.searchsorted(self.times, time, side="right")) - 1
        if step < 0:
            return StillWaiting(1.0, 0.0)
        return StillWaiting(float(self.share[step]), float(self.log_variance[step]))

    @property
    def median(self) -> Quantile:
        """The time after which half still wait."""
        return Quantile(self, 0.5)

    def bounds(self, level: float = LEVEL) -> tuple[_Numbers, _Numbers]:
        """The two bounds of the curve at each of its times."""
        inside = (self.share > 0) & (self.share < 1)
        logs = np.log(np.where(inside, self.share, 0.5))
        slack = deviations(level) * np.sqrt(self.log_variance) / np.abs(logs)
        low, high = np.exp(logs * np.exp(slack)), np.exp(logs * np.exp(-slack))
        return np.where(inside, low, self.share), np.where(inside, high, self.share)

    def time_when(self, curve: _Numbers, share: float) -> float:
        """When `curve`, with a value at each of our times, first is at or under `share`, or infinity."""
        below = np.flatnonzero(curve <= share + 1e-12)
        if not below.size:
            return math.inf
        step = int(below[0])
        if not self.straight:
            return float(self.times[step])
        start = (0.0, 1.0) if step == 0 else (float(self.times[step - 1]), float(curve[step - 1]))
        end, after = float(self.times[step]), float(curve[step])
        if start[1] <= after:
            return end
        return start[0] + (end - start[0]) * (start[1] - share) / (start[1] - after)


@dataclass(frozen=True, slots=True)
class StillWaiting:
    """A share of the curve at one time, with an interval within [0, 1] (log-log; Kalbfleisch & Prentice)."""

    value: float | None
    log_variance: float

    def interval(self, level: float = LEVEL) -> Interval:
        """All of [0, 1] past what was observed."""
        if self.value is None:
            return Interval(0.0, 1.0)
        if self.value in (0.0, 1.0):
            return Interval(self.value, self.value)
        slack = deviations(level) * math.sqrt(self.log_variance) / abs(math.log(self.value))
        return Interval(self.value ** math.exp(slack), self.value ** math.exp(-slack))


@dataclass(frozen=True, slots=True, eq=False)
class Quantile:
    """The time after which `share` still waits; its interval is where the bounds of the curve pass it.

    Brookmeyer & Crowley (1982). None, or an infinite upper bound, where the curve does not come down so far.
    """

    survival: Survival
    share: float

    @property
    def value(self) -> float | None:
        """In the unit of the times."""
        time = self.survival.time_when(self.survival.share, self.share)
        return time if math.isfinite(time) else None

    def interval(self, level: float = LEVEL) -> Interval:
        """From 0 to infinity when nobody was observed."""
        low, high = self.survival.bounds(level)
        return Interval(
            self.survival.time_when(low, self.share) if low.size else 0.0,
            self.survival.time_when(high, self.share),
        )


def kaplan_meier(times: ArrayLike, happened: ArrayLike) -> Survival:
    """The curve of people's own times ≥ 0; `happened` says of each whether it is served or still waiting."""
    waited, served = np.asarray(times, dtype=np.float64), np.asarray(happened, dtype=bool)
    steps, which = np.unique(waited, return_inverse=True)
    events = np.bincount(which[served], minlength=len(steps)).astype(np.float64)
    left = np.bincount(which, minlength=len(steps)).astype(np.float64)
    waiting = len(waited) - np.concatenate([[0.0], np.cumsum(left)[:-1]]) if len(steps) else left
    kept = events > 0
    return _curve(
        steps[kept],
        events[kept],
        waiting[kept],
        n=len(waited),
        known_until=float(steps[-1]) if len(steps) else 0.0,
    )


def from_counts(ends: ArrayLike, served: ArrayLike, unserved: ArrayLike) -> Survival:
    """The curve of counts by bins: `ends` (rising, > 0) of bins that follow each other from 0 on.

    Of each bin, how many were served within it, and how many had waited so long, unserved, when last seen.
    The last bin may end at infinity: what happened there is past what is known.
    """
    edges, events, left = (np.asarray(array, dtype=np.float64) for array in (ends, served, unserved))
    total = events.sum() + left.sum()
    gone = np.concatenate([[0.0], np.cumsum(events + left)[:-1]]) if len(edges) else events
    waiting = total - gone - left / 2
    kept = np.isfinite(edges) & (waiting > 0)
    edges, events, waiting = edges[kept], events[kept], waiting[kept]
    return _curve(
        edges,
        events,
        waiting,
        n=int(total),
        known_until=float(edges[-1]) if len(edges) else 0.0,
        straight=True,
    )


def _curve(
    times: _Numbers,
    events: _Numbers,
    waiting: _Numbers,
    *,
    n: int,
    known_until: float,
    straight: bool = False,
) -> Survival:
    share = np.cumprod(1 - events / waiting, dtype=np.float64)
    rest = waiting - events
    # Where all that waited are served the curve is 0, and its interval does not ask for a variance.
    terms = np.divide(events, waiting * rest, out=np.zeros_like(events), where=rest > 0)
    return Survival(times, share, np.cumsum(terms, dtype=np.float64), n, known_until, straight)
