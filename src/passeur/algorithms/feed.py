"""What stands first in a feed: how much there is to say for an entry, how new it is, and variety."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)

HALF_LIFE = 72.0
"""Hours after which an entry counts half as much: what was written on Friday is still there on Monday."""
SAME = 0.6
"""What an entry keeps of its score for each of the last entries that is about the same."""
WINDOW = 3
"""How many of the last entries variety looks back at."""
RUN = 2
"""How many entries about the same may follow each other while there is something else."""


@dataclass(frozen=True, slots=True)
class Item(Generic[K]):
    """Something that could stand in the feed: its key, its score, and what it is about (themes, author)."""

    key: K
    score: float
    about: frozenset[Hashable] = frozenset()


def score(weights: Iterable[float], *, hours: float, half_life: float = HALF_LIFE) -> float:
    """From 0 to 1: reasons that add up without ever passing 1, fading with age.

    `weights` are of the reasons, each from 0 to 1: they are joined as independent chances that the entry is
    worth reading, 1 − ∏(1 − w) (the noisy-or of Pearl, 1988). `hours` is the age; one in the future counts
    as new. The order of the reasons does not matter.
    """
    missed = 1.0
    for weight in weights:
        missed *= 1.0 - min(max(weight, 0.0), 1.0)
    return float((1.0 - missed) * 0.5 ** (max(hours, 0.0) / half_life))


def arrange(items: Iterable[Item[K]], limit: int) -> list[K]:
    """The keys of at most `limit` items: best first, but not the same thing several times in a row.

    Each next one is the best of those left, once what it shares with the last `WINDOW` was taken off (as
    maximal marginal relevance does: Carbonell & Goldstein, 1998); and after `RUN` entries about one thing
    something else comes, as long as there is something else. Equal scores keep the order they came in.
    """
    left = list(items)
    chosen: list[Item[K]] = []
    while left and len(chosen) < limit:
        last = chosen[-WINDOW:]
        fresh = [item for item in left if not _runs_on(item, chosen)] or left
        best = max(fresh, key=lambda item: item.score * SAME ** _shared(item, last))
        chosen.append(best)
        left.remove(best)
    return [item.key for item in chosen]


def _shared(item: Item[K], last: Sequence[Item[K]]) -> int:
    return sum(1 for other in last if item.about & other.about)


def _runs_on(item: Item[K], chosen: Sequence[Item[K]]) -> bool:
    """Whether the item would be one too many in a row about one of its things."""
    if len(chosen) < RUN:
        return False
    return any(all(one in other.about for other in chosen[-RUN:]) for one in item.about)
