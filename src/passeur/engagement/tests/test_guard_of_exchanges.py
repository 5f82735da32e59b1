"""An adversary reads every figure of exchanges with every filter, and finds out no figure of few people.

Unknown: how many exchanges there are of each week, form, set of themes and team of who asked, and whether
they are first ones. Read, by the LCM (groups of five) and by the training manager (ten), the two together:
all exchanges and all questions of each week and of each run of weeks from the first; newcomers' questions;
each form, each theme, the questions of each theme, each team and its questions, in each four weeks; those
without a theme, to the nearest five. Teams are of one to six people, and some are of none. Linear
programming then says which numbers only one value fits. None may be of a set of exchanges that fewer than
five people started: of one week, form, theme or team, of a team in a form or a theme, what is in one theme
and not in another, and of each smallest part of these.

Read too: each cell of the grid of hours, to the nearest five, of each week and run of weeks of which it is
told (of many questions); and what *What works* tells in four weeks of days of the week and of hours (lengths
and channels are told in the same way).

What is resolved, replied to or helpful is told of the same sets, and of no other. Not tried: what changes
later in what was told already.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict

import pytest
from django.utils import timezone

from passeur.algorithms.measures import working
from passeur.communities.choices import Role
from passeur.communities.tests.factories import CommunityFactory, MembershipFactory
from passeur.foundation.tests.chance import by_chance
from passeur.skills.tests.factories import ThemeFactory

from .. import queries
from ..queries import compared, started, telling
from ..services import Told, follow_exchanges, remake_marked
from ..services.people import freeze
from .adversary import Adversary
from .company import MONDAY, WEEK

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
WEEKS = 8
NOW = dt.datetime.combine(MONDAY + 20 * WEEK, dt.time(12), dt.UTC)
LATER = MONDAY + 46 * WEEK
SEEDS = range(6)
TEAMS = ("T0", "T1", "T2")
FORMS = ("question", "discussion", "experience")


class Office:
    """People who start exchanges, most of them questions, in two themes, of which one has one below."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)
        self.community = CommunityFactory.create()
        self.manager, self.trainer = (
            MembershipFactory.create(community=self.community, role=role).member
            for role in (Role.LCM, Role.TRAINING_MANAGER)
        )
        self.team_of = {
            MembershipFactory.create(community=self.community, member__team=team).member.pk: team
            for team, size in (
                ("T0", 6),
                ("T1", chance.choice([5, 6])),
                ("T2", chance.choice([1, 3])),
                ("", 2),
            )
            for _ in range(size)
        }
        freeze(MONDAY)
        people = list(self.team_of)
        root = ThemeFactory.create(community=self.community)
        self.themes = [root, ThemeFactory.create(parent=root), ThemeFactory.create(community=self.community)]
        each = chance.choice([3, 9, 14])
        told: list[Told] = []
        asked: set[int] = set()
        self.placed: list[tuple[int, bool, int, int, int]] = []
        self.parts: dict[tuple[int, str, frozenset[int], bool, str, int, int], list[int]] = defaultdict(list)
        for week in range(WEEKS):
            times = [
                (chance.choice([0, 0, 0, 1, 5]), chance.choice([8, 8, 8, 14]))
                for _ in range(chance.randint(0, 2 * each))
            ]
            for day, hour in sorted(times):
                who, form = chance.choice(people), chance.choice((*FORMS[:1] * 4, *FORMS[1:]))
                stated = [one.pk for one in self.themes if chance.random() < chance.choice([0.1, 0.4, 0.9])]
                within = frozenset(stated) | ({root.pk} if self.themes[1].pk in stated else set())
                at = dt.datetime.combine(MONDAY + week * WEEK + day * DAY, dt.time(hour), dt.UTC)
                is_first = who not in asked
                asked.add(who)
                self.parts[week, form, within, is_first, self.team_of[who], day, hour].append(who)
                self.placed.append((week, form == "question", who, day, hour))
                told.append(
                    Told(
                        len(told) + 1, self.community.pk, form, asks=form == "question",
                        asked_at=at + dt.timedelta(seconds=len(told)), state="answered", is_resolved=False,
                        asker=who, themes=stated, due_at=at + WEEK,
                    )
                )  # fmt: skip
        follow_exchanges(told)
        remake_marked()

    def which(self, *, weeks=None, form=None, asks=None, inside=None, outside=None, first=None, team=None):
        """The parts of a set of exchanges."""
        return [
            part
            for part in self.parts
            if (weeks is None or part[0] in weeks)
            and (form is None or part[1] == form)
            and (asks is None or (part[1] == "question") == asks)
            and (inside is None or inside in part[2])
            and (outside is None or outside not in part[2])
            and (first is None or part[3] == first)
            and (team is None or part[4] == team)
        ]


def attack(office):
    """The sets of exchanges of few people whose number somebody finds out who reads all figures."""
    adversary = Adversary()
    for part in office.parts:
        adversary.meet(part, 1000)
    for reader in (office.manager, office.trainer):
        for week in range(WEEKS):
            read(adversary, office, ledger(office, reader, week, week))
            read(adversary, office, ledger(office, reader, 0, week))
        for block in (0, 4):
            read_block(adversary, office, reader, block)
        for last in (7, 15, 31, 45):
            read_what_works(adversary, office, reader, 0, last)
    found = []
    for name, parts in targets(office):
        people = {who for part in parts for who in office.parts[part]}
        truth = sum(len(office.parts[part]) for part in parts)
        if 0 < len(people) < 5 and adversary.is_certain(parts, truth):
            found.append((name, len(people)))
    return found


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
    if not everything.is_nothing:
        bare = found.without_theme(everything)
        parts = [part for part in of(office, everything.pieces, None) if not part[2]]
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
        for part in office.which(weeks={number(week) for week in piece.weeks}, asks=piece.asks, inside=inside)
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
        rows = [row for row in office.placed if (row[0], row[1]) in weeks]
        adversary.read(of(office, counted.pieces, None), len(rows))
        for place in (3, 4):
            people = defaultdict(set)
            for row in rows:
                people[row[place]].add(row[2])
            for value in working.showable(people, looked.smallest[office.community.pk]):
                parts = [part for part in of(office, counted.pieces, None) if part[place + 2] == value]
                adversary.read(parts, sum(row[place] == value for row in rows))


