"""Who took part in the blocks of a slice: as written down, and from its days where that is still to come."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from passeur.algorithms.disclosure import Cell
from passeur.algorithms.measures import engagement as measures

from . import bitmaps
from .bitmaps import Days, Groups, Span
from .slices import BLOCK, DAY, Slice

YEAR = 364
BEFORE = measures.MONTH - 1
"""Days before a block of which stickiness knows."""


class Then:
    """The blocks (first and last day of each) of a slice; of each of its communities and, if asked, teams.

    `back` is how many days before them may be asked of. One query where all were written down, else three.
    """

    def __init__(
        self, slice: Slice, blocks: Sequence[Span], *, with_teams: bool = False, back: int = 0
    ) -> None:
        self.slice = slice
        self.blocks = blocks
        self.with_teams = with_teams
        self.back = back
        self._kept = bitmaps.fours(
            slice.numbers, slice.theme_number, blocks[0][0], blocks[-1][0], with_teams=with_teams
        )

    def cell(self, community: int, block: Span) -> Cell:
        """How many took part, of how many."""
        found = self._kept.get((community, "", block[0]))
        return Cell(found.people, found.active) if found else self._counted(community, "", block)

    def teams(self, community: int, block: Span) -> dict[str, Cell]:
        """The same by team, of those that had people."""
        if (community, "", block[0]) in self._kept:
            return {
                team: Cell(found.people, found.active)
                for (number, team, begun), found in self._kept.items()
                if team and number == community and begun == block[0]
            }
        found_now = {team: self._counted(community, team, block) for team in self._groups.teams(community)}
        return {team: cell for team, cell in found_now.items() if cell.size}

    def year(self, community: int, block: Span) -> int:
        """Of the people of the block, those active in the 52 weeks that end with it."""
        if found := self._kept.get((community, "", block[0])):
            return found.year
        people = self._groups.in_block(community, "", block[0])
        return active_in(self._days, people, community, block, YEAR).bit_count()

    def stickiness(self, community: int, block: Span) -> float | None:
        """Mean DAU/MAU over the days of the block; None: nobody came."""
        if found := self._kept.get((community, "", block[0])):
            return found.stickiness
        return stickiness(self._days, self._groups.in_block(community, "", block[0]), community, block)

    def _counted(self, community: int, team: str, block: Span) -> Cell:
        found = bitmaps.window(self._days, self._groups, community, team, *block)
        return Cell(found.people.bit_count(), found.active.bit_count())

    @cached_property
    def _days(self) -> Days:
        first = self.blocks[0][0] - DAY * self.back
        return bitmaps.days(self.slice.numbers, self.slice.theme_number, first, self.blocks[-1][1])

    @cached_property
    def _groups(self) -> Groups:
        return bitmaps.groups(
            self.slice.numbers,
            with_teams=self.with_teams,
            first=self.blocks[0][0],
            last=self.blocks[-1][1],
        )


def active_in(days: Days, people: int, community: int, block: Span, length: int = BLOCK) -> int:
    """Of some people (a bitmap), those active in so many days that end with a block, as a bitmap."""
    each = days.each(block[1] - DAY * (length - 1), block[1])
    return measures.present(days.of(community, day) for day in each) & people


def stickiness(days: Days, people: int, community: int, block: Span) -> float | None:
    """Mean DAU/MAU of some people (a bitmap) over the days of a block; None: nobody came."""
    each = days.each(block[0] - DAY * BEFORE, block[1])
    return measures.stickiness([days.of(community, day) for day in each], people)
