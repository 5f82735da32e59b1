"""Exchanges as they are told, and their days."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from passeur.accounts.tests.factories import MemberFactory
from passeur.algorithms.measures.bins import ENDS, bin_of
from passeur.communities.tests.factories import CommunityFactory
from passeur.skills.tests.factories import ThemeFactory

from ..models import ChangedDay, Exchange, Participant, ResponseDay
from ..services import Told, follow_exchanges, remake_marked
from ..services.exchanges import MANY
from ..services.responding import WITHOUT

pytestmark = pytest.mark.django_db

ASKED = dt.datetime(2026, 11, 2, 9, 20, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def community():
    return CommunityFactory.create()


@pytest.fixture
def question(community):
    return Told(
        1, community.pk, "question", asks=True, asked_at=ASKED, state="waiting", is_resolved=False,
        asker=MemberFactory.create().pk, due_at=ASKED + 24 * HOUR,
    )  # fmt: skip


def day(theme=0):
    return ResponseDay.objects.get(theme=theme, day=ASKED.date())


def test_a_question_that_waits_is_counted_by_the_hour_of_the_site_it_was_asked(question):
    follow_exchanges([question])
    assert (day().asked, day().waiting[10], sum(day().served), day().newcomers) == (1, 1, 0, 1)


def test_its_reply_moves_it_to_the_bin_of_its_wait_and_telling_twice_changes_nothing(question):
    follow_exchanges([question])
    replied = replace(question, replied_at=ASKED + 2 * HOUR, state="answered")
    for _ in range(2):
        follow_exchanges([replied])
        assert (day().asked, sum(day().waiting), day().within, day().newcomers_within) == (1, 0, 1, 1)
        assert [ENDS[n] for n, count in enumerate(day().served) if count] == [2.0]


def test_a_late_reply_is_not_within_the_goal(question):
    follow_exchanges([replace(question, replied_at=ASKED + 25 * HOUR, state="answered")])
    assert day().within == 0


def test_what_was_closed_unserved_leaves_then(question):
    follow_exchanges([replace(question, closed_at=ASKED + 30 * HOUR, state="closed")])
    assert [ENDS[n] for n, count in enumerate(day().left) if count] == [30.0]


def test_it_counts_in_its_themes_and_those_above_once(community, question):
    root = ThemeFactory.create(community=community)
    below = [ThemeFactory.create(parent=root) for _ in range(2)]
    follow_exchanges([replace(question, themes=[one.pk for one in below])])
    assert [day(theme).asked for theme in (0, root.pk, below[0].pk)] == [1, 1, 1]
    follow_exchanges([replace(question, themes=[])])
    assert set(ResponseDay.objects.values_list("theme", flat=True)) == {0, WITHOUT}


def test_what_is_gone_is_forgotten(question):
    follow_exchanges([question])
    follow_exchanges([], gone=[1])
    assert not ResponseDay.objects.exists()
    assert not Exchange.objects.exists()


def test_only_the_first_question_of_somebody_is_a_newcomers_even_if_it_is_told_later(question):
    second = replace(question, number=2, asked_at=ASKED + dt.timedelta(days=3))
    follow_exchanges([second])
    follow_exchanges([question])
    firsts = dict(Exchange.objects.values_list("number", "is_first"))
    assert firsts == {1: True, 2: False}
    assert sum(ResponseDay.objects.filter(theme=0).values_list("newcomers", flat=True)) == 1


def test_the_end_of_a_bin_belongs_to_it():
    assert [ENDS[bin_of(hours)] for hours in (0, 0.25, 0.26, 24, 24.1, 10_000)] == [
        0.25, 0.25, 0.5, 24.0, 26.0, float("inf"),
    ]  # fmt: skip


def many(community, themes):
    """A past in which days, askers, themes and helpers come back, with waits of all kinds."""
    people = [MemberFactory.create().pk for _ in range(6)]
    for number in range(2 * MANY):
        asked = ASKED + number % 7 * 11 * HOUR
        yield Told(
            number + 1, community.pk, ("question", "discussion")[number % 5 == 0], asks=number % 5 > 0,
            asked_at=asked, state="answered", is_resolved=number % 3 == 0,
            asker=people[number % 4] if number % 9 else None, themes=themes[: number % 4],
            replied_at=asked + number * HOUR if number % 3 else None,
            due_at=asked + 24 * HOUR if number % 2 else None,
            accepted_at=asked + 30 * HOUR if number % 6 == 1 else None,
            closed_at=asked + 50 * HOUR if number % 4 == 0 else None,
            helper=people[5] if number % 6 == 1 else None,
            participants={people[number % 6]: asked, people[(number + 1) % 6]: asked + 26 * HOUR},
        )  # fmt: skip


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (Exchange, ResponseDay)] + [
        sorted(Participant.objects.values_list("exchange", "actor", "community", "day"))
    ]


def test_an_import_makes_the_very_rows_that_telling_one_by_one_does(community):
    root = ThemeFactory.create(community=community)
    facts = list(many(community, [ThemeFactory.create(parent=root).pk, root.pk, ThemeFactory.create().pk]))
    follow_exchanges(facts)
    assert not ResponseDay.objects.exists()
    assert remake_marked() == len({one.asked_at.date() for one in facts})
    at_once = everything()
    assert len(at_once[1]) > len(facts) / 2
    follow_exchanges([], gone=[one.number for one in facts])
    remake_marked()
    assert everything() == [[], [], []]
    for one in reversed(facts):
        follow_exchanges([one])
    assert everything() == at_once
    assert not ChangedDay.objects.exists()
    assert remake_marked() == 0
