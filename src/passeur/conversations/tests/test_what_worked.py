"""What became of an exchange in its first two weeks: who it helped, how many it reached."""

import datetime as dt

import pytest
from django.utils import timezone

from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.choices import Entry
from passeur.communities.tests.factories import CommunityFactory, ManagerFactory, MembershipFactory

from ..choices import Meaning, Part
from ..queries.asked import Span
from ..queries.worked import worked
from .factories import ContributionFactory, ReactionFactory, question

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def place():
    community = CommunityFactory.create()
    member = MembershipFactory.create(community=community).member
    now = timezone.now()
    return community, member, Span([community.pk], now - 90 * DAY, now), now - 40 * DAY


def reply(conversation, at, **fields):
    return ContributionFactory.create(
        conversation=conversation, part=Part.ANSWER, created_at=at, **fields
    )  # fmt: skip


def one(member, span):
    (found,) = worked(member, span)
    return found


def test_others_who_wrote_or_reacted_are_counted_once_and_the_author_not(place):
    community, member, span, at = place
    asked = question(community=community, created_at=at, opening="un deux trois")
    other = MemberFactory.create()
    answer = reply(asked, at + DAY, author=other)
    reply(asked, at + DAY, author=asked.author)
    ReactionFactory.create(contribution=answer, member=other, meaning=Meaning.THANKS, created_at=at + DAY)
    ReactionFactory.create(contribution=answer, meaning=Meaning.LIVED, created_at=at + DAY)
    found = one(member, span)
    assert (found.reached, found.words, found.channel, found.helped) == (2, 3, "", True)


def test_thanking_oneself_or_asking_the_same_helped_nobody(place):
    community, member, span, at = place
    asked = question(community=community, created_at=at)
    answer = reply(asked, at + DAY)
    ReactionFactory.create(
        contribution=answer, member=answer.author, meaning=Meaning.THANKS, created_at=at + DAY
    )
    opening = asked.contributions.get(part=Part.OPENING)
    ReactionFactory.create(contribution=opening, meaning=Meaning.SAME_QUESTION, created_at=at + DAY)
    found = one(member, span)
    assert (found.helped, found.reached) == (False, 2)


@pytest.mark.parametrize(("days", "helped"), [(13, True), (15, False)])
def test_an_answer_accepted_within_two_weeks_helped(place, days, helped):
    community, member, span, at = place
    asked = question(community=community, created_at=at)
    answer = reply(asked, at + DAY)
    type(asked).objects.filter(pk=asked.pk).update(accepted_answer=answer, accepted_at=at + days * DAY)
    assert one(member, span).helped is helped


def test_what_comes_after_two_weeks_does_not_count(place):
    community, member, span, at = place
    asked = question(community=community, created_at=at)
    late = reply(asked, at + 15 * DAY)
    ReactionFactory.create(contribution=late, meaning=Meaning.HELPS, created_at=at + 16 * DAY)
    found = one(member, span)
    assert (found.reached, found.helped) == (0, False)


def test_machines_texts_taken_out_and_who_animates_do_not_count(place):
    community, member, span, at = place
    asked = question(community=community, created_at=at)
    reply(asked, at + DAY, author=MemberFactory.create(is_machine=True))
    reply(asked, at + DAY, deleted_at=at + 2 * DAY)
    question(community=community, created_at=at, author=ManagerFactory.create(community=community).member)
    assert one(member, span).reached == 0


def test_the_youngest_are_not_judged_yet(place):
    community, member, span, _at = place
    question(community=community, created_at=timezone.now() - 13 * DAY)
    assert worked(member, span) == []


def test_a_stranger_sees_nothing_of_a_closed_community():
    community = CommunityFactory.create(entry=Entry.INVITATION)
    at = timezone.now() - 40 * DAY
    question(community=community, created_at=at)
    assert worked(MemberFactory.create(), Span([community.pk], at - DAY, at + DAY)) == []


def test_as_many_queries_whatever_is_there(place, django_assert_num_queries):
    community, member, span, at = place
    for _ in range(3):
        reply(question(community=community, created_at=at), at + DAY)
    with django_assert_num_queries(4):
        assert len(worked(member, span)) == 3
