"""What works: by theme, kind, length, day, hour and channel, how useful pieces are and how many people they
reach.

A piece (an exchange that somebody started) has a value of each trait. Each value is set against the other
values of its trait. What an author writes hangs together, so intervals are as wide as authors differ; looking
at many values is paid for (`many`); values of few people are not shown, nor one that could be found by taking
the rest away. All this is association: who posts on Tuesdays may be who writes well. Only a try tells, see
`trying`.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from passeur.algorithms.measures.change import Change, change
from passeur.algorithms.measures.estimates import LEVEL, Interval
from passeur.algorithms.measures.many import adjusted
from passeur.algorithms.measures.quantiles import student

LEAST_PEOPLE = 5
"""Different authors from which on a value is shown."""
LEAST_PIECES = 10
"""Pieces from which on a value is compared with the others."""

_HUGE = 700.0

V = TypeVar("V", bound=Hashable)
Column = NDArray[np.int64]
_Sums = NDArray[np.float64]
"""Pieces, useful ones, people reached: a row each; a column for each author."""


@dataclass(frozen=True, eq=False)
class Tallies(Generic[V]):
    """What authors (numbers) did with values of a trait, in rows: of how many pieces (one or more) a row
    tells, how many of them helped, how many people they reached in all.

    In `value` stands the place of a value in `values`. Several rows may be of one author and value.
    """

    values: Sequence[V]
    value: Column
    author: Column
    pieces: Column
    useful: Column
    reach: Column


@dataclass(frozen=True, slots=True)
class Clustered:
    """A mean over pieces of several authors, `value` ≥ 0, with its standard error and degrees of freedom.

    The error is that of authors as wholes, each as much surer of the mean as it made it (CR2; Bell &
    McCaffrey, 2002). The freedom is one less than the authors that would weigh as much if all wrote as often
    (Kish, 1965). A share is bounded by its score with as many pieces as would give that error (Korn &
    Graubard, 1998); a mean number of people on the log scale.
    """

    value: float | None
    error: float
    freedom: float
    is_share: bool

    def interval(self, level: float = LEVEL) -> Interval:
        """By Student's t; from 0 to what is possible when there are fewer than two authors."""
        most = 1.0 if self.is_share else math.inf
        if self.value is None or self.freedom <= 0:
            return Interval(0.0, most)
        t = student(self.freedom, (1 + level) / 2)
        if not self.is_share:
            exponent = t * self.error / self.value if self.value else math.inf
            grown = math.exp(exponent) if exponent < _HUGE else math.inf
            return Interval(self.value / grown, self.value * grown if self.value else math.inf)
        share = self.value
        n = share * (1 - share) / self.error**2 if self.error else self.freedom + 1
        middle = (share + t * t / (2 * n)) / (1 + t * t / n)
        half = t * math.sqrt(share * (1 - share) / n + t * t / (4 * n * n)) / (1 + t * t / n)
        return Interval(max(0.0, middle - half), min(1.0, middle + half))


@dataclass(frozen=True, slots=True)
class Finding(Generic[V]):
    """One value of one trait beside the other values: how useful, how far it reaches, and whether that is
    real.

    The p of each change is what is left of it after looking at all values of all traits.
    """

    trait: str
    value: V
    pieces: int
    people: int
    others: int
    usefulness: Clustered
    reach: Clustered
    useful_change: Change
    reach_change: Change


def look(
    traits: Mapping[str, Tallies[V]],
    *,
    least_people: int = LEAST_PEOPLE,
    least_pieces: int = LEAST_PIECES,
    level: float = LEVEL,
) -> list[Finding[V]]:
    """Findings of every value that may be shown and says enough, in the order of traits and of their rows.

    A piece may have several values of a trait (themes); it then counts with each, and its trait's others are
    the rows of the other values.
    """
    findings: list[Finding[V]] = []
    for trait, rows in traits.items():
        by_value = _by_value(rows)
        whole = sum(by_value.values(), np.zeros(3)[:, None])
        people = {value: set(np.flatnonzero(sums[0]).tolist()) for value, sums in by_value.items()}
        for value in showable(people, least_people):
            sums, rest = by_value[value], whole - by_value[value]
            enough = min(sums[0].sum(), rest[0].sum()) >= least_pieces
            if enough and np.count_nonzero(rest[0]) >= least_people:
                findings.append(_finding(trait, value, sums, rest, level))
    return _paid_for(findings)


