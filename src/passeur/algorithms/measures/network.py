"""Who is tied to whom in a window: how strongly, who stands alone, how much goes both ways, how open teams
are.

A tie is directed for replies (who replied → to whom) and shared for presence in one exchange. Figures are
shares of people or pairs; who they are stays with the caller, and lists of people are for those who can help
them.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from passeur.algorithms.measures.estimates import Share

G = TypeVar("G", bound=Hashable)

REPLY = 10.0
"""Strength of a direct reply."""
TOGETHER = 1.0
"""Strength of one exchange that both wrote in."""
KEPT_A_MONTH = 0.9
_DAYS_OF_A_MONTH = 365.25 / 12


class Met(NamedTuple):
    """What `source` did towards `target`, `days_ago`: replies to them, exchanges both wrote in."""

    source: Hashable
    target: Hashable
    replies: int
    together: int
    days_ago: float


@dataclass(frozen=True, eq=False)
class Ties:
    """Ties among `people`, whose places in it number them; one row for each ordered pair that met.

    `replies` and `together` are counts, `weight` is `Σ s · 0.9^months`, with s = 10 for a reply and 1 for an
    exchange.
    """

    people: Sequence[Hashable]
    source: NDArray[np.intp]
    target: NDArray[np.intp]
    replies: NDArray[np.float64]
    together: NDArray[np.float64]
    weight: NDArray[np.float64]

    @cached_property
    def pairs(self) -> NDArray[np.intp]:
        """Unordered pairs with any tie, one a row, the smaller number first."""
        return _unordered(self.source, self.target)

    @cached_property
    def degree(self) -> NDArray[np.intp]:
        """With how many different others each person has any tie."""
        return np.bincount(self.pairs.ravel(), minlength=len(self.people))


def gather(people: Sequence[Hashable], met: Iterable[Met]) -> Ties:
    """Ties among the eligible `people`; what they did with others, or with themselves, is left out."""
    place = {person: number for number, person in enumerate(people)}
    rows: dict[tuple[int, int], list[float]] = {}
    for one in met:
        source, target = place.get(one.source), place.get(one.target)
        if source is None or target is None or source == target or not (one.replies or one.together):
            continue
        row = rows.setdefault((source, target), [0.0, 0.0, 0.0])
        row[0] += one.replies
        row[1] += one.together
        strength = REPLY * one.replies + TOGETHER * one.together
        row[2] += strength * KEPT_A_MONTH ** (max(one.days_ago, 0.0) / _DAYS_OF_A_MONTH)
    ends = np.array(list(rows), dtype=np.intp).reshape(-1, 2)
    values = np.array(list(rows.values()), dtype=np.float64).reshape(-1, 3)
    return Ties(people, ends[:, 0], ends[:, 1], values[:, 0], values[:, 1], values[:, 2])


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """Of each person, by number: no tie leads in or out; nobody replied, though they did; one tie only."""

    isolated: NDArray[np.bool_]
    unheard: NDArray[np.bool_]
    one_tie: NDArray[np.bool_]

    @property
    def shares(self) -> tuple[Share, Share, Share]:
        """Isolated, unheard and one tie, over all people."""
        isolated, unheard, one = (
            Share(int(np.count_nonzero(mask)), len(mask))
            for mask in (self.isolated, self.unheard, self.one_tie)
        )
        return isolated, unheard, one


def standing(ties: Ties) -> Standing:
    """Unheard is about replies, which have a sense: out > 0 and in = 0."""
    n = len(ties.people)
    out = np.bincount(ties.source, ties.replies, minlength=n)
    back = np.bincount(ties.target, ties.replies, minlength=n)
    return Standing(ties.degree == 0, (out > 0) & (back == 0), ties.degree == 1)


def reciprocity(ties: Ties) -> Share:
    """Pairs that replied to each other over pairs of whom one replied to the other."""
    replied = ties.replies > 0
    directed = int(np.count_nonzero(replied))
    connected = len(_unordered(ties.source[replied], ties.target[replied]))
    return Share(directed - connected, connected)


class Openness(NamedTuple):
    """Pairs that lead out of a group, and pairs within it."""

    external: int
    internal: int

    @property
    def value(self) -> float | None:
        """(E − I) / (E + I), from −1 (only among themselves) to 1 (Krackhardt & Stern, 1988)."""
        both = self.external + self.internal
        return (self.external - self.internal) / both if both else None


def openness(ties: Ties, groups: Mapping[Any, G]) -> tuple[Openness, dict[G, Openness]]:
    """Of all and by group; `groups` says of which each is. Pairs with somebody of none are left out."""
    whole = [0, 0]
    by_group: dict[G, list[int]] = {}
    for one, other in ties.pairs.tolist():
        first, second = groups.get(ties.people[one]), groups.get(ties.people[other])
        if first is None or second is None:
            continue
        inside = int(first == second)
        whole[inside] += 1
        for group in {first, second}:
            by_group.setdefault(group, [0, 0])[inside] += 1
    return Openness(*whole), {group: Openness(*counts) for group, counts in by_group.items()}


def links(ties: Ties, groups: Mapping[Any, G]) -> dict[tuple[G, G], int]:
    """Pairs tied between each two groups, and within each; `groups` says of which each person is.

    The two of a key are in the order of their words. Pairs with somebody of no group are left out.
    """
    found: dict[tuple[G, G], int] = {}
    for one, other in ties.pairs.tolist():
        first, second = groups.get(ties.people[one]), groups.get(ties.people[other])
        if first is not None and second is not None:
            key = (first, second) if str(first) <= str(second) else (second, first)
            found[key] = found.get(key, 0) + 1
    return found


def between(ties: Ties, groups: Mapping[G, Iterable[Hashable]]) -> dict[tuple[G, G], Share]:
    """Pairs tied over pairs possible, of each two groups, and within a group; a person may be in several.

    Of two groups, a pair has one of each; a person in both makes no pair with themselves.
    """
    members = {
        group: np.isin(np.arange(len(ties.people)), _places(ties, people)) for group, people in groups.items()
    }
    names = list(members)
    one, other = ties.pairs[:, 0], ties.pairs[:, 1]
    found: dict[tuple[G, G], Share] = {}
    for index, first in enumerate(names):
        for second in names[index:]:
            a, b = members[first], members[second]
            tied = np.count_nonzero((a[one] & b[other]) | (b[one] & a[other]))
            both = int(np.count_nonzero(a & b))
            ordered = int(a.sum()) * int(b.sum()) - both
            found[first, second] = Share(int(tied), ordered - both * (both - 1) // 2)
    return found


def _places(ties: Ties, people: Iterable[Hashable]) -> list[int]:
    place = {person: number for number, person in enumerate(ties.people)}
    return [place[person] for person in people if person in place]


def _unordered(one: NDArray[np.intp], other: NDArray[np.intp]) -> NDArray[np.intp]:
    pairs = np.stack([np.minimum(one, other), np.maximum(one, other)], axis=1)
    return np.unique(pairs, axis=0) if len(pairs) else pairs
