"""How a community lives: participation, stickiness, health, rhythm. Of groups, never of a person.

Days and weeks are bitmaps of who was active (see the package); `eligible` is the bitmap of the N members that
count: no machines, not those who animate the community. Activity is to contribute, reply, react or mention:
the caller does not set a bit for reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

from passeur.algorithms.measures.estimates import Share

MONTH = 30
"""Days of the M in DAU/MAU, and of what health calls recent."""
EXCHANGES_OF_A_LIVELY_WEEK = 3
"""Different members who started something, from which on a week has a rhythm."""


def present(days: Iterable[int]) -> int:
    """Bitmap of who was active on at least one of the days."""
    return reduce(or_, days, 0)


def participation(days: Iterable[int], eligible: int) -> Share:
    """Members active at least once in the days of the window, over all eligible ones.

    Swoop Analytics' benchmark over firms is 27%, on average.
    """
    return Share((present(days) & eligible).bit_count(), eligible.bit_count())


def stickiness(days: Sequence[int], eligible: int, *, month: int = MONTH) -> float | None:
    """Mean over the days of a window of DAU/MAU, in [0, 1].

    `days` are consecutive, the window preceded by the `month` − 1 days before it; MAU of a day is who was
    active on it or on one of those before. A day without anybody in its month says nothing and is left out;
    None if all are.
    """
    ratios = []
    for end in range(month - 1, len(days)):
        month_active = (present(days[end - month + 1 : end + 1]) & eligible).bit_count()
        if month_active:
            ratios.append((days[end] & eligible).bit_count() / month_active)
    return sum(ratios) / len(ratios) if ratios else None


def health(days: Sequence[int], eligible: int, *, recent: int = MONTH) -> Share:
    """Members active in the last `recent` days over those active at least once in `days`: a year of them."""
    year = present(days) & eligible
    return Share((present(days[-recent:]) & year).bit_count(), year.bit_count())


def rhythm(
    starters: Sequence[int], eligible: int | None = None, *, least: int = EXCHANGES_OF_A_LIVELY_WEEK
) -> Share:
    """Weeks in which at least `least` different members started an exchange; one bitmap of starters a week.

    Without `eligible`, everybody in the bitmaps counts.
    """
    mask = -1 if eligible is None else eligible
    return Share(sum((week & mask).bit_count() >= least for week in starters), len(starters))
