"""The measures hear how exchanges stand, from the room that judges them."""

from __future__ import annotations

import datetime as dt

import pytest

from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.tests.factories import CommunityFactory
from passeur.engagement.tests.factories import ExchangeFactory
from passeur.foundation import events as bus
from passeur.skills.tests.factories import ThemeFactory

from .. import events
from ..choices import Part
from ..services import telling
from .factories import ContributionFactory, ConversationThemeFactory, at, judged, question

pytestmark = pytest.mark.django_db
Exchange = ExchangeFactory._meta.model


@pytest.fixture
def community():
    return CommunityFactory.create(
        first_reply_goal=24, quiet_from=dt.time(19), quiet_until=dt.time(8), time_zone="UTC"
    )


def told(one):
    return Exchange.objects.get(pk=one.pk)


def test_a_question_is_told_with_when_its_reply_is_due_outside_quiet_hours(community):
    theme = ThemeFactory.create(community=community)
    one = question(community=community)
    ConversationThemeFactory.create(conversation=one, theme=theme)
    telling.tell([one.pk])
    assert (told(one).state, told(one).themes, told(one).replied_at) == ("waiting", [theme.pk], None)
    # asked on Monday at 9: 10 h that day, 11 h on Tuesday, 3 h on Wednesday
    assert told(one).due_at == dt.datetime(2026, 3, 4, 11, tzinfo=dt.UTC)


def test_a_reply_by_a_machine_or_by_oneself_is_none(community):
    one = question(community=community)
    ContributionFactory.create(conversation=one, author=MemberFactory.create(is_machine=True))
    ContributionFactory.create(conversation=one, author=one.author)
    judged(one)
    telling.tell([one.pk])
    assert told(one).replied_at is None
    ContributionFactory.create(conversation=one, created_at=at(5))
    judged(one)
    telling.tell([one.pk])
    assert told(one).replied_at == at(5)
    assert told(one).participants.count() == 2


def test_an_exchange_whose_opening_was_taken_out_is_gone(community):
    one = question(community=community)
    telling.tell([one.pk])
    one.contributions.filter(part=Part.OPENING).update(deleted_at=at(2))
    telling.tell([one.pk])
    assert not Exchange.objects.exists()


def test_what_was_there_before_is_told_once(community):
    many = [question(community=community) for _ in range(3)]
    assert telling.tell_untold() == 3
    assert telling.tell_untold() == 0
    assert Exchange.objects.count() == len(many)


def test_a_change_is_told_by_a_job(community, run_jobs):
    one = question(community=community)
    bus.publish(events.ConversationChanged(conversation=one.pk))
    run_jobs()
    assert told(one).state == "waiting"
