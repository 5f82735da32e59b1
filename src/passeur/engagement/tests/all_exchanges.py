"""Reads all figures of exchanges, with all filters, into what an adversary knows."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from django.utils import timezone

from passeur.foundation.tests.adversary import Adversary, in_one_request

from .. import queries
from ..queries.values import VALUES as OF
from .company import MONDAY, WEEK
from .office import DAY, FORMS, NOW, TEAMS, WEEKS

VALUES = {5: (0, 1, 5), 6: (8, 14), 7: (0, 3), 8: (0, 1)}
"""Of traits, by their place in a part: days, hours, lengths, channels. Some of them are looked for."""
TRAITS = {5: "day", 6: "hour", 7: "length", 8: "channel"}
PARTS_OF_DAY = {8: 1, 14: 3}
"""Which part of the day an hour is in, where the site is."""
MONTHS = ((0, 3), (1, 3), (0, 4), (4, 7), (5, 7))
"""First and last weeks of months of four and five weeks, side by side, and of what they are compared with."""
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


class Outcomes:
    """An adversary who reads, of each figure, of how many exchanges something came, too.

    `outcome` is what came of them: somebody "replied", did so "soon", it was "useful", or "resolved".
    """

    def __init__(self, office, outcome):
        self.outcome, self.adversary = outcome, Adversary()
        for part in office.parts:
            for came in (True, False):
                self.adversary.meet((part, came), 1000)

    def read(self, parts, count):
        self.between(parts, count, count)

    def between(self, parts, least, most):
        unknowns = [(part, came) for part in parts for came in (True, False)]
        if least == most:
            self.adversary.read(unknowns, least)
        else:
            self.adversary.between(unknowns, least, most)

    def came(self, parts, counts):
        """Of how many of these it did, by outcome, as far as that is told."""
        if self.outcome in counts:
            self.adversary.read([(part, True) for part in parts], counts[self.outcome])


def tell(reader, parts, counted):
    """A figure: how many there are, how many were replied to and helped; and how many still wait after half a
    day, as the curve says where all are replied to.
    """
    reader.read(parts, counted.asked)
    if isinstance(reader, Outcomes):
        came = {"replied": counted.replied.count, "useful": counted.helped.count}
        came["resolved"] = counted.outcomes.resolved.count
        if reader.outcome == "soon":
            waits = counted.waits.at(12 * 3600).value
            assert waits is not None
            came["soon"] = round((1 - waits) * counted.asked)
        reader.came(parts, came)


def tell_newcomers(reader, parts, within):
    """First questions, and those that were replied to within the goal: here, all that were replied to."""
    reader.read(parts, within.of)
    if isinstance(reader, Outcomes):
        reader.came(parts, {"replied": within.count})


@in_one_request
def read_all(reader, office):
    """Every figure of exchanges, of all weeks, blocks and periods, by who needs five people and who ten.

    Who needs ten reads months, too, side by side, as sponsors' reports tell them.
    """
    for first, last in MONTHS:
        read(reader, office, ledger(office, office.trainer, first, last))
    for who in (office.manager, office.trainer):
        for week in range(WEEKS):
            read(reader, office, ledger(office, who, week, week))
            read(reader, office, ledger(office, who, 0, week))
        for block in (0, 4):
            read_block(reader, office, who, block)
        for last in (7, 15, 31, 45):
            read_what_works(reader, office, who, 0, last)


def targets(office):
    """Sets of exchanges that somebody might wish to know of."""
    yield from (((part,), [part]) for part in office.parts)
    for span in (*((week,) for week in range(WEEKS)), range(4), range(4, 8)):
        yield ("all", span), which(office, weeks=span)
        for form in FORMS:
            yield (form, span), which(office, weeks=span, form=form)
        yield ("others", span), which(office, weeks=span, asks=False)
        yield ("not first", span), which(office, weeks=span, asks=True, first=False)
        for asks in (True, False, None):
            for place, values in VALUES.items():
                for value in values:
                    yield ("value", span, place, value, asks), having(office, place, value, span, asks)
        for team in (*TEAMS, ""):
            yield ("by", span, team), which(office, weeks=span, team=team)
            for asks in (True, False):
                yield ("by", span, team, asks), which(office, weeks=span, team=team, asks=asks)
            for form in FORMS:
                yield ("by", span, team, form), which(office, weeks=span, team=team, form=form)
            for one in office.themes:
                yield ("by", span, team, one.pk), which(office, weeks=span, team=team, inside=one.pk)
        for one in office.themes:
            yield ("not in", span, one.pk), which(office, weeks=span, outside=one.pk)
            for asks in (True, False):
                yield ("in", span, one.pk, asks), which(office, weeks=span, inside=one.pk, asks=asks)
                yield ("out", span, one.pk, asks), which(office, weeks=span, outside=one.pk, asks=asks)
            for other in office.themes:
                parts = which(office, weeks=span, inside=one.pk, outside=other.pk)
                yield ("between", span, one.pk, other.pk), parts


def beside_values(office):
    """What has a value and is, or is not, in a form, by a team, in a theme, or of some week."""
    others = {
        **{form: lambda part, form=form: part[1] == form for form in FORMS},
        **{("by", team): lambda part, team=team: part[4] == team for team in (*TEAMS, "")},
        **{one.pk: lambda part, one=one: one.pk in part[2] for one in office.themes},
        **{("week", week): lambda part, week=week: part[0] == week for week in range(WEEKS)},
    }
    for place, values in VALUES.items():
        for value in values:
            for name, is_of_it in others.items():
                for wanted in (True, False):
                    parts = [one for one in office.parts if one[place] == value and is_of_it(one) == wanted]
                    yield ("value", place, value, name, wanted), parts


def read(adversary, office, found):
    """A page of all themes: what is told, of which weeks its gaps show."""
    everything, questions = found.everything(), found.questions()
    for counted, asks in ((everything, None), (questions, True)):
        if not counted.is_nothing:
            tell(adversary, of(office, counted.pieces, asks), counted)
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
        tell_newcomers(adversary, parts, questions.newcomers)


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
            tell(adversary, parts, counted)
    read_what_works(adversary, office, reader, block, block + 3)
    for team in TEAMS:
        of_team = ledger(office, reader, block, block + 3, team=team)
        for counted, asks in ((of_team.everything(), None), (of_team.questions(), True)):
            if not counted.is_nothing:
                parts = [part for part in of(office, counted.pieces, asks) if part[4] == team]
                tell(adversary, parts, counted)
    for theme in office.themes:
        themed = ledger(office, reader, block, block + 3, theme=theme)
        for counted, asks in ((themed.everything(), None), (themed.questions(), True)):
            if not counted.is_nothing:
                tell(adversary, of(office, counted.pieces, asks, theme.pk), counted)
        if (newcomers := themed.questions()).newcomers is not None:
            parts = [part for part in of(office, newcomers.newcomers_in, True, theme.pk) if part[3]]
            tell_newcomers(adversary, parts, newcomers.newcomers)


def read_what_works(adversary, office, reader, first, last):
    """Days, hours, lengths and channels, as *What works* tells of them of a period: all forms together."""
    span = {"first": MONDAY + first * WEEK, "last": MONDAY + (last + 1) * WEEK - dt.timedelta(days=1)}
    found = queries.Compared(queries.slice_of(reader, **span), until=LATER, now=NOW + 30 * WEEK)
    told = found.parts()
    for one, kept in zip(told, found.worked([one.counted for one in told]), strict=True):
        assert kept is not None
        weeks = {(number(week), piece.asks) for piece in one.counted.pieces for week in piece.weeks}
        rows = [(part, each) for part, each in office.placed() if (part[0], each.asks) in weeks]
        parts = of(office, one.counted.pieces, None)
        tell_rows(adversary, parts, rows)
        for place, trait in TRAITS.items():
            there = set(OF[trait](kept)[one.told(kept, trait)].tolist())
            for value in {part[place] for part in parts}:
                if (PARTS_OF_DAY[value] if trait == "hour" else value) in there:
                    those = [part for part in parts if part[place] == value]
                    tell_rows(adversary, those, [row for row in rows if row[0][place] == value])


def tell_rows(reader, parts, rows):
    """A figure of *What works*: how many there are, and how many helped."""
    reader.read(parts, len(rows))
    if isinstance(reader, Outcomes):
        reader.came(parts, {"useful": sum(one.is_useful for _part, one in rows)})


def having(office, place, value, weeks, asks):
    """The parts of some weeks that have a value of a trait."""
    return [part for part in which(office, weeks=weeks, asks=asks) if part[place] == value]
