"""Forms, teams and themes of a block beside each other: they overlap as it happens (decision 82).

Where all of a form is in a theme, the theme less the form is a figure, too. So of any two that are told, what
is left of one when those parts of the other are subtracted that lie wholly in it is of enough people.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from passeur.algorithms.disclosure import Places, are_apart
from passeur.skills.queries import way_up

from . import worked
from .bitmaps import TeamsThen
from .sets import Weeks
from .standing import Piece
from .telling import Decided
from .worked import Worked

Names = NDArray[np.str_]


class Cut(NamedTuple):
    """One way to cut the exchanges up: as anybody may be told of it, and as the reader is."""

    pieces: Places
    parts: Places


@dataclass(frozen=True, slots=True)
class Crossed:
    """The exchanges of a block that are told of: who started each, its form, their team, and its themes.

    `within` says of a theme which of them are in it or in one below it.
    """

    people: Places
    kinds: Names
    teams: Names
    within: Mapping[int, NDArray[np.bool_]]
    above: Mapping[int, int | None]

    def apart(self, wished: Decided, finest: Decided | None, smallest: int) -> Decided:
        """What is told together of what is `wished`: teams give way to forms, and themes to both.

        `finest` is what who needs the smallest groups is told of, if that is somebody else.
        """
        forms = Cut(numbered(self.kinds, (finest or wished).kinds), numbered(self.kinds, wished.kinds))
        by_size = sorted(wished.teams, key=lambda team: (self._people(self.teams == team), team))
        # The smallest go with what is not told.
        for first in range(len(by_size) + 1):
            teams = frozenset(by_size[first:])
            own = numbered(self.teams, teams)
            cut = Cut(own if finest is None else numbered(self.teams, finest.teams), own)
            if not teams or self._fit(cut, forms, smallest):
                break
        told = [forms, cut]
        themes = []
        # One that nothing is in by now, since themes were moved or merged, is not told.
        there = wished.themes & self.within.keys()
        for theme in sorted(there, key=lambda one: (-int(self.within[one].sum()), one)):
            places = way_to_the_whole(theme, self.within, self.above)
            cut = Cut(places, places)
            if all(self._fit(cut, other, smallest) for other in told):
                told.append(cut)
                themes.append(theme)
        return replace(
            wished,
            themes=frozenset(themes),
            welcoming=wished.welcoming & {0, *themes},
            teams=teams,
        )

    def _fit(self, one: Cut, other: Cut, smallest: int) -> bool:
        return fit(one, other, self.people, smallest)

    def _people(self, some: NDArray[np.bool_]) -> int:
        return len(np.unique(self.people[some]))


def fit(one: Cut, other: Cut, people: Places, smallest: int) -> bool:
    """Whether exchanges that these people started may be told of both ways."""
    return are_apart(one.pieces, other.parts, people, smallest) and are_apart(
        other.pieces, one.parts, people, smallest
    )


def with_those_above(rows: Worked, above: Mapping[int, int | None]) -> dict[int, NDArray[np.bool_]]:
    """By theme, which exchanges are in it or in one below it."""
    within: dict[int, NDArray[np.bool_]] = {}
    for theme in set(rows.theme.tolist()):
        there = np.bincount(rows.themed[rows.theme == theme], minlength=len(rows)) > 0
        for one in way_up(theme, above):
            within[one] = within.get(one, False) | there
    return within


def way_to_the_whole(
    theme: int, within: Mapping[int, NDArray[np.bool_]], above: Mapping[int, int | None]
) -> Places:
    """0 in the theme, 1 in that above it, and so on to the whole."""
    places = np.where(within[theme], 0, 1)
    while (theme := above.get(theme) or 0) and theme in within:
        places += ~within[theme]
    return places


def numbered(values: NDArray[Any], told: Collection[Any]) -> Places:
    """By value those that are told of, from 1; 0 for all others."""
    places = np.zeros(len(values), dtype=np.int64)
    for place, value in enumerate(sorted(told), start=1):
        places[values == value] = place
    return places


def read(
    community: int, weeks: Weeks, above: Mapping[int, int | None], teams: TeamsThen, *, asks: bool
) -> Crossed | None:
    """The questions, or the other exchanges, of some weeks of a block. One query, and one for its teams.

    None where a week is not whole: a version before made it, and a job will make it again.
    """
    (kept,) = worked.read([[Piece(community, asks, weeks, ())]])
    if kept is None:
        return None
    team_of = {bit: teams.of(bit, weeks[0]) for bit in set(kept.author.tolist())}
    people, numbers = np.unique(kept.author, return_inverse=True)
    return Crossed(
        numbers,
        np.array(kept.kinds)[kept.kind],
        np.array([team_of[bit] for bit in people.tolist()])[numbers],
        with_those_above(kept, above),
        above,
    )
