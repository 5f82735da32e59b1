"""Participation, health, stickiness, rhythm: how a community lives."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from passeur.algorithms.disclosure import Cell
from passeur.algorithms.measures import engagement as measures
from passeur.algorithms.measures.estimates import Share

from ..choices import Withholding
from . import bitmaps
from .guarding import Withheld, guarded, guarded_teams, pooled
from .slices import BLOCK, DAY, Slice, blocks_of

YEAR = 364
ROUNDED = 5


@dataclass(frozen=True, slots=True)
class TeamFigure:
    """The participation of a team in one community."""

    community: int
    team: str
    participation: Share | Withheld


def participation(slice: Slice) -> Share | Withheld:
    """Who contributed, replied, accepted or reacted at least once in four weeks, over all but who animates.

    Over several blocks of four weeks (`blocks_of`) or communities their counts are added. Who joins in a
    block counts from the next one. With a team, the guard decides of it beside the others of its block.
    """
    if slice.team and slice.theme is not None:
        return Withheld(Withholding.GIVES_OTHERS_AWAY)
    if slice.team:
        return pooled([one for teams in _by_team(slice).values() for one in teams.get(slice.team, [])])
    blocks = blocks_of(slice)
    days = bitmaps.days(slice.numbers, slice.theme_number, blocks[0][0], blocks[-1][1])
    groups = _groups(slice, blocks[0][0], blocks[-1][1])
    return pooled(
        [
            guarded(_cell(days, groups, community, "", *block), slice.smallest[community])
            for community in slice.numbers
            for block in blocks
        ]
    )


def participation_by_block(slice: Slice) -> list[tuple[dt.date, Share | Withheld]]:
    """The same in each block of the year that ends with the slice, by their first day. Two queries.

    Blocks and not windows that roll: two windows that share days would tell what somebody did (decision 36).
    """
    if slice.team:
        return []
    blocks = blocks_of(replace(slice, first=slice.last - DAY * (YEAR - 1)))
    days = bitmaps.days(slice.numbers, slice.theme_number, blocks[0][0], blocks[-1][1])
    groups = _groups(slice, blocks[0][0], blocks[-1][1])
    return [
        (
            block[0],
            pooled(
                [guarded(_cell(days, groups, one, "", *block), slice.smallest[one]) for one in slice.numbers]
            ),
        )
        for block in blocks
    ]


def teams(slice: Slice) -> list[TeamFigure]:
    """The participation of each team in each community; those withheld stand there too."""
    return [
        TeamFigure(community, team, pooled(figures))
        for community, by_team in _by_team(slice).items()
        for team, figures in sorted(by_team.items())
    ]


def health(slice: Slice) -> Share | Withheld:
    """Of members active in the 52 weeks that end with the slice's last block, those active in that block.

    The number of those of the year is rounded to five: two years that share most of their weeks, with
    somebody who joined between them, would tell what that one did.
    """
    if slice.team:
        return Withheld(Withholding.NOT_FOR_TEAMS)
    _, ended = blocks_of(slice)[-1]
    start = ended - DAY * (YEAR - 1)
    days = bitmaps.days(slice.numbers, slice.theme_number, start, ended)
    groups = _groups(slice, ended, ended)
    figures: list[Share | Withheld] = []
    for community in slice.numbers:
        people = groups.in_block(community, "", ended)
        year = [days.of(community, day) & people for day in days.each(start, ended)]
        share = measures.health(year, people, recent=BLOCK)
        recent = guarded(Cell(people.bit_count(), share.count), slice.smallest[community])
        whole = guarded(Cell(people.bit_count(), share.of), slice.smallest[community])
        if isinstance(recent, Share) and isinstance(whole, Share):
            figures.append(Share(share.count, max(share.count, ROUNDED * round(share.of / ROUNDED))))
        else:
            figures.append(recent if isinstance(recent, Withheld) else whole)
    return pooled(figures)


def stickiness(slice: Slice) -> float | Withheld | None:
    """Mean DAU/MAU over the days of the slice's blocks, in [0, 1]; over several communities their mean.

    Only where participation in the block is shown. None: nobody came.
    """
    if slice.team:
        return Withheld(Withholding.NOT_FOR_TEAMS)
    blocks = blocks_of(slice)
    before = DAY * (measures.MONTH - 1)
    days = bitmaps.days(slice.numbers, slice.theme_number, blocks[0][0] - before, blocks[-1][1])
    groups = _groups(slice, blocks[0][0], blocks[-1][1])
    ratios = []
    withheld: Withheld | None = None
    for community in slice.numbers:
        for begun, ended in blocks:
            figure = guarded(_cell(days, groups, community, "", begun, ended), slice.smallest[community])
            if isinstance(figure, Withheld):
                withheld = figure
                continue
            in_turn = [days.of(community, day) for day in days.each(begun - before, ended)]
            ratio = measures.stickiness(in_turn, groups.in_block(community, "", begun))
            if ratio is not None:
                ratios.append(ratio)
    return round(sum(ratios) / len(ratios), 2) if ratios else withheld


def rhythm(slice: Slice) -> Share | Withheld:
    """Whole weeks in which at least three members started an exchange, over all whole weeks of the slice."""
    if slice.team:
        return Withheld(Withholding.NOT_FOR_TEAMS)
    days = bitmaps.days(slice.numbers, slice.theme_number, slice.first, slice.last, starting=True)
    groups = _groups(slice, slice.first, slice.last)
    mondays = [day for day in days.each(slice.first, slice.last - DAY * 6) if day.weekday() == 0]
    total, lively, is_open = 0, 0, False
    for community in slice.numbers:
        people = bitmaps.window(days, groups, community, "", slice.first, slice.last).people
        if people.bit_count() < slice.smallest[community]:
            continue
        is_open = True
        weeks = [
            bitmaps.window(days, groups, community, "", monday, monday + DAY * 6).active for monday in mondays
        ]
        share = measures.rhythm(weeks)
        lively, total = lively + share.count, total + share.of
    return Share(lively, total) if is_open else Withheld(Withholding.FEW_PEOPLE)


def _groups(slice: Slice, first: dt.date, last: dt.date) -> bitmaps.Groups:
    return bitmaps.groups(slice.numbers, with_teams=False, first=first, last=last)


def _by_team(slice: Slice) -> dict[int, dict[str, list[Share | Withheld]]]:
    """By community and team, a figure of each block."""
    blocks = blocks_of(slice)
    days = bitmaps.days(slice.numbers, 0, blocks[0][0], blocks[-1][1])
    groups = bitmaps.groups(slice.numbers, with_teams=True, first=blocks[0][0], last=blocks[-1][1])
    made: dict[int, dict[str, list[Share | Withheld]]] = {}
    for community in slice.numbers:
        found = made.setdefault(community, {})
        for block in blocks:
            whole = _cell(days, groups, community, "", *block)
            cells = {team: _cell(days, groups, community, team, *block) for team in groups.teams(community)}
            alive = {team: cell for team, cell in cells.items() if cell.size}
            for team, figure in guarded_teams(whole, alive, slice.smallest[community]).items():
                found.setdefault(team, []).append(figure)
    return made


def _cell(
    days: bitmaps.Days, groups: bitmaps.Groups, community: int, team: str, first: dt.date, last: dt.date
) -> Cell:
    found = bitmaps.window(days, groups, community, team, first, last)
    return Cell(found.people.bit_count(), found.active.bit_count())
