"""Figures of four weeks, told before and after something happened: their difference tells of nobody.

An adversary keeps every figure of participation (of the whole, a theme, each team), health and stickiness, as
the LCM and as the training manager. Then somebody who took part is made LCM, erased, deletes all they wrote
or leaves; somebody who did not comes in with a text of those days; somebody joins or changes teams. The same
figures are read again a week later. All are as they were, so there is nothing to subtract; where blocks are
not written down, each change of what was counted is read off the first figure that counts one fewer.
"""

from __future__ import annotations

import datetime as dt
import random

import pytest
from django.utils import timezone

from passeur.accounts.services import erase
from passeur.algorithms.measures.estimates import Share
from passeur.communities.choices import Role
from passeur.communities.services import change_role, leave
from passeur.communities.tests.factories import MembershipFactory
from passeur.records import protocols as records
from passeur.skills.tests.factories import ThemeFactory

from .. import queries
from ..models import FourWeeks
from ..services import advance_all, settling
from .company import MONDAY, WEEK, Company
from .factories import fact, void, write

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
OVER = MONDAY + 8 * WEEK
"""Two blocks are over."""


class Story:
    """A company in which half of the people take part in each of two blocks, some of them in a theme."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)
        self.company = Company(Atelier=8, Bureau=7, Labo=3)
        self.community, self.manager = self.company.community, self.company.manager
        self.trainer = MembershipFactory.create(community=self.community, role=Role.TRAINING_MANAGER).member
        self.theme = ThemeFactory.create(community=self.community)
        people = self.company.everybody
        self.facts = [
            (member, self.fact(member, MONDAY + (28 * block + chance.randrange(28)) * DAY, themed=place % 3))
            for block in range(2)
            for place, member in enumerate(chance.sample(people, 9))
        ]
        write(*(fact for _, fact in self.facts))
        active = {member.pk for member, _ in self.facts}
        self.somebody = self.facts[0][0]
        self.nobody = next(one for one in people if one.pk not in active)
        self.go_on(OVER)

    def fact(self, member, day, *, themed=0):
        return fact(
            member.pk, records.ANSWERED, self.community.pk, dt.datetime.combine(day, dt.time(12), dt.UTC),
            themes=[self.theme.pk] if themed else (), kind=records.REPLY,
        )  # fmt: skip

    def go_on(self, today):
        advance_all(today)
        settling.settle(today)

    def sight(self, reader, first, last, theme=None):
        begun, ended = MONDAY + first * WEEK, MONDAY + last * WEEK - DAY
        return queries.slice_of(reader, first=begun, last=ended, theme=theme)

    def figures(self):
        found = []
        for reader in (self.manager, self.trainer):
            for first, last in ((0, 4), (4, 8), (0, 8)):
                for theme in (None, self.theme):
                    sight = self.sight(reader, first, last, theme)
                    found += [
                        tell(sight) for tell in (queries.participation, queries.health, queries.stickiness)
                    ]
                found += [one.participation for one in queries.teams(self.sight(reader, first, last))]
            found += [one for _, one in queries.participation_by_block(sight)]
        return found


def becomes_lcm(story, run_jobs):
    change_role(community=story.community, member=story.somebody, role=Role.LCM, by=story.manager)
    run_jobs()


def is_erased(story, run_jobs):
    erase(member=story.somebody, by=story.somebody)
    run_jobs()


def deletes(story, run_jobs):
    for member, one in story.facts:
        if member == story.somebody:
            void(one)


def comes_late(story, run_jobs):
    write(story.fact(story.nobody, MONDAY + 5 * DAY, themed=1))


def leaves(story, run_jobs):
    leave(community=story.community, member=story.somebody)


def joins(story, run_jobs):
    late = MembershipFactory.create(community=story.community, member__team="Labo").member
    write(story.fact(late, OVER + DAY))


def changes_teams(story, run_jobs):
    story.somebody.team = "Labo"
    story.somebody.save()


TELLING = (becomes_lcm, is_erased, deletes, comes_late)
"""What changes what was counted of days that are over."""


@pytest.mark.parametrize("happens", [*TELLING, leaves, joins, changes_teams])
def test_no_figure_that_was_told_changes(happens, run_jobs):
    story = Story(7)
    before = story.figures()
    happens(story, run_jobs)
    story.go_on(OVER + WEEK)
    assert story.figures() == before
    assert sum(not isinstance(one, queries.Withheld) for one in before) >= len(before) / 2


@pytest.mark.parametrize("happens", TELLING)
def test_figures_that_follow_what_is_counted_tell_of_somebody(happens, run_jobs, monkeypatch):
    monkeypatch.setattr(settling, "settle", lambda today=None: 0)
    story = Story(7)
    before = story.figures()
    happens(story, run_jobs)
    story.go_on(OVER + WEEK)
    counts = [
        (one.count, other.count)
        for one, other in zip(before, story.figures(), strict=True)
        if isinstance(one, Share) and isinstance(other, Share)
    ]
    assert next(abs(one - other) for one, other in counts if one != other) == 1


def test_nothing_of_an_erased_person_is_kept_in_what_was_told(run_jobs):
    story = Story(7)
    rows = FourWeeks.objects.filter(team="", theme=0)
    before = [(row.active, int.from_bytes(row.bits, "little").bit_count()) for row in rows]
    is_erased(story, run_jobs)
    after = [(row.active, int.from_bytes(row.bits, "little").bit_count()) for row in rows.all()]
    assert [told for told, _ in after] == [told for told, _ in before]
    assert sum(bits for _, bits in after) < sum(bits for _, bits in before)


@pytest.mark.parametrize(("come", "counted"), [(9, 0), (10, 10)])
def test_what_ten_people_did_comes_in_and_what_fewer_did_does_not(come, counted):
    story = Story(7)

    def told():
        each = (queries.participation(story.sight(story.manager, 0, 4, one)) for one in (None, story.theme))
        return [one.count for one in each if isinstance(one, Share)]

    before = told()
    themed = {member.pk for member, one in story.facts[:9] if one.themes}
    late = ([one for one in story.company.everybody if one.pk not in themed])[:come]
    write(*(story.fact(one, MONDAY + DAY, themed=1) for one in late))
    story.go_on(OVER + WEEK)
    # Of the whole nine of these people had not taken part at all.
    assert told() == [before[0], before[1] + counted]


def test_of_the_past_that_comes_in_during_a_first_week_all_is_counted():
    company = Company(Atelier=7)
    company.act(*company.everybody[:3])
    settling.settle(MONDAY + 4 * DAY)
    assert not FourWeeks.objects.exists()


def test_a_team_that_changed_a_little_in_a_block_that_changed_much_is_told_no_more():
    Story(7)
    FourWeeks.objects.filter(theme=0, begun=MONDAY).update(is_changed=True)
    FourWeeks.objects.filter(theme=0, team="", begun=MONDAY).update(bits=b"\xff\xff" * 200)
    atelier = FourWeeks.objects.filter(theme=0, team="Atelier", begun=MONDAY)
    atelier.update(bits=b"")
    kept = FourWeeks.objects.filter(begun=MONDAY, theme=0).exclude(team="Atelier")
    before = sorted(kept.values_list("team", "active"))
    settling.settle(OVER)
    assert not atelier.exists()
    assert sorted(kept.all().values_list("team", "active")) == before


def test_four_weeks_are_told_when_they_are_over():
    company = Company(Atelier=7)
    today = timezone.localdate()
    sight = queries.slice_of(company.manager, first=today - 60 * DAY, last=today + 6 * DAY)
    blocks = queries.participation_by_block(sight)
    assert all(begun + 4 * WEEK <= today for begun, _ in blocks)
    assert blocks[-1][0] + 8 * WEEK > today
