"""Many comparisons at once: what may still be called real."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def adjusted(p_values: Sequence[float]) -> list[float]:
    """The p-values, adjusted: those below q hold a false share of at most q (Benjamini & Hochberg, 1995).

    In the order given. If no difference is real, one is called so in at most q of all such tables.
    """
    p = np.asarray(p_values, dtype=np.float64)
    n = len(p)
    rising = np.argsort(p, kind="stable")
    scaled = p[rising] * n / np.arange(1, n + 1)
    smallest = np.minimum.accumulate(scaled[::-1])[::-1]
    result = np.empty(n)
    result[rising] = np.minimum(smallest, 1.0)
    return [float(value) for value in result]
