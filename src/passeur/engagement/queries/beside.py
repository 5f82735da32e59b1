"""Values of a part of the past beside what its blocks tell of: runs of weeks, forms, teams and themes.

They overlap as it happens, as those do among themselves (`crossed`). Where all of a form was started on one
day, what else was started that day is the difference. So of a trait and of whatever else is told, what is
left of one when those parts of the other are subtracted that lie wholly in it is of enough people (decision
83).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import count

import numpy as np
from numpy.typing import NDArray

from passeur.algorithms.disclosure import Places

from ..policies import SMALLEST
from .bitmaps import TeamsThen
from .crossed import Cut, fit, numbered, way_to_the_whole, with_those_above
from .deciding import Key
from .telling import Decided
from .values import VALUES
from .worked import Worked

MOST = 8
"""Values of a trait that are told of: each more doubles the ways to put them together that are looked at."""

Told = Mapping[Key, Mapping[int, Decided]]
"""Of each block, by the smallest group of the reader."""


def apart(
    rows: Worked,
    wished: Mapping[str, Collection[int]],
    finest: Mapping[str, Collection[int]] | None,
    cuts: Sequence[Cut],
    smallest: int,
) -> dict[str, frozenset[int]]:
    """By trait the values that are told of, among those `wished`: the smallest give way.

    `finest` is what who needs the smallest groups is told of, if that is somebody else; `cuts`, how else the
    exchanges are told of (`ways`).
    """
    people = np.unique(rows.author, return_inverse=True)[1]
    others, found = list(cuts), {}
    for trait, some in wished.items():
        value = VALUES[trait](rows)
        size = {one: len(np.unique(people[value == one])) for one in some}
        by_size = sorted(size, key=lambda one: (size[one], one))
        for first in range(max(0, len(by_size) - MOST), len(by_size) + 1):
            told = frozenset(by_size[first:])
            cut = Cut(numbered(value, told if finest is None else finest[trait]), numbered(value, told))
            if not told or all(fit(cut, other, people, smallest) for other in others):
                break
        others.append(cut)
        found[trait] = told
    return found


def ways(
    rows: Worked, told: Told, teams: TeamsThen, above: Mapping[int, int | None], smallest: int
) -> list[Cut]:
    """How exchanges of these blocks are told of to a reader: by run, form and team, and by each theme."""
    finest = _places(rows, told, teams, above, SMALLEST)
    own = finest if smallest == SMALLEST else _places(rows, told, teams, above, smallest)
    everything = np.zeros(len(rows), dtype=np.int64)
    return [
        Cut(*(_close(one.get(name, everything)) for one in (finest, own))) for name in sorted({*finest, *own})
    ]


def _places(
    rows: Worked, told: Told, teams: TeamsThen, above: Mapping[int, int | None], size: int
) -> dict[tuple[str, int], Places]:
    """By what is told of, a number for each exchange: 0 where it is told of in no other way."""
    found: dict[tuple[str, int], Places] = defaultdict(lambda: np.zeros(len(rows), dtype=np.int64))
    number = count(1)
    kinds = np.array(rows.kinds, dtype=np.str_)[rows.kind]
    within = with_those_above(rows, above)
    for (_community, begun, asks), by_size in sorted(told.items()):
        decided = by_size[size]

        def of_these(weeks: Collection[dt.date], asks: bool = asks) -> NDArray[np.bool_]:
            some: NDArray[np.bool_] = np.isin(rows.week, [week.toordinal() for week in weeks])
            some &= rows.asks == asks
            return some

        for run in decided.runs:
            found["run", 0][of_these(run)] = next(number)
        if not decided.is_whole:
            continue
        there = of_these([week for run in by_size[SMALLEST].runs for week in run])
        for kind in sorted(decided.kinds):
            found["form", 0][there & (kinds == kind)] = next(number)
        for team in sorted(decided.teams):
            found["team", 0][there & np.isin(rows.author, teams.bits(team, begun))] = next(number)
        for theme in sorted(decided.themes & within.keys()):
            steps = way_to_the_whole(theme, within, above)
            for step in range(int(steps.max()) + 1):
                found["theme", theme][there & (steps == step)] = next(number)
    return found


def _close(places: Places) -> Places:
    """The same parts, numbered from 0 without gaps."""
    _numbers, closed = np.unique(places, return_inverse=True)
    return closed.astype(np.int64)
