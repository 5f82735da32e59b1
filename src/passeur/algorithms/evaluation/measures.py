"""Figures of ranked lists: hits, reciprocal rank, concentration, and intervals of paired differences."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike


def hit(ranked: Sequence[int], right: Collection[int], k: int) -> float:
    """1 if one of the first `k` is right, else 0."""
    return float(any(item in right for item in ranked[:k]))


def reciprocal_rank(ranked: Sequence[int], right: Collection[int], k: int = 10) -> float:
    """1 over the rank (from 1) of the first right one among the first `k`, else 0 (Voorhees, 1999)."""
    return next((1.0 / rank for rank, item in enumerate(ranked[:k], 1) if item in right), 0.0)


def gini(amounts: Iterable[float]) -> float:
    """Gini coefficient of amounts ≥ 0: 0 when all are equal, (n − 1) / n when one has everything.

    `Σ (2i − n − 1) x_i / (n Σ x)` over amounts in rising order (Gini, 1912). 0 for nobody, or nothing.
    """
    rising = np.sort(np.fromiter(amounts, dtype=np.float64))
    total = rising.sum()
    if total == 0.0:
        return 0.0
    n = len(rising)
    return float(np.sum((2 * np.arange(1, n + 1) - n - 1) * rising) / (n * total))


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean difference and the bounds between which it lies at the stated level."""

    difference: float
    low: float
    high: float


def paired_difference(
    ours: ArrayLike,
    theirs: ArrayLike,
    *,
    level: float = 0.95,
    rounds: int = 2_000,
    seed: int = 20_250_101,
) -> Interval:
    """Mean of `ours − theirs`, pair by pair, with its percentile bootstrap interval (Efron, 1979).

    The pairs (questions) are drawn again `rounds` times; the seed makes the interval reproducible.
    """
    differences = np.asarray(ours, dtype=np.float64) - np.asarray(theirs, dtype=np.float64)
    n = len(differences)
    if n == 0:
        return Interval(0.0, 0.0, 0.0)
    random = np.random.default_rng(seed)
    means = differences[random.integers(0, n, (rounds, n))].mean(axis=1)
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(differences.mean()), float(low), float(high))
