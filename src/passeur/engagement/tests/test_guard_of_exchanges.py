"""An adversary reads every figure of exchanges with every filter, and finds out no figure of few people.

Unknown: how many exchanges there are of each week, form and set of themes, and whether they are first ones.
Read, by the LCM (groups of five) and by the training manager (ten), the two together: all exchanges and all
questions of each week and of each run of weeks from the first; newcomers' questions; each form, each theme,
and the questions of each theme, in each four weeks; those without a theme, to the nearest five. Linear
programming then says which numbers only one value fits. None may be of a set of exchanges that fewer than
five people started: of one week, form, theme, what is in one theme and not in another, and of each smallest
part of these.

What is resolved, replied to or helpful is told of the same sets, and of no other. Not tried: the grid of
hours (to the nearest five), what works, and what changes later in what was told already.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict

import pytest

from passeur.communities.choices import Role
from passeur.communities.tests.factories import CommunityFactory, MembershipFactory
from passeur.skills.tests.factories import ThemeFactory

from .. import queries
from ..queries import telling
from ..services import Told, follow_exchanges, remake_marked
from .adversary import Adversary
from .company import MONDAY, WEEK

pytestmark = pytest.mark.django_db

WEEKS = 8
NOW = dt.datetime.combine(MONDAY + 20 * WEEK, dt.time(12), dt.UTC)
SEEDS = range(6)
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
        people = [MembershipFactory.create(community=self.community).member.pk for _ in range(14)]
        root = ThemeFactory.create(community=self.community)
        self.themes = [root, ThemeFactory.create(parent=root), ThemeFactory.create(community=self.community)]
        each = chance.choice([3, 9, 14])
        told: list[Told] = []
        asked: set[int] = set()
        self.parts: dict[tuple[int, str, frozenset[int], bool], list[int]] = defaultdict(list)
        for week in range(WEEKS):
            for _ in range(chance.randint(0, 2 * each)):
                who, form = chance.choice(people), chance.choice((*FORMS[:1] * 4, *FORMS[1:]))
                stated = [one.pk for one in self.themes if chance.random() < chance.choice([0.1, 0.4, 0.9])]
                within = frozenset(stated) | ({root.pk} if self.themes[1].pk in stated else set())
                at = dt.datetime.combine(MONDAY + week * WEEK, dt.time(12), dt.UTC)
                is_first = who not in asked
                asked.add(who)
                self.parts[week, form, within, is_first].append(who)
                told.append(
                    Told(
                        len(told) + 1, self.community.pk, form, asks=form == "question",
                        asked_at=at + dt.timedelta(minutes=len(told)), state="answered", is_resolved=False,
                        asker=who, themes=stated, due_at=at + WEEK,
                    )
                )  # fmt: skip
        follow_exchanges(told)
        remake_marked()

    def which(self, *, weeks=None, form=None, asks=None, inside=None, outside=None, first=None):
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
    found = []
    for name, parts in targets(office):
        people = {who for part in parts for who in office.parts[part]}
        truth = sum(len(office.parts[part]) for part in parts)
        if 0 < len(people) < 5 and adversary.is_certain(parts, truth):
            found.append((name, len(people)))
    return found


def ledger(office, reader, first, last, theme=None):
    span = {"first": MONDAY + first * WEEK, "last": MONDAY + (last + 1) * WEEK - dt.timedelta(days=1)}
    return queries.Ledger(
        queries.slice_of(reader, theme=theme, **span), themes=[one.pk for one in office.themes], now=NOW
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
    if questions.newcomers is not None:
        parts = [part for part in of(office, questions.newcomers_in, True) if part[3]]
        adversary.read(parts, questions.newcomers.of)


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
    """Forms, and themes with their newcomers, of four weeks."""
    found = ledger(office, reader, block, block + 3)
    for form in FORMS:
        counted = found.of_kind(form, asks=form == "question")
        parts = [part for part in of(office, counted.pieces, None) if part[1] == form]
        if not counted.is_nothing:
            adversary.read(parts, counted.asked)
    for theme in office.themes:
        themed = ledger(office, reader, block, block + 3, theme=theme)
        for counted, asks in ((themed.everything(), None), (themed.questions(), True)):
            if not counted.is_nothing:
                adversary.read(of(office, counted.pieces, asks, theme.pk), counted.asked)
        if (newcomers := themed.questions()).newcomers is not None:
            parts = [part for part in of(office, newcomers.newcomers_in, True, theme.pk) if part[3]]
            adversary.read(parts, newcomers.newcomers.of)


def targets(office):
    """Sets of exchanges that somebody might wish to know of."""
    yield from (((part,), [part]) for part in office.parts)
    for span in (*((week,) for week in range(WEEKS)), range(4), range(4, 8)):
        yield ("all", span), office.which(weeks=span)
        for form in FORMS:
            yield (form, span), office.which(weeks=span, form=form)
        yield ("others", span), office.which(weeks=span, asks=False)
        yield ("not first", span), office.which(weeks=span, asks=True, first=False)
        for one in office.themes:
            yield ("not in", span, one.pk), office.which(weeks=span, outside=one.pk)
            for asks in (True, False):
                yield ("in", span, one.pk, asks), office.which(weeks=span, inside=one.pk, asks=asks)
                yield ("out", span, one.pk, asks), office.which(weeks=span, outside=one.pk, asks=asks)
            for other in office.themes:
                parts = office.which(weeks=span, inside=one.pk, outside=other.pk)
                yield ("between", span, one.pk, other.pk), parts


@pytest.mark.parametrize("seed", SEEDS)
def test_no_figure_of_few_people_is_found_out(seed):
    assert attack(Office(seed)) == []


def test_much_is_told_all_the_same():
    office = Office(0)
    found = ledger(office, office.manager, 0, WEEKS - 1)
    there = sum(len(people) for people in office.parts.values())
    assert found.everything().asked >= there / 2
    assert any(not found.of_theme(one.pk).is_nothing for one in office.themes)


def test_without_the_guard_they_are_found_out(monkeypatch):
    monkeypatch.setattr(telling.Some, "is_safe", lambda some, smallest: True)
    monkeypatch.setattr(telling.Block, "has_theme", lambda block, theme, above: True)
    assert attack(Office(0))


def test_with_a_guard_of_sizes_only_they_are_found_out(monkeypatch):
    monkeypatch.setattr(telling.Days, "besides", lambda days, theme, parent, weeks, asks: telling.Some())
    assert any(attack(Office(seed)) for seed in SEEDS)
