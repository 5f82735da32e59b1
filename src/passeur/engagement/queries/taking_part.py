"""Participation, health, stickiness, rhythm: how a community lives."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.utils import timezone

from passeur.algorithms.disclosure import Cell
from passeur.algorithms.measures import engagement as measures
from passeur.algorithms.measures.estimates import Share

from ..choices import Withholding
from . import bitmaps
from .guarding import Withheld, guarded, guarded_teams, pooled
from .slices import BLOCK, DAY, Slice, blocks_of
from .then import BEFORE, YEAR, Then

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
    then = Then(slice, blocks)
    return pooled(
        [
            guarded(then.cell(community, block), slice.smallest[community])
            for community in slice.numbers
            for block in blocks
        ]
    )


def participation_by_block(slice: Slice) -> list[tuple[dt.date, Share | Withheld]]:
    """The same in each block of the year that ends with the slice, by their first day. Three queries.

    Blocks and not windows that roll: two windows that share days would tell what somebody did (decision 36).
    """
    if slice.team:
        return []
    blocks = blocks_of(replace(slice, first=slice.last - DAY * (YEAR - 1)))
    then = Then(slice, blocks)
    return [
        (block[0], pooled([guarded(then.cell(one, block), slice.smallest[one]) for one in slice.numbers]))
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
    block = blocks_of(slice)[-1]
    then = Then(slice, [block], back=YEAR - BLOCK)
    figures: list[Share | Withheld] = []
    for community in slice.numbers:
        cell, year = then.cell(community, block), then.year(community, block)
        recent = guarded(cell, slice.smallest[community])
        whole = guarded(Cell(cell.size, year), slice.smallest[community])
        if isinstance(recent, Share) and isinstance(whole, Share):
            figures.append(Share(cell.count, max(cell.count, ROUNDED * round(year / ROUNDED))))
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
    then = Then(slice, blocks, back=BEFORE)
    ratios = []
    withheld: Withheld | None = None
    for community in slice.numbers:
        for block in blocks:
            figure = guarded(then.cell(community, block), slice.smallest[community])
            if isinstance(figure, Withheld):
                withheld = figure
            elif (ratio := then.stickiness(community, block)) is not None:
                ratios.append(ratio)
    return round(sum(ratios) / len(ratios), 2) if ratios else withheld


def rhythm(slice: Slice) -> Share | Withheld:
    """Whole weeks in which at least three members started an exchange, over all whole weeks of the slice.

    Weeks that are over, in which enough people belonged: of three people, it would tell of each.
    """
    if slice.team:
        return Withheld(Withholding.NOT_FOR_TEAMS)
    last = min(slice.last, timezone.localdate() - DAY)
    days = bitmaps.days(slice.numbers, slice.theme_number, slice.first, last, starting=True)
    groups = bitmaps.groups(slice.numbers, with_teams=False, first=slice.first, last=last)
    mondays = [day for day in days.each(slice.first, last - DAY * 6) if day.weekday() == 0]
    total, lively, is_open = 0, 0, False
    for community in slice.numbers:
        weeks = [
            bitmaps.window(days, groups, community, "", monday, monday + DAY * 6).active
            for monday in mondays
            if groups.on(community, "", monday).bit_count() >= slice.smallest[community]
        ]
        share = measures.rhythm(weeks)
        is_open = is_open or bool(weeks)
        lively, total = lively + share.count, total + share.of
    return Share(lively, total) if is_open else Withheld(Withholding.FEW_PEOPLE)


def _by_team(slice: Slice) -> dict[int, dict[str, list[Share | Withheld]]]:
    """By community and team, a figure of each block."""
    blocks = blocks_of(slice)
    then = Then(slice, blocks, with_teams=True)
    made: dict[int, dict[str, list[Share | Withheld]]] = {}
    for community in slice.numbers:
        found = made.setdefault(community, {})
        for block in blocks:
            whole, alive = then.cell(community, block), then.teams(community, block)
            for team, figure in guarded_teams(whole, alive, slice.smallest[community]).items():
                found.setdefault(team, []).append(figure)
    return made
