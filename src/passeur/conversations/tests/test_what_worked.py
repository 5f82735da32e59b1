"""What became of an exchange in its first two weeks, as it is told: who it helped, how many it reached."""

import datetime as dt

import pytest
from django.utils import timezone

from passeur.accounts.services import merge_members, undo_merge
from passeur.accounts.tests.factories import ImportedMemberFactory, MemberFactory
from passeur.channels.tests.factories import ChannelFactory
from passeur.communities.tests.factories import CommunityFactory
from passeur.engagement.tests.factories import ExchangeFactory
from passeur.foundation import events as bus

from .. import events
from ..choices import Meaning, Part
from ..queries.worked import worked
from ..services import telling
from .factories import ContributionFactory, ReactionFactory, question

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
Exchange = ExchangeFactory._meta.model


@pytest.fixture
def place():
    return CommunityFactory.create(), timezone.now() - 40 * DAY


def reply(conversation, at, **fields):
    return ContributionFactory.create(
        conversation=conversation, part=Part.ANSWER, created_at=at, **fields
    )  # fmt: skip


def told(conversation):
    telling.tell([conversation.pk])
    return Exchange.objects.get(pk=conversation.pk)


def test_others_who_wrote_or_reacted_are_counted_once_and_the_author_not(place):
    community, at = place
    asked = question(community=community, created_at=at, opening="un deux trois")
    other = MemberFactory.create()
    answer = reply(asked, at + DAY, author=other)
    reply(asked, at + DAY, author=asked.author)
    ReactionFactory.create(contribution=answer, member=other, meaning=Meaning.THANKS, created_at=at + DAY)
    ReactionFactory.create(contribution=answer, meaning=Meaning.LIVED, created_at=at + DAY)
    found = told(asked)
    assert (found.reached, found.words, found.channel, found.is_useful) == (2, 3, None, True)


def test_thanking_oneself_or_asking_the_same_helped_nobody(place):
    community, at = place
    asked = question(community=community, created_at=at)
    answer = reply(asked, at + DAY)
    ReactionFactory.create(
        contribution=answer, member=answer.author, meaning=Meaning.THANKS, created_at=at + DAY
    )
    opening = asked.contributions.get(part=Part.OPENING)
    ReactionFactory.create(contribution=opening, meaning=Meaning.SAME_QUESTION, created_at=at + DAY)
    found = told(asked)
    assert (found.is_useful, found.reached) == (False, 2)


@pytest.mark.parametrize(("days", "helped"), [(13, True), (15, False)])
def test_an_answer_accepted_within_two_weeks_helped(place, days, helped):
    community, at = place
    asked = question(community=community, created_at=at)
    answer = reply(asked, at + DAY)
    type(asked).objects.filter(pk=asked.pk).update(accepted_answer=answer, accepted_at=at + days * DAY)
    assert told(asked).is_useful is helped


def test_what_comes_after_two_weeks_does_not_count(place):
    community, at = place
    asked = question(community=community, created_at=at)
    late = reply(asked, at + 15 * DAY)
    ReactionFactory.create(contribution=late, meaning=Meaning.HELPS, created_at=at + 16 * DAY)
    found = told(asked)
    assert (found.reached, found.is_useful) == (0, False)


def test_machines_and_texts_taken_out_do_not_count(place):
    community, at = place
    asked = question(community=community, created_at=at)
    reply(asked, at + DAY, author=MemberFactory.create(is_machine=True))
    reply(asked, at + DAY, deleted_at=at + 2 * DAY)
    ReactionFactory.create(
        contribution=asked.contributions.get(part=Part.OPENING),
        member=MemberFactory.create(is_machine=True),
        created_at=at + DAY,
    )
    found = told(asked)
    assert (found.reached, found.is_useful, found.is_helpful) == (0, False, True)


def test_a_channel_is_told_and_a_demonstration_is_none(place):
    community, at = place
    for kind, is_told in (("moodle", True), ("demo", False)):
        channel = ChannelFactory.create(community=community, kind=kind)
        asked = question(community=community, created_at=at, channel=channel, external_id="1")
        assert told(asked).channel == (channel.pk if is_told else None)


def test_a_longer_opening_and_a_reaction_withdrawn_are_told_by_jobs(place, run_jobs):
    community, at = place
    asked = question(community=community, created_at=at, opening="un deux trois")
    opening = asked.contributions.get(part=Part.OPENING)
    reaction = ReactionFactory.create(contribution=opening, meaning=Meaning.LIVED, created_at=at + DAY)
    first = told(asked)
    assert (first.words, first.reached, first.is_useful) == (3, 1, True)
    type(opening).objects.filter(pk=opening.pk).update(body="un deux trois quatre")
    bus.publish(events.ConversationChanged(conversation=asked.pk))
    reaction.delete()
    bus.publish(
        events.ReactionWithdrawn(contribution=opening.pk, member=reaction.member_id, meaning=reaction.meaning)
    )
    run_jobs()
    first.refresh_from_db()
    assert (first.words, first.reached, first.is_useful) == (4, 0, False)


def test_two_who_only_reacted_and_turn_out_to_be_one_were_reached_once(place, run_jobs):
    community, at = place
    asked = question(community=community, created_at=at)
    opening = asked.contributions.get(part=Part.OPENING)
    imported, person = ImportedMemberFactory.create(), MemberFactory.create()
    for who, meaning in ((imported, Meaning.HELPS), (person, Meaning.THANKS)):
        ReactionFactory.create(contribution=opening, member=who, meaning=meaning, created_at=at + DAY)
    assert told(asked).reached == 2
    merge = merge_members(source=imported, target=person, proof="Code 7413", by=person)
    run_jobs()
    assert Exchange.objects.get(pk=asked.pk).reached == 1
    undo_merge(merge=merge, by=person)
    run_jobs()
    assert Exchange.objects.get(pk=asked.pk).reached == 2


def test_as_many_queries_whatever_is_there(place, django_assert_num_queries):
    community, at = place
    asked = [question(community=community, created_at=at) for _ in range(3)]
    for one in asked:
        ReactionFactory.create(contribution=reply(one, at + DAY), created_at=at + DAY)
    wrote = {one.pk: {one.author_id: at} for one in asked}
    with django_assert_num_queries(1):
        assert len(worked(asked, wrote)) == 3
