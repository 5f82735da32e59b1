"""Values of an exchange that *What works* compares, as numbers: length, day, part of the day, channel."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from passeur.algorithms.measures.working import showable

from .weeks import Numbers
from .worked import Worked

LENGTHS = (50, 150, 400)
"""Words up to which an opening is of a length; the last length has no end. What is told is decided by these
values and kept (`models.ToldPart`): who changes them has it decided anew."""
HOURS = (9, 12, 14, 18)
"""Hours at which a part of the day ends; the last part ends at midnight. Kept as well."""

VALUES: Mapping[str, Callable[[Worked], Numbers]] = {
    "length": lambda rows: np.searchsorted(LENGTHS, rows.words, side="left").astype(np.int64),
    "day": lambda rows: rows.hour // 24,
    "hour": lambda rows: np.searchsorted(HOURS, rows.hour % 24, side="right").astype(np.int64),
    "channel": lambda rows: rows.channel,
}
"""By trait, the value of each exchange: one each."""


def told(rows: Worked, trait: str, least: int, decided: Collection[int] | None = None) -> frozenset[int]:
    """The values that are told of, each of so many people at least; what is not told is of as many, or empty.

    Of those `decided` no others: one that is of too few people by now goes with what is not told.
    """
    value = VALUES[trait](rows)
    people = {one: set(rows.author[value == one].tolist()) for one in np.unique(value).tolist()}
    if decided is None:
        return frozenset(showable(people, least))
    shown = set(people).intersection(decided)
    hidden = set[int]().union(*(who for one, who in people.items() if one not in shown))
    for one in sorted(shown, key=lambda one: (len(people[one]), one)):
        if len(people[one]) < least or 0 < len(hidden) < least:
            shown.remove(one)
            hidden |= people[one]
    return frozenset(shown)


def having(rows: Worked, trait: str, values: Collection[int]) -> NDArray[np.bool_]:
    """Which exchanges have one of these values."""
    return np.isin(VALUES[trait](rows), list(values))
