"""Bins of waits, in hours: fine where goals lie, wide where nobody asks for the minute."""

from __future__ import annotations

from bisect import bisect_left

ENDS: tuple[float, ...] = (
    *(n / 4 for n in range(1, 17)),  # quarters of an hour until 4 h
    *(4 + n / 2 for n in range(1, 41)),  # half hours until 24 h
    *(float(n) for n in range(26, 98, 2)),  # two hours until 4 days
    *(float(n) for n in range(108, 24 * 14 + 1, 12)),  # half days until two weeks
    *(24.0 * n for n in (16, 18, 20, 24, 28, 35, 42, 60, 90, 180, 365)),
    float("inf"),
)
"""Where each bin ends; the first begins at 0. The number of bins is kept in tables: it does not change."""


def bin_of(hours: float) -> int:
    """The bin that a wait falls into; its end belongs to it. A wait below 0 is none."""
    return bisect_left(ENDS, max(0.0, hours))
