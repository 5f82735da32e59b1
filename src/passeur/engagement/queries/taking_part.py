"""Participation, health, stickiness, rhythm: how a community lives."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from passeur.algorithms.disclosure import Cell
from passeur.algorithms.measures import engagement as measures
from passeur.algorithms.measures.estimates import Share

from ..choices import Withholding
from ..policies import SMALLEST
from . import bitmaps
from .guarding import Withheld, guarded, guarded_teams, pooled
from .slices import BLOCK, DAY, Slice, block_of

YEAR = 365


@dataclass(frozen=True, slots=True)
class TeamFigure:
    """The participation of a team in one community."""

    community: int
    team: str
    participation: Share | Withheld


def participation(slice: Slice) -> Share | Withheld:
    """Who contributed, replied, accepted or reacted at least once, over all members but those who animate.

    Over several communities each membership counts, and with a team each member in each block of four
    weeks: the guard decides of a team beside the others of its block.
    """
    if slice.team:
        return _of_team(slice)
    days = bitmaps.days(slice.numbers, slice.theme_number, slice.first, slice.last)
    groups = bitmaps.groups(slice.numbers, with_teams=False)
    cells = [_cell(days, groups, community, "", slice.first, slice.last) for community in slice.numbers]
    return pooled([guarded(cell) for cell in cells])


def health(slice: Slice) -> Share | Withheld:
    """Members active in the last 30 days of the slice over those active in the 12 months that end with it."""
    if slice.team:
        return Withheld(Withholding.NOT_FOR_TEAMS)
    start = slice.last - DAY * (YEAR - 1)
    days = bitmaps.days(slice.numbers, slice.theme_number, start, slice.last)
    groups = bitmaps.groups(slice.numbers, with_teams=False)
    figures = []
    for community in slice.numbers:
        year = [
            days.of(community, day) & groups.on(community, "", day) for day in days.each(start, slice.last)
        ]
        share = measures.health(year, measures.present(year))
        figures.append(guarded(Cell(share.of, share.count)))
    return pooled(figures)


def teams(slice: Slice) -> list[TeamFigure]:
    """The participation of each team in each community, over whole blocks; those withheld stand there too."""
    return [
        TeamFigure(community, team, pooled(figures))
        for community, by_team in _blocks(slice).items()
        for team, figures in sorted(by_team.items())
    ]


def stickiness(slice: Slice) -> float | Withheld | None:
    """Mean over the days of DAU/MAU, in [0, 1]; over several communities their mean. None: nobody came."""
    if slice.team:
        return Withheld(Withholding.NOT_FOR_TEAMS)
    start = slice.first - DAY * (measures.MONTH - 1)
    days = bitmaps.days(slice.numbers, slice.theme_number, start, slice.last)
    groups = bitmaps.groups(slice.numbers, with_teams=False)
    ratios = []
    is_open = False
    for community in slice.numbers:
        people = bitmaps.window(days, groups, community, "", start, slice.last).people
        if people.bit_count() < SMALLEST:
            continue
        is_open = True
        in_turn = [
            days.of(community, day) & groups.on(community, "", day) for day in days.each(start, slice.last)
        ]
        ratio = measures.stickiness(in_turn, people)
        if ratio is not None:
            ratios.append(ratio)
    if not is_open:
        return Withheld(Withholding.FEW_PEOPLE)
    return sum(ratios) / len(ratios) if ratios else None


def rhythm(slice: Slice) -> Share | Withheld:
    """Whole weeks in which at least three members started an exchange, over all whole weeks of the slice."""
    if slice.team:
        return Withheld(Withholding.NOT_FOR_TEAMS)
    days = bitmaps.days(slice.numbers, slice.theme_number, slice.first, slice.last, starting=True)
    groups = bitmaps.groups(slice.numbers, with_teams=False)
    mondays = [day for day in days.each(slice.first, slice.last - DAY * 6) if day.weekday() == 0]
    total, lively, is_open = 0, 0, False
    for community in slice.numbers:
        if bitmaps.window(days, groups, community, "", slice.first, slice.last).people.bit_count() < SMALLEST:
            continue
        is_open = True
        weeks = [
            bitmaps.window(days, groups, community, "", monday, monday + DAY * 6).active for monday in mondays
        ]
        share = measures.rhythm(weeks)
        lively, total = lively + share.count, total + share.of
    return Share(lively, total) if is_open else Withheld(Withholding.FEW_PEOPLE)


def _of_team(slice: Slice) -> Share | Withheld:
    if slice.theme is not None:
        return Withheld(Withholding.GIVES_OTHERS_AWAY)
    figures = [one for by_team in _blocks(slice).values() for one in by_team.get(slice.team, [])]
    return pooled(figures)


def _blocks(slice: Slice) -> dict[int, dict[str, list[Share | Withheld]]]:
    """By community and team, a figure of each block that the slice touches."""
    first, last = block_of(slice.first), block_of(slice.last) + DAY * (BLOCK - 1)
    days = bitmaps.days(slice.numbers, 0, first, last)
    groups = bitmaps.groups(slice.numbers, with_teams=True)
    made: dict[int, dict[str, list[Share | Withheld]]] = {}
    for community in slice.numbers:
        found = made.setdefault(community, {})
        for begun in [day for day in days.each(first, last) if day == block_of(day)]:
            ended = begun + DAY * (BLOCK - 1)
            whole = _cell(days, groups, community, "", begun, ended)
            cells = {
                team: _cell(days, groups, community, team, begun, ended) for team in groups.teams(community)
            }
            alive = {team: cell for team, cell in cells.items() if cell.size}
            for team, figure in guarded_teams(whole, alive, slice.smallest[community]).items():
                found.setdefault(team, []).append(figure)
    return made


def _cell(
    days: bitmaps.Days, groups: bitmaps.Groups, community: int, team: str, first: dt.date, last: dt.date
) -> Cell:
    found = bitmaps.window(days, groups, community, team, first, last)
    return Cell(found.people.bit_count(), found.active.bit_count())
