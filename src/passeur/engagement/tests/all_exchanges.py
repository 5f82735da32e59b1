"""Reads all figures of exchanges, with all filters, into what an adversary knows."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from django.utils import timezone

from passeur.algorithms.measures import working

from .. import queries
from .company import MONDAY, WEEK
from .office import DAY, FORMS, NOW, TEAMS

LATER = MONDAY + 46 * WEEK


def which(office, *, weeks=None, form=None, asks=None, inside=None, outside=None, first=None, team=None):
    """The parts of a set of exchanges."""
    return [
        part
        for part in office.parts
        if (weeks is None or part[0] in weeks)
        and (form is None or part[1] == form)
        and (asks is None or (part[1] == "question") == asks)
        and (inside is None or inside in part[2])
        and (outside is None or outside not in part[2])
        and (first is None or part[3] == first)
        and (team is None or part[4] == team)
    ]


def ledger(office, reader, first, last, theme=None, team=""):
    span = {"first": MONDAY + first * WEEK, "last": MONDAY + (last + 1) * WEEK - dt.timedelta(days=1)}
    return queries.Ledger(
        queries.slice_of(reader, theme=theme, team=team, **span),
        themes=[one.pk for one in office.themes],
        now=NOW,
    )


def read(adversary, office, found):
    """A page of all themes: what is told, of which weeks its gaps show."""
    everything, questions = found.everything(), found.questions()
    for counted, asks in ((everything, None), (questions, True)):
        if not counted.is_nothing:
            adversary.read(of(office, counted.pieces, asks), counted.asked)
    if not (blocks := found.of_blocks()).is_nothing:
        bare = found.without_theme(blocks)
        adversary.read(of(office, blocks.pieces, None), bare.of)
        parts = [part for part in of(office, blocks.pieces, None) if not part[2]]
        adversary.between(parts, max(0, bare.count - 2), bare.count + 2)
    if not questions.is_nothing:
        by_hour = defaultdict(list)
        for part in of(office, questions.pieces, True):
            by_hour[when(part)].append(part)
        for day, hours in enumerate(questions.hours):
            for hour, told in enumerate(hours):
                adversary.between(by_hour[day, hour], max(0, told - 2), told + 2)
    if questions.newcomers is not None:
        parts = [part for part in of(office, questions.newcomers_in, True) if part[3]]
        adversary.read(parts, questions.newcomers.of)


def when(part):
    """The day of the week and the hour of the grid, where the site is."""
    at = dt.datetime.combine(MONDAY + part[0] * WEEK + part[5] * DAY, dt.time(part[6]), dt.UTC)
    return part[5], timezone.localtime(at).hour


def of(office, pieces, asks, inside=None):
    """The parts that some pieces are made of."""
    return [
        part
        for piece in pieces
        if asks is None or piece.asks == asks
        for part in which(
            office, weeks={number(week) for week in piece.weeks}, asks=piece.asks, inside=inside
        )
    ]


def number(week):
    return (week - MONDAY).days // 7


def read_block(adversary, office, reader, block):
    """Forms, teams, and themes with their newcomers, of four weeks."""
    found = ledger(office, reader, block, block + 3)
    for form in FORMS:
        counted = found.of_kind(form, asks=form == "question")
        parts = [part for part in of(office, counted.pieces, None) if part[1] == form]
        if not counted.is_nothing:
            adversary.read(parts, counted.asked)
    read_what_works(adversary, office, reader, block, block + 3)
    for team in TEAMS:
        of_team = ledger(office, reader, block, block + 3, team=team)
        for counted, asks in ((of_team.everything(), None), (of_team.questions(), True)):
            if not counted.is_nothing:
                parts = [part for part in of(office, counted.pieces, asks) if part[4] == team]
                adversary.read(parts, counted.asked)
    for theme in office.themes:
        themed = ledger(office, reader, block, block + 3, theme=theme)
        for counted, asks in ((themed.everything(), None), (themed.questions(), True)):
            if not counted.is_nothing:
                adversary.read(of(office, counted.pieces, asks, theme.pk), counted.asked)
        if (newcomers := themed.questions()).newcomers is not None:
            parts = [part for part in of(office, newcomers.newcomers_in, True, theme.pk) if part[3]]
            adversary.read(parts, newcomers.newcomers.of)


def read_what_works(adversary, office, reader, first, last):
    """Days of the week and hours, as *What works* tells of them of a period: all forms together."""
    span = {"first": MONDAY + first * WEEK, "last": MONDAY + (last + 1) * WEEK - dt.timedelta(days=1)}
    looked = queries.slice_of(reader, **span)
    for counted in queries.Compared(looked, until=LATER, now=NOW + 30 * WEEK).parts():
        weeks = {(number(week), piece.asks) for piece in counted.pieces for week in piece.weeks}
        rows = [(part, one.who) for part, one in office.placed() if (part[0], one.asks) in weeks]
        adversary.read(of(office, counted.pieces, None), len(rows))
        for place in (5, 6):
            people = defaultdict(set)
            for part, who in rows:
                people[part[place]].add(who)
            for value in working.showable(people, looked.smallest[office.community.pk]):
                parts = [part for part in of(office, counted.pieces, None) if part[place] == value]
                adversary.read(parts, sum(part[place] == value for part, _ in rows))


def at_time(office, place, value, weeks, asks):
    return [part for part in which(office, weeks=weeks, asks=asks) if part[place] == value]
