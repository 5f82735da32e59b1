"""Figures of exchanges, read before and after some of them changed: together they tell of nobody else.

An adversary keeps every figure of `test_guard_of_exchanges` (weeks, runs of weeks, forms, themes, teams,
newcomers; of the LCM and of the training manager) and reads them all again when an exchange was taken away,
came late, went to another community, got another form and themes, when its author was erased or animates now,
or when two people turned out to be one. What changed is unknown too. Which exchanges of few people that did
*not* change are they then certain of? None, where those whose exchanges changed are counted with the few:
what is left of five people when one is known is four, as for each of five who knows of themself. Where runs
of weeks, themes, forms and teams follow who started what is there now, some are found.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace

import pytest

from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.choices import Role
from passeur.communities.services import change_role
from passeur.communities.tests.factories import CommunityFactory
from passeur.foundation.tests.adversary import Adversary, in_one_request
from passeur.foundation.tests.chance import by_chance

from ..models import Actor
from ..queries import parts as cutting
from ..services import deciding, erasing, people, remake_marked, responding
from ..services import parts as deciding_of_parts
from .all_exchanges import LATER, VALUES, having, ledger, read, read_block, read_what_works, which
from .factories_of_blocks import ToldBlockFactory
from .office import FORMS, TEAMS, WEEKS, Office

pytestmark = pytest.mark.django_db


class Kept:
    """Figures of a day, as somebody keeps them."""

    @in_one_request
    def __init__(self, office, name, *, values=False):
        self.name, self.figures = name, []
        for reader in (office.manager, office.trainer):
            for week in range(WEEKS):
                read(self, office, ledger(office, reader, week, week))
                read(self, office, ledger(office, reader, 0, week))
            for block in (0, 4):
                read_block(self, office, reader, block)
            if values:
                read_what_works(self, office, reader, 0, 45)
        self.placed = {one.number: (part, one.who) for part, one in office.placed()}

    def read(self, parts, count):
        self.figures.append((parts, count, count))

    def between(self, parts, least, most):
        self.figures.append((parts, least, most))


def is_taken_away(office, chance):
    office.tell(gone=(chance.choice(list(office.started)),))


def comes_late(office, chance):
    like = chance.choice(list(office.started.values()))
    office.tell(replace(like, number=1000, who=chance.choice(list(office.team_of))))


def goes_elsewhere(office, chance):
    moved = chance.choice(list(office.started.values()))
    office.tell(moved, elsewhere=CommunityFactory.create().pk)


def is_another_form(office, chance):
    one = chance.choice(list(office.started.values()))
    form = chance.choice([form for form in FORMS if form != one.form])
    office.tell(replace(one, form=form, themes=frozenset(office.themes[n].pk for n in (0, 2))))


def author_is_erased(office, chance):
    who = chance.choice(list(office.members))
    erasing.erase(office.members[who])
    office.forget(*office.by(who))


def author_animates(office, chance):
    who = chance.choice(list(office.members))
    change_role(community=office.community, member=office.members[who], role=Role.LCM, by=office.manager)
    responding.mark_community(office.community.pk)
    remake_marked()
    office.forget(*office.by(who))


def two_are_one(office, chance):
    one, other = chance.sample(list(office.members), 2)
    bit = Actor.objects.get(member=one).bit
    Actor.objects.filter(member=other).update(bit=bit)
    responding.mark_askers(list(Actor.objects.filter(member__in=(one, other)).values_list("pk", flat=True)))
    remake_marked()


FOUND = [(is_another_form, 1), (two_are_one, 0), (two_are_one, 3)]
"""With these people are found out where nothing was decided; others are found with more companies."""
TRIED = [
    *FOUND,
    (comes_late, 1),
    (author_animates, 3),
    *((happens, seed) for happens in (is_taken_away, goes_elsewhere, author_is_erased) for seed in (1, 3)),
]


def attack(seed, happens, **options):
    """The sets of exchanges of few people, none of which changed, whose number somebody finds out."""
    office = Office(seed)
    deciding.decide(LATER)
    before = Kept(office, "before", **options)
    happens(office, random.Random(seed))
    deciding.decide(LATER)
    after = Kept(office, "after", **options)
    both = {number for number, placed in before.placed.items() if after.placed.get(number) == placed}
    same = defaultdict(list)
    for number in both:
        part, who = before.placed[number]
        same[part].append(who)
    adversary = Adversary()
    for part in same:
        adversary.meet(("same", part), 1000)
    for kept in (before, after):
        there = {part for number, (part, _) in kept.placed.items() if number not in both}
        for part in there:
            adversary.meet((kept.name, part), 1000)
        for parts, least, most in kept.figures:
            unknowns = [("same", part) for part in parts if part in same]
            unknowns += [(kept.name, part) for part in parts if part in there]
            if least == most:
                adversary.read(unknowns, least)
            else:
                adversary.between(unknowns, least, most)
    changed = {
        who for kept in (before, after) for number, (_part, who) in kept.placed.items() if number not in both
    }
    office.parts = same
    found = []
    for name, parts in targets(office):
        few = {who for part in parts for who in same[part]}
        truth = sum(len(same[part]) for part in parts)
        is_few = few and len(few | changed) < 5
        if is_few and adversary.is_certain([("same", part) for part in parts], truth):
            found.append((name, len(few)))
    return found


def targets(office):
    """Sets of exchanges that somebody might wish to know of: of a week or four, by form, theme or team."""
    for weeks in (*((week,) for week in range(WEEKS)), range(4), range(4, 8)):
        for asks in (True, False, None):
            yield ("all", weeks, asks), which(office, weeks=weeks, asks=asks)
            for team in (*TEAMS, ""):
                yield ("by", weeks, asks, team), which(office, weeks=weeks, asks=asks, team=team)
            for one in office.themes:
                yield ("in", weeks, asks, one.pk), which(office, weeks=weeks, asks=asks, inside=one.pk)
                yield ("out", weeks, asks, one.pk), which(office, weeks=weeks, asks=asks, outside=one.pk)
        for form in FORMS[1:]:
            yield (form, weeks), which(office, weeks=weeks, form=form)
    for weeks in (range(4), range(4, 8), range(8)):
        for place, values in VALUES.items():
            for value in values:
                yield ("value", weeks, place, value), having(office, place, value, weeks, None)


@pytest.mark.parametrize(("happens", "seed"), by_chance(TRIED))
def test_nobody_else_is_told_of(happens, seed):
    assert attack(seed, happens) == []


@pytest.mark.walk
@pytest.mark.parametrize(("happens", "seed"), TRIED)
def test_nor_where_values_of_what_works_are_read_too(happens, seed):
    assert attack(seed, happens, values=True) == []


@pytest.mark.walk
@pytest.mark.parametrize("happens", [is_taken_away, goes_elsewhere, two_are_one])
def test_nor_where_these_are_told_by_block(happens, monkeypatch):
    monkeypatch.setattr(cutting, "ENOUGH", 0)
    assert attack(5, happens, values=True) == []


@pytest.mark.walk
def test_where_values_follow_who_started_what_others_are_found_out(monkeypatch):
    monkeypatch.setattr(deciding_of_parts, "decide", lambda this_week: 0)
    assert attack(3, is_taken_away, values=True)


@pytest.mark.parametrize(("happens", "seed"), FOUND)
def test_where_what_is_told_follows_who_started_what_others_are_found_out(happens, seed, monkeypatch):
    monkeypatch.setattr(deciding, "decide", lambda today: 0)
    assert attack(seed, happens)


def test_nothing_of_an_erased_person_is_kept_in_what_was_decided():
    member = MemberFactory.create()
    bit = Actor.objects.get(pk=people.meet([member.pk])[member.pk]).bit
    row = ToldBlockFactory.create(bits=people.packed(people.bitmap([2, bit])))
    erasing.erase(member)
    row.refresh_from_db()
    assert int.from_bytes(row.bits, "little") == 1 << 2
