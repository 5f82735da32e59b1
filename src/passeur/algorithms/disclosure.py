"""Which figures about groups of people may stand beside each other without telling what one person did.

Two dangers: a group so small, or a count so near to none or all of it, that the count speaks of each of
them; and the difference of figures that may be shown, which is a figure too. Cells that are withheld are
therefore such that their sum, which anybody can work out, may itself be shown (complementary suppression:
Cox, 1980; the handbook of Hundepool and others, *Statistical Disclosure Control*, 2012).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