def overall(author: Column, useful: Column, reach: Column) -> tuple[Clustered, Clustered]:
    """Usefulness and reach of all pieces, of which a row each is given: its author, whether it helped, whom
    it reached.
    """
    if not len(author):
        return Clustered(None, 0.0, 0.0, is_share=True), Clustered(None, 0.0, 0.0, is_share=False)
    everything = Tallies([None], np.zeros_like(author), author, np.ones_like(author), useful, reach)
    sums = _by_value(everything)[None]
    return _mean(sums[0], sums[1], is_share=True), _mean(sums[0], sums[2], is_share=False)


def _by_value(rows: Tallies[V]) -> dict[V, _Sums]:
    """By value, in the order in which they first stand in a row."""
    once, first = np.unique(rows.value, return_index=True)
    authors, author = np.unique(rows.author, return_inverse=True)
    shape = (len(rows.values), len(authors))
    place = rows.value * shape[1] + author
    sums: _Sums = np.stack(
        [
            np.bincount(place, weights=amounts, minlength=shape[0] * shape[1])
            .astype(np.float64)
            .reshape(shape)
            for amounts in (rows.pieces, rows.useful, rows.reach)
        ]
    )
    return {rows.values[value]: sums[:, value] for value in once[np.argsort(first)].tolist()}


def showable(people: Mapping[V, set[int]], least: int = LEAST_PEOPLE) -> list[V]:
    """The values of which at least `least` people can be shown without those held back being found from the
    total.

    While the people of all values held back are fewer than `least`, the smallest shown value is held back
    too.
    """
    shown = [value for value, who in people.items() if len(who) >= least]
    hidden = [value for value in people if value not in shown]
    while hidden and shown and len(set[int]().union(*(people[value] for value in hidden))) < least:
        smallest = min(shown, key=lambda value: len(people[value]))
        shown.remove(smallest)
        hidden.append(smallest)
    return shown


def _finding(trait: str, value: V, sums: _Sums, rest: _Sums, level: float) -> Finding[V]:
    useful, other_useful = (_mean(some[0], some[1], is_share=True) for some in (sums, rest))
    reach, other_reach = (_mean(some[0], some[2], is_share=False) for some in (sums, rest))
    return Finding(
        trait,
        value,
        int(sums[0].sum()),
        int(np.count_nonzero(sums[0])),
        int(rest[0].sum()),
        useful,
        reach,
        change(other_useful, useful, level=level),
        change(other_reach, reach, level=level),
    )


def _mean(by_author: NDArray[np.float64], amounts: NDArray[np.float64], *, is_share: bool) -> Clustered:
    wrote = by_author > 0
    pieces, sizes = float(by_author.sum()), by_author[wrote]
    mean = float(amounts.sum()) / pieces
    if len(sizes) < 2:
        return Clustered(mean, 0.0, 0.0, is_share)
    residuals = amounts[wrote] - mean * sizes
    error = math.sqrt(float(np.sum(residuals**2 / (1 - sizes / pieces)))) / pieces
    return Clustered(mean, error, pieces**2 / float(np.sum(sizes**2)) - 1, is_share)


def _paid_for(findings: list[Finding[V]]) -> list[Finding[V]]:
    every = adjusted([one.useful_change.p for one in findings] + [one.reach_change.p for one in findings])
    useful, reach = every[: len(findings)], every[len(findings) :]
    return [
        replace(
            one,
            useful_change=replace(one.useful_change, p=p_useful),
            reach_change=replace(one.reach_change, p=p_reach),
        )
        for one, p_useful, p_reach in zip(findings, useful, reach, strict=True)
    ]
