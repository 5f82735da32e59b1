"""Which figures about groups of people may stand beside each other without telling what one person did.

Two dangers: a group so small, or a count so near to none or all of it, that the count speaks of each of
them; and the difference of figures that may be shown, which is a figure too. Cells that are withheld are
therefore such that their sum, which anybody can work out, may itself be shown (complementary suppression:
Cox, 1980; the handbook of Hundepool and others, *Statistical Disclosure Control*, 2012).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MARGIN = 2
"""A count, and what is left of the group, is at least this: who knows of themself learns of nobody."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Of the `size` people of a group, `count` did something; 0 ≤ count ≤ size."""

    size: int
    count: int

    def __add__(self, other: Cell) -> Cell:
        """Of two groups without a person in common."""
        return Cell(self.size + other.size, self.count + other.count)

    def is_safe(self, smallest: int) -> bool:
        """Whether it may be shown: enough people, and neither (nearly) none nor (nearly) all of them."""
        return self.size >= smallest and MARGIN <= self.count <= self.size - MARGIN


def merged(sizes: Mapping[str, int], smallest: int, most: int) -> frozenset[str]:
    """The groups, with nobody in common, that are told of as one, so that each that is told is large enough.

    Those that are too small go together; while they are still too few, so do the next smallest, and those
    beyond `most` groups as well. What is left alone differs from the whole by a group that may be told.
    """
    by_size = sorted(sizes, key=lambda name: (sizes[name], name))
    together = {name for name in by_size if sizes[name] < smallest}
    together.update(by_size[: max(0, len(by_size) - most)])
    for name in by_size:
        if not together or sum(sizes[one] for one in together) >= smallest:
            break
        together.add(name)
    return frozenset(together)


def shown(parts: Mapping[str, Cell], rest: Cell, smallest: int) -> frozenset[str]:
    """The parts of a whole that may be shown beside its total.

    `parts` have nobody in common; `rest` are those in none of them, who are never shown. For a larger
    `smallest` fewer are shown, never others: two readers together know what one of them knows.
    """
    withheld = {name for name, cell in parts.items() if not cell.is_safe(smallest)}
    hidden = rest
    for name in withheld:
        hidden += parts[name]
    for name in sorted(parts, key=lambda name: (parts[name].size, name)):
        if hidden.size == 0 or hidden.is_safe(smallest):
            break
        if name not in withheld:
            withheld.add(name)
            hidden += parts[name]
    return frozenset(parts) - withheld


Places = NDArray[np.int64]
"""Of each act, a number from 0: of the piece or part that it is in, or of the person who did it."""


def are_apart(pieces: Places, parts: Places, people: Places, smallest: int) -> bool:
    """Whether acts may be told by their `parts` beside their `pieces`, two ways to cut up all of them.

    Pieces that lie wholly in some parts can be subtracted from these. What is left is what other pieces have
    of them: it is to be of enough `people`, or be nothing. Where each piece is told of enough people itself,
    fewer of them subtracted leave enough, so it is asked of all of them only.
    """
    if not len(people):
        return True
    width = int(parts.max()) + 1
    counts = np.bincount(pieces * width + parts, minlength=width * (int(pieces.max()) + 1))
    touched = [frozenset(np.flatnonzero(row).tolist()) for row in counts.reshape(-1, width)]
    every = frozenset().union(*touched)
    for some in _unions(theirs for theirs in touched if theirs and theirs != every):
        inside = np.isin(np.arange(width), list(some))[parts]
        taken = np.array([theirs <= some for theirs in touched])[pieces]
        left = people[inside & ~taken]
        if 0 < np.count_nonzero(np.bincount(left)) < smallest:
            return False
    return True


def _unions(sets: Iterable[frozenset[int]]) -> set[frozenset[int]]:
    """Each of these, and each that some of them make together."""
    found: set[frozenset[int]] = set()
    for one in set(sets):
        found |= {one, *(one | other for other in found)}
    return found
