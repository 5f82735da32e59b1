"""A page of the desk that is kept is what it would be if it were made now, whatever happened, whenever."""

import datetime as dt
import random
import re

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from passeur.expertise.tests.factories import ReferralFactory
from passeur.foundation import rereading

from .. import services
from ..choices import Snooze, View
from ..cues import ages
from ..views import drawing
from ..views.asked import Asked
from .factories import Place, StepFactory, always_open
from .test_budgets import HAPPENINGS

pytestmark = pytest.mark.django_db
QUERIES = 6
"""Session, member, where they belong, what they animate, the page read again, what waits in the frame."""


@pytest.fixture(autouse=True)
def _nothing_kept():
    rereading.forget()


@pytest.fixture
def asked(place):
    asked = place.asked(place.member("Karim Haddad"), hours=26)
    place.knows(asked, place.member("Mei Tran"))
    services.fill(place.community)
    return asked


def page(client, **said):
    """Its HTML, without what is of one sending."""
    text = client.get(reverse("desk:today"), said).content.decode()
    return re.sub(r'(csrfmiddlewaretoken" value|csrf-token" content|data-live-since)="[^"]*"', "", text)


def test_the_second_time_it_is_the_same_and_asks_next_to_nothing(client, place, asked):
    client.force_login(place.manager)
    first = page(client)
    with CaptureQueriesContext(connection) as seen:
        second = page(client)
    assert second == first
    assert "Comment fiabiliser" in second
    assert len(seen) <= QUERIES


def test_each_sending_has_its_own_token(client, place, asked):
    client.force_login(place.manager)
    pages = [client.get(reverse("desk:today")).content.decode() for _ in range(2)]
    tokens = [set(re.findall(r'csrfmiddlewaretoken" value="([^"]+)"', text)) for text in pages]
    assert all(tokens)
    assert tokens[0].isdisjoint(tokens[1])
    assert "mark-" not in pages[1]


def named(name):
    return get_user_model()._default_manager.filter(name=name)


def answered(place, asked):
    place.wrote(asked, place.member("Ada"), hours=0)


def retitled(place, asked):
    asked.title = "Une autre question"
    asked.save()


def paused(place, asked):
    named("Mei Tran").update(paused_until=timezone.localdate() + dt.timedelta(days=3))


def renamed(place, asked):
    named("Mei Tran").update(name="Mei Girard")


def goal_changed(place, asked):
    place.community.first_reply_goal = 20
    place.community.save()


def referred(place, asked):
    ReferralFactory.create(conversation=asked, member=named("Mei Tran").get())


def colleague_came(place, asked):
    place.member("Leïla Benali", role="lcm")


def done_by_another(place, asked):
    key = f"waiting-question:{asked.pk}"
    services.put_done(community=place.community, key=key, by=place.member("Leïla Benali", role="lcm"))


def asked_more(place, asked):
    place.asked(place.member("Ada"), hours=1)


def greeted_otherwise(place, asked):
    named("Naïma Ferrand").update(name="Inès Ferrand")


CHANGES = [
    answered, retitled, paused, renamed, goal_changed, referred, colleague_came, done_by_another, asked_more,
    greeted_otherwise,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_was_so_a_second_ago_is_not_shown(client, place, asked, change):
    """By the hand of a factory: no event and no job says that anything happened."""
    client.force_login(place.manager)
    before = page(client)
    change(place, asked)
    after = page(client)
    rereading.forget()
    assert after == page(client)
    assert after != before


def test_who_animates_no_more_reads_nothing_that_was_kept(client, place, asked):
    client.force_login(place.manager)
    other = Place(always_open(name="Vente conseil"), manager=place.manager)
    assert "Comment fiabiliser" in page(client)
    place.manager.memberships.filter(community=place.community).update(left_at=timezone.now())
    assert "Comment fiabiliser" not in page(client)
    assert other.community.name in page(client)


def test_each_reads_their_own(client, place, asked):
    client.force_login(place.manager)
    mine = page(client)
    leila = place.member("Leïla Benali", role="lcm")
    client.force_login(leila)
    assert "Bonjour Leïla" in page(client)
    assert "Bonjour Leïla" not in mine


@pytest.mark.parametrize(
    "view",
    # On another server one is enough: all are of the same entries.
    [pytest.param(view, marks=() if view == View.TODAY else pytest.mark.walk) for view in View],
)
def test_whatever_the_moment_it_is_what_would_be_made_then(view):
    place = Place()
    for happening in HAPPENINGS.values():
        for n in range(2):
            happening(place, n)
    snoozed = [place.asked(place.member(f"Élan {n}"), hours=26 + n) for n in range(2)]
    for found in snoozed:
        key = f"waiting-question:{found.pk}"
        services.snooze(community=place.community, key=key, until=Snooze.TOMORROW, by=place.manager)
    StepFactory.create(community=place.community, by=place.manager, at=place.now, subject="a")
    services.fill(place.community)
    taken = Asked(place.manager, [place.community], "", view, 1, "")
    drawings = []

    def draw(desk):
        drawings.append(desk)
        return drawing.drawn_list(taken, desk)

    def shown(now):
        part = services.show_desk(
            place.manager, [place.community], view=view, number=1, now=now, size=15, draw=draw, key=taken.key
        )
        return ages.filled(part, now)

    chance = random.Random(7)
    spans = sorted(chance.choice([300, 7_200, 300_000]) * chance.random() for _ in range(25))
    for span in spans:
        now = timezone.now() + dt.timedelta(seconds=span)
        as_kept = shown(now)
        made = len(drawings)
        assert as_kept == shown(now)
        assert len(drawings) == made, "what was just made was not kept"
        rereading.forget()
        fresh = shown(now)
        assert as_kept == fresh
