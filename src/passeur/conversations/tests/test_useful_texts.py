"""How many voices say that a text that lasts was useful, and how many the contrary, as it is told."""

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


def test_its_acceptance_is_a_voice_and_the_same_question_is_none(solved):
    assert told(solved) == (1, 1)


def test_each_word_of_thanks_is_a_voice_as_the_page_counts_them(solved):
    somebody = said(solved)
    said(solved, somebody, Meaning.THANKS)
    said(solved, meaning=Meaning.LIVED)
    assert told(solved) == (4, 4)


def test_the_figure_does_not_say_whether_who_accepted_it_reacted_as_well(solved):
    """Whether it is another who reacts, or who accepted it: the page counts both alike, and so does this."""
    said(solved, solved.author)
    assert told(solved) == (2, 2)
    said(solved)
    assert told(solved) == (3, 3)


def test_who_writes_there_says_nothing_of_it(solved, at):
    ContributionFactory.create(
        conversation=solved, part=Part.COMMENT, parent=solved.accepted_answer, created_at=at + 5 * DAY
    )
    assert told(solved) == (1, 1)


def test_an_answer_that_its_author_accepted_has_no_voice(solved):
    solved.accepted_by = solved.accepted_answer.author
    solved.save()
    assert told(solved) == (0, 0)


def test_its_author_and_machines_do_not_count(solved):
    said(solved, solved.accepted_answer.author)
    said(solved, MemberFactory.create(is_machine=True))
    assert told(solved) == (1, 1)


def test_who_says_last_that_it_no_longer_holds_is_a_voice_against(solved):
    somebody = said(solved)
    VerificationFactory.create(
        contribution=solved.accepted_answer, member=somebody, holds=False, reason="Plus rien n’est vrai."
    )
    other = VerificationFactory.create(contribution=solved.accepted_answer, holds=False, reason="En effet.")
    assert told(solved) == (2, 4)
    VerificationFactory.create(contribution=solved.accepted_answer, member=somebody)
    VerificationFactory.create(contribution=solved.accepted_answer, member=other.member)
    assert told(solved) == (2, 2)


def test_an_experience_is_useful_by_reactions_alone(at):
    told_of = question(community=CommunityFactory.create(), kind=Kind.EXPERIENCE, created_at=at)
    assert told(told_of) == (0, 0)
    assert Lasting.objects.get(pk=told_of.pk).worth is None
    ReactionFactory.create(contribution=told_of.contributions.get(), meaning=Meaning.LIVED)
    ContributionFactory.create(conversation=told_of, part=Part.REPLY, created_at=at + DAY)
    assert told(told_of) == (1, 1)
    assert (
        Lasting.objects.get(pk=told_of.pk).worth
        == pytest.approx(usefulness(1, 0))
        == pytest.approx(0.2065, abs=1e-3)
    )


def test_what_was_told_before_usefulness_was_asked_for_is_told_again(solved):
    told(solved)
    assert lasting.tell_untold() == 0
    Lasting.objects.update(judged=None)
    assert lasting.tell_untold() == 1
    assert Lasting.objects.get(pk=solved.pk).judged == 1
