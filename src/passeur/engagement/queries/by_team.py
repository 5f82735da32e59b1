"""What people of a team started, and what became of it, of the blocks in which the team may be told of."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from django.db import connection

from ..models import TeamDay
from .bitmaps import TeamsThen
from .sets import Some
from .slices import BLOCK, DAY, Slice, block_of
from .standing import Insider, Piece
from .telling import Block
from .weeks import Week, of_team

_TEAMS = """
SELECT DISTINCT ON (community, team) community, team, size FROM engagement_population
 WHERE community = ANY(%s) AND team <> '' ORDER BY community, team, since DESC
"""
_Place = tuple[int, bool, dt.date]
"""(community, asks, Monday)."""


class TeamLedger:
    """Who started what in which team, read once for a slice. Two queries."""

    def __init__(self, slice: Slice, first: dt.date) -> None:
        self.slice = slice
        self._then = {number: TeamsThen(number) for number in slice.numbers}
        among = TeamDay.objects.filter(
            community__in=slice.numbers, day__gte=first, day__lte=slice.last
        ).order_by("day", "kind")
        self._some: dict[_Place, dict[str, Some]] = defaultdict(lambda: defaultdict(Some))
        for community, team, day, asks, asked, askers in among.values_list(
            "community", "team", "day", "asks", "asked", "askers"
        ):
            self._some[community, asks, _monday(day)][team].take(asked, askers)
        self._rows: dict[_Place, list[Week]] = defaultdict(list)
        for row in among.filter(team=slice.team):
            self._rows[row.community, row.asks, _monday(row.day)].append(of_team(row))

    def piece(self, community: int, block: Block) -> list[Piece]:
        """What is told of the team in a block: one piece, or none."""
        by_week = {week: self._some.get((community, block.asks, week), {}) for week in block.told}
        if self.slice.team not in block.teams(by_week):
            return []
        rows = [row for week in block.told for row in self._rows.get((community, block.asks, week), ())]
        return [Piece(community, block.asks, block.told, tuple(rows))]

    def people(self, pieces: Sequence[Piece]) -> list[Insider]:
        """Who was of the team in the blocks of these. A query for each block of a community."""
        blocks = {(one.community, block_of(one.weeks[0])) for one in pieces if one.weeks}
        return [
            Insider(bit, community, begun, begun + DAY * BLOCK)
            for community, begun in sorted(blocks)
            for bit in self._then[community].bits(self.slice.team, begun)
        ]


def team_names(slice: Slice) -> list[str]:
    """The teams that a reader may ask figures of: enough people now, in one of the communities. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_TEAMS, [slice.numbers])
        rows = cursor.fetchall()
    return sorted({team for community, team, size in rows if size >= slice.smallest[community]})


def _monday(day: dt.date) -> dt.date:
    return day - DAY * day.weekday()
