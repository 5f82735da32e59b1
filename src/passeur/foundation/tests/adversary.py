"""Somebody who reads all figures with all filters, and works out what they say of one person.

What is unknown: of each person, whether they took part in a community in a window. People whom no filter
tells apart are one group, since nothing can be found of one that is not found of all. What is known: each
figure; that who is active in a window is active in a longer one, and in two together only if in one of
them; that a theme is part of the whole; how much was written. Linear programming then gives the least and
the most of each group that fits all of it: nobody active, or all of them, is what one person did.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any, ParamSpec, TypeVar, cast

import numpy as np
from django.http import HttpRequest
from scipy.optimize import linprog
from scipy.sparse import coo_array

from passeur.foundation.memo import MemoMiddleware

P = ParamSpec("P")
T = TypeVar("T")
ABOUT = 1e-6
CLEARLY = 1e-3  # far above what a solution is off by
Unknown = tuple[Hashable, ...]


@dataclass
class Adversary:
    """Collects what is known, and looks for somebody who can be told."""

    sizes: dict[Unknown, int] = field(default_factory=dict)
    _equal: list[tuple[dict[int, float], float]] = field(default_factory=list)
    _at_most: list[tuple[dict[int, float], float]] = field(default_factory=list)
    _numbers: dict[Unknown, int] = field(default_factory=dict)
    _witnesses: list[Any] = field(default_factory=list)

    def meet(self, unknown: Unknown, size: int) -> None:
        """There are so many people of whom this is asked."""
        self.sizes[unknown] = size
        self._numbers[unknown] = len(self._numbers)

    def read(self, unknowns: Iterable[Unknown], count: int) -> None:
        """A figure: so many of all these together."""
        self._equal.append((self._sum(unknowns), count))

    def between(self, unknowns: Iterable[Unknown], least: int, most: int) -> None:
        """So many of them at least, and at most."""
        row = self._sum(unknowns)
        self._at_most.append((row, most))
        self._at_most.append(({number: -one for number, one in row.items()}, -least))

    def implies(self, one: Unknown, other: Unknown) -> None:
        """Who is in one is in the other."""
        self._at_most.append(({self._numbers[one]: 1.0, self._numbers[other]: -1.0}, 0))

    def is_within(self, whole: Unknown, parts: Iterable[Unknown]) -> None:
        """Who is in the whole is in one of the parts."""
        row = {self._numbers[part]: -1.0 for part in parts}
        self._at_most.append(({**row, self._numbers[whole]: 1.0}, 0))

    def weigh(self, row: Mapping[Unknown, float], most: float) -> None:
        """The sum of these, each as often as it says, is so much at most."""
        self._at_most.append(({self._numbers[one]: times for one, times in row.items()}, most))

    def solved(self, asked: Iterable[Unknown] | None = None) -> list[tuple[Unknown, str]]:
        """Of whom (of those asked) it is certain, and what.

        One solution is a witness for all that it leaves open.
        """
        most = dict.fromkeys(self.sizes, 0.0)
        least = {unknown: float(size) for unknown, size in self.sizes.items()}
        found: list[tuple[Unknown, str]] = []
        for unknown in self.sizes if asked is None else asked:
            size = self.sizes[unknown]
            if size and most[unknown] < 1 - ABOUT:
                self._look(unknown, -1.0, most, least)
                if most[unknown] < 1 - ABOUT:
                    found.append((unknown, "took no part"))
            if size and least[unknown] > size - 1 + ABOUT:
                self._look(unknown, 1.0, most, least)
                if least[unknown] > size - 1 + ABOUT:
                    found.append((unknown, "took part"))
        return found

    def is_certain(self, unknowns: Iterable[Unknown], truth: int) -> bool:
        """Whether all that is known leaves only one number for these together.

        A solution that was found before and has another number of them is a witness that it does not.
        """
        row = np.zeros(len(self._numbers))
        row[list(self._sum(unknowns))] = 1.0
        if any(abs(one @ row - truth) > CLEARLY for one in self._witnesses):
            return False
        for sign in (1.0, -1.0):
            result = linprog(sign * row, **self._known)
            assert result.status == 0, result.message  # what really happened always fits
            self._witnesses.append(result.x)
            if abs(result.fun * sign - truth) > ABOUT:
                return False
        return True

    def _look(
        self, unknown: Unknown, sign: float, most: dict[Unknown, float], least: dict[Unknown, float]
    ) -> None:
        goal = np.zeros(len(self._numbers))
        goal[self._numbers[unknown]] = sign
        result = linprog(goal, **self._known)
        assert result.status == 0, result.message  # what really happened always fits
        for one, value in zip(self._numbers, result.x, strict=True):
            most[one], least[one] = max(most[one], value), min(least[one], value)

    @cached_property
    def _known(self) -> dict[str, Any]:
        return {
            "A_ub": self._matrix(self._at_most),
            "b_ub": [bound for _, bound in self._at_most] or None,
            "A_eq": self._matrix(self._equal),
            "b_eq": [count for _, count in self._equal] or None,
            "bounds": [(0, self.sizes[one]) for one in self._numbers],
        }

    def _sum(self, unknowns: Iterable[Unknown]) -> dict[int, float]:
        return {self._numbers[one]: 1.0 for one in unknowns}

    def _matrix(self, rows: list[tuple[dict[int, float], float]]) -> coo_array | None:
        if not rows:
            return None
        places = [(number, column) for number, (row, _) in enumerate(rows) for column in row]
        values = [value for row, _ in rows for value in row.values()]
        lines, columns = zip(*places, strict=True)
        return coo_array((values, (lines, columns)), shape=(len(rows), len(self._numbers)))


def in_one_request(read: Callable[P, T]) -> Callable[P, T]:
    """Reading all figures, and changing nothing meanwhile: what somebody may see is worked out once, as for
    all that one page shows.
    """

    @wraps(read)
    def within(*some: P.args, **named: P.kwargs) -> T:
        door = MemoMiddleware(lambda _request: cast("Any", read(*some, **named)))
        return cast("T", door(HttpRequest()))

    return within
