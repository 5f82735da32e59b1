"""The states of a conversation, one rule a test (MEASURES, States of a conversation)."""

import pytest

from passeur.accounts.tests.factories import MemberFactory
from passeur.conversations.choices import ClosedReason, Kind, Part, State, Turn
from passeur.conversations.tests.factories import ContributionFactory, at, judged, question

pytestmark = pytest.mark.django_db


def test_a_question_nobody_replied_to_waits():
    asked = question()
    assert (asked.state, asked.turn, asked.turn_since) == (State.WAITING, Turn.COMMUNITY, asked.created_at)


def test_a_reply_to_oneself_is_no_reply():
    asked = question()
    ContributionFactory.create(conversation=asked, author=asked.author, part=Part.REPLY)
    assert judged(asked).state == State.WAITING
    assert asked.turn_since == asked.created_at


def test_a_machine_is_no_reply():
    asked = question()
    ContributionFactory.create(conversation=asked, author=MemberFactory(is_machine=True))
    assert judged(asked).state == State.WAITING
    assert asked.reply_count == 0


def test_a_deleted_reply_is_no_reply():
    asked = question()
    ContributionFactory.create(conversation=asked, deleted_at=at(2))
    assert judged(asked).state == State.WAITING
    assert asked.first_reply_at is None


def test_a_comment_is_a_reply_but_no_answer():
    asked = question()
    opening = asked.contributions.get()
    ContributionFactory.create(conversation=asked, part=Part.COMMENT, parent=opening)
    assert (judged(asked).state, asked.turn) == (State.REPLIED, Turn.ASKER)
    assert asked.first_reply_at == at(1)


def test_an_answer_by_another_answers_and_it_is_the_askers_turn():
    asked = question()
    ContributionFactory.create(conversation=asked, created_at=at(3))
    assert (judged(asked).state, asked.turn, asked.turn_since) == (State.ANSWERED, Turn.ASKER, at(3))
    assert (asked.answer_count, asked.reply_count) == (1, 1)


def test_an_asker_who_writes_after_the_answer_is_not_helped_and_it_is_the_communitys_turn():
    asked = question()
    answer = ContributionFactory.create(conversation=asked)
    ContributionFactory.create(
        conversation=asked, author=asked.author, part=Part.COMMENT, parent=answer, created_at=at(5)
    )
    ContributionFactory.create(conversation=asked, author=asked.author, part=Part.REPLY, created_at=at(9))
    assert (judged(asked).state, asked.turn, asked.turn_since) == (State.NOT_HELPED, Turn.COMMUNITY, at(5))


def test_a_further_answer_gives_the_turn_back_to_the_asker():
    asked = question()
    ContributionFactory.create(conversation=asked)
    ContributionFactory.create(conversation=asked, author=asked.author, part=Part.REPLY, created_at=at(5))
    ContributionFactory.create(conversation=asked, created_at=at(8))
    ContributionFactory.create(conversation=asked, created_at=at(9))
    assert (judged(asked).state, asked.turn, asked.turn_since) == (State.ANSWERED, Turn.ASKER, at(8))


def test_a_question_that_was_taken_out_asks_nothing_any_more():
    asked = question()
    asked.contributions.update(deleted_at=at(2))
    assert (judged(asked).state, asked.turn) == (State.CLOSED, Turn.NOBODY)


def test_an_accepted_answer_resolves_whatever_is_written_later():
    asked = question()
    asked.accepted_answer = ContributionFactory.create(conversation=asked)
    asked.save()
    ContributionFactory.create(conversation=asked, author=asked.author, part=Part.REPLY, created_at=at(5))
    assert (judged(asked).state, asked.turn) == (State.RESOLVED, Turn.NOBODY)


def test_an_accepted_answer_that_was_deleted_resolves_nothing():
    asked = question()
    asked.accepted_answer = ContributionFactory.create(conversation=asked, deleted_at=at(4))
    asked.save()
    assert judged(asked).state == State.WAITING


@pytest.mark.parametrize(
    ("reason", "state"),
    [
        (ClosedReason.RESOLVED, State.RESOLVED),
        (ClosedReason.RESOLVED_ELSEWHERE, State.RESOLVED),
        (ClosedReason.DUPLICATE, State.CLOSED),
        (ClosedReason.OFF_TOPIC, State.CLOSED),
        (ClosedReason.OBSOLETE, State.CLOSED),
    ],
)
def test_a_closed_question_is_resolved_only_where_the_reason_says_so(reason, state):
    asked = question(closed_at=at(2), closed_reason=reason)
    assert (asked.state, asked.turn) == (state, Turn.NOBODY)


def test_kinds_that_do_not_ask_neither_wait_nor_resolve():
    told = question(kind=Kind.EXPERIENCE)
    assert (told.state, told.turn) == (State.OPEN, Turn.NOBODY)


def test_judging_all_gives_what_judging_one_gives():
    from passeur.conversations.models import Conversation
    from passeur.conversations.services import states

    answered, waiting = question(), question()
    ContributionFactory.create(conversation=answered)
    assert states.recompute() == 2
    by_pk = dict(Conversation.objects.values_list("pk", "state"))
    assert by_pk == {answered.pk: State.ANSWERED, waiting.pk: State.WAITING}
