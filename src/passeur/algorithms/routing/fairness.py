"""Short lists in which the same few people do not come up for every question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

_ROUNDING = 1e-9

Ranked = Sequence[tuple[int, float]]
"""(person, chance in [0, 1]), best first, as `Ranker.order` gives them."""


class FairLists:
    """Makes one short list after another, with nobody in more than `max_share` of them.

    Two means. A price on each person goes up when they are listed and down when they are not, and is
    taken off their chance: a person much in demand is kept for the questions where they make the most
    difference (online dual descent; Balseiro, Lu & Mirrokni, 2020). And a hard limit: after n lists
    nobody has been in more than max_share · n of them, or in one.
    """

    def __init__(self, max_share: float = 0.4, size: int = 5, step: float = 0.02) -> None:
        """`max_share` in (0, 1]; `size` people a list; `step` is how fast prices (in chance) move."""
        self._max_share, self._size, self._step = max_share, size, step
        self._lists = 0
        self._listed: Counter[int] = Counter()
        self._levels: dict[int, float] = {}
        self._sunk = 0.0

    def copy(self) -> FairLists:
        """One that goes on from here, without moving this one."""
        other = FairLists(self._max_share, self._size, self._step)
        other._lists, other._sunk = self._lists, self._sunk
        other._listed, other._levels = self._listed.copy(), self._levels.copy()
        return other

    @property
    def largest_share(self) -> float:
        """The part of the lists in which the most listed person is, in [0, 1]."""
        return max(self._listed.values(), default=0) / max(1, self._lists)

    def rehearse(self, past: Sequence[Ranked], passes: int = 5) -> None:
        """Find prices on past questions, so that the first lists are as balanced as the later ones."""
        for turn in range(passes):
            for ranked in past:
                self._move_prices(self._best(ranked), self._step / (1 + turn))

    def choose(self, ranked: Ranked) -> list[int]:
        """The next list, best first; shorter where too few people are left."""
        self._lists += 1
        limit = max(1.0, self._max_share * self._lists + _ROUNDING)
        taken = self._best([pair for pair in ranked if self._listed[pair[0]] + 1 <= limit])
        self._listed.update(taken)
        self._move_prices(taken, self._step)
        return [person for person, _ in ranked if person in taken]

    def _best(self, ranked: Ranked) -> set[int]:
        level, sunk = self._levels.get, self._sunk
        priced = [(max(0.0, level(person, 0.0) - sunk) - chance, person) for person, chance in ranked]
        priced.sort()
        return {person for _, person in priced[: self._size]}

    def _move_prices(self, taken: set[int], step: float) -> None:
        """Up for those taken, down for all others, never below 0.

        A price is a level above what all prices have sunk by: only the levels of those taken are touched.
        """
        for person in taken:
            self._levels[person] = max(self._sunk, self._levels.get(person, 0.0)) + step
        self._sunk += step * self._max_share
