"""To how many people a text that lasts was useful, of those who have to do with it, as it is told."""

import datetime as dt

import pytest
from django.apps import apps
from django.utils import timezone

from passeur.accounts.tests.factories import MemberFactory
from passeur.algorithms.measures.knowledge import usefulness
from passeur.communities.tests.factories import CommunityFactory

from ..choices import Kind, Meaning, Part
from ..services import lasting
from .factories import ContributionFactory, ReactionFactory, VerificationFactory, question

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
Lasting = apps.get_model("engagement", "Lasting")


@pytest.fixture
def at():
    return timezone.now() - 40 * DAY


@pytest.fixture
def solved(at):
    """A question with an answer that its asker accepted, after somebody else said that they wonder too."""
    asked = question(community=CommunityFactory.create(), created_at=at)
    ReactionFactory.create(
        contribution=asked.contributions.get(), meaning=Meaning.SAME_QUESTION, created_at=at + DAY / 2
    )
    answer = ContributionFactory.create(conversation=asked, part=Part.ANSWER, created_at=at + DAY)
    asked.accepted_answer, asked.accepted_at, asked.accepted_by = answer, at + 2 * DAY, asked.author
    asked.save()
    return asked


def told(conversation):
    lasting.tell([conversation.pk])
    found = Lasting.objects.get(pk=conversation.pk)
    return found.useful, found.judged


def said(conversation, member=None, meaning=Meaning.HELPS):
    member = member or MemberFactory.create()
    ReactionFactory.create(contribution=conversation.accepted_answer, member=member, meaning=meaning)
    return member


def test_who_accepted_it_found_it_useful_and_who_came_before_it_is_not_asked(solved):
    assert told(solved) == (1, 1)


def test_each_person_counts_once_whatever_they_say(solved):
    somebody = said(solved)
    said(solved, somebody, Meaning.THANKS)
    said(solved, meaning=Meaning.LIVED)
    said(solved, solved.author)
    assert told(solved) == (3, 3)


def test_who_wrote_after_it_without_a_word_of_thanks_is_among_those_it_may_not_have_helped(solved, at):
    comment = ContributionFactory.create(
        conversation=solved, part=Part.COMMENT, parent=solved.accepted_answer, created_at=at + 5 * DAY
    )
    assert told(solved) == (1, 2)
    said(solved, comment.author)
    assert told(solved) == (2, 2)


def test_its_author_and_machines_do_not_count(solved):
    said(solved, solved.accepted_answer.author)
    said(solved, MemberFactory.create(is_machine=True))
    assert told(solved) == (1, 1)


def test_who_says_that_it_no_longer_holds_found_it_useful_no_more_until_they_say_otherwise(solved):
    somebody = said(solved)
    VerificationFactory.create(
        contribution=solved.accepted_answer, member=somebody, holds=False, reason="Plus rien n’est vrai."
    )
    other = VerificationFactory.create(contribution=solved.accepted_answer, holds=False, reason="En effet.")
    assert told(solved) == (1, 3)
    VerificationFactory.create(contribution=solved.accepted_answer, member=somebody)
    VerificationFactory.create(contribution=solved.accepted_answer, member=other.member)
    assert told(solved) == (2, 2)


def test_an_experience_is_useful_by_reactions_alone(at):
    told_of = question(community=CommunityFactory.create(), kind=Kind.EXPERIENCE, created_at=at)
    assert told(told_of) == (0, 0)
    assert Lasting.objects.get(pk=told_of.pk).worth is None
    ReactionFactory.create(contribution=told_of.contributions.get(), meaning=Meaning.LIVED)
    ContributionFactory.create(conversation=told_of, part=Part.REPLY, created_at=at + DAY)
    assert told(told_of) == (1, 2)
    assert (
        Lasting.objects.get(pk=told_of.pk).worth
        == pytest.approx(usefulness(1, 1))
        == pytest.approx(0.0945, abs=1e-3)
    )


def test_what_was_told_before_usefulness_was_asked_for_is_told_again(solved):
    told(solved)
    assert lasting.tell_untold() == 0
    Lasting.objects.update(judged=None)
    assert lasting.tell_untold() == 1
    assert Lasting.objects.get(pk=solved.pk).judged == 1