def targets(office):
    """Sets of exchanges that somebody might wish to know of."""
    yield from (((part,), [part]) for part in office.parts)
    for span in (*((week,) for week in range(WEEKS)), range(4), range(4, 8)):
        yield ("all", span), office.which(weeks=span)
        for form in FORMS:
            yield (form, span), office.which(weeks=span, form=form)
        yield ("others", span), office.which(weeks=span, asks=False)
        yield ("not first", span), office.which(weeks=span, asks=True, first=False)
        for asks in (True, False, None):
            for day in (0, 1, 5):
                yield ("day", span, day, asks), at_time(office, 5, day, span, asks)
            for hour in (8, 14):
                yield ("hour", span, hour, asks), at_time(office, 6, hour, span, asks)
        for team in (*TEAMS, ""):
            yield ("by", span, team), office.which(weeks=span, team=team)
            for asks in (True, False):
                yield ("by", span, team, asks), office.which(weeks=span, team=team, asks=asks)
            for form in FORMS:
                yield ("by", span, team, form), office.which(weeks=span, team=team, form=form)
            for one in office.themes:
                yield ("by", span, team, one.pk), office.which(weeks=span, team=team, inside=one.pk)
        for one in office.themes:
            yield ("not in", span, one.pk), office.which(weeks=span, outside=one.pk)
            for asks in (True, False):
                yield ("in", span, one.pk, asks), office.which(weeks=span, inside=one.pk, asks=asks)
                yield ("out", span, one.pk, asks), office.which(weeks=span, outside=one.pk, asks=asks)
            for other in office.themes:
                parts = office.which(weeks=span, inside=one.pk, outside=other.pk)
                yield ("between", span, one.pk, other.pk), parts


def at_time(office, place, value, weeks, asks):
    return [part for part in office.which(weeks=weeks, asks=asks) if part[place] == value]


@pytest.mark.parametrize("seed", by_chance(SEEDS))
def test_no_figure_of_few_people_is_found_out(seed):
    assert attack(Office(seed)) == []


def test_much_is_told_all_the_same():
    office = Office(0)
    found = ledger(office, office.manager, 0, WEEKS - 1)
    there = sum(len(people) for people in office.parts.values())
    assert found.everything().asked >= there / 2
    assert any(not found.of_theme(one.pk).is_nothing for one in office.themes)


def test_some_teams_are_told_of():
    offices = [Office(seed) for seed in SEEDS]
    told = [ledger(one, one.manager, 0, WEEKS - 1, team="T0").everything() for one in offices]
    assert any(not one.is_nothing for one in told)


def test_without_the_guard_they_are_found_out(monkeypatch):
    monkeypatch.setattr(telling.Some, "is_safe", lambda some, smallest: True)
    monkeypatch.setattr(telling.Block, "has_theme", lambda block, theme, above: True)
    assert attack(Office(0))


def test_the_smallest_teams_go_with_those_that_are_withheld():
    def some(number, first):
        return telling.Some(number, set(range(first, first + number)))

    teams = {"T0": some(6, 0), "T1": some(5, 6), "T2": some(2, 11)}
    assert telling.open_teams(teams, 5) == {"T0"}
    assert telling.open_teams(teams | {"": some(3, 13)}, 5) == {"T0", "T1"}
    assert telling.open_teams({"T0": some(6, 0), "T2": some(2, 11)}, 5) == frozenset()


@pytest.mark.walk
def test_without_a_guard_of_values_they_are_found_out(monkeypatch):
    monkeypatch.setattr(working, "showable", lambda people, least: list(people))
    assert any(attack(Office(seed)) for seed in SEEDS)


@pytest.mark.walk
def test_with_a_grid_of_few_questions_they_are_found_out(monkeypatch):
    monkeypatch.setattr(started, "ENOUGH_FOR_HOURS", 0)
    assert any(attack(Office(seed)) for seed in (5, 7))


@pytest.mark.walk
def test_with_a_guard_of_sizes_only_they_are_found_out(monkeypatch):
    monkeypatch.setattr(telling.Days, "besides", lambda days, theme, parent, weeks, asks: telling.Some())
    assert any(attack(Office(seed)) for seed in SEEDS)


@pytest.mark.parametrize("enough", [0, 20])
def test_whatever_is_told_by_block_and_whatever_by_span_nobody_is_found_out(monkeypatch, enough):
    monkeypatch.setattr(compared, "ENOUGH", enough)
    assert [attack(Office(seed)) for seed in (6, 7)] == [[], []]


@pytest.mark.walk
def test_both_blocks_and_their_span_would_tell(monkeypatch):
    """The same past is cut up in one way only: with both ways, and nothing else changed, people are found."""

    def both(self):
        return [part for enough in (0, 10**9) for part in _with(enough, lambda: list(parts(self)))]

    def _with(enough, ask):
        monkeypatch.setattr(compared, "ENOUGH", enough)
        return ask()

    parts = compared.Compared.parts
    monkeypatch.setattr(compared.Compared, "parts", both)
    assert any(attack(Office(seed)) for seed in range(12))
