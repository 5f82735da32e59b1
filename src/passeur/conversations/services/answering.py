"""Answering, replying, commenting; and saying which answer solved the question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from passeur.foundation import events as bus
from passeur.foundation.policies import require

from .. import errors, events, policies
from ..choices import Part
from ..models import Contribution, Conversation, Outdone
from .writing import lock, settle, write

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def contribute(*, conversation: Conversation, body: str, by: Member) -> Contribution:
    """Answer a question, or write a message elsewhere. The asker's own further message is a reply."""
    part = Part.ANSWER if conversation.asks and conversation.author_id != by.pk else Part.REPLY
    return _add(conversation, part=part, body=body, by=by)


def comment(*, on: Contribution, body: str, by: Member) -> Contribution:
    """Comment on a contribution. A comment on a comment goes under the same text, in order."""
    return _add(on.conversation, part=Part.COMMENT, body=body, by=by, parent=on.parent or on)


def _add(
    conversation: Conversation, *, part: Part, body: str, by: Member, parent: Contribution | None = None
) -> Contribution:
    require(policies.can_contribute(by, conversation))
    if parent is not None and parent.is_deleted:
        raise errors.DeletedContribution
    with transaction.atomic():
        conversation = lock(conversation)
        if conversation.is_closed:
            raise errors.ConversationIsClosed
        contribution = write(conversation, part=part, body=body, by=by, parent=parent)
        bus.publish(
            events.ContributionAdded(
                contribution=contribution.pk,
                conversation=conversation.pk,
                community=conversation.community_id,
                part=part,
                author=by.pk,
            )
        )
    return contribution


def accept_answer(*, answer: Contribution, question: Conversation, by: Member) -> None:
    """Mark `answer` as the one that solved `question`; an earlier choice gives way to it."""
    require(policies.can_accept_answer(by, question))
    if answer.conversation_id != question.pk:
        raise errors.ForeignAnswer
    if not question.asks or answer.part != Part.ANSWER:
        raise errors.OnlyQuestionsAreAnswered
    if answer.is_deleted:
        raise errors.DeletedContribution
    with transaction.atomic():
        question = lock(question)
        if question.accepted_answer_id == answer.pk:
            return
        _keep_outdone(question)
        question.accepted_answer, question.accepted_at, question.accepted_by = answer, timezone.now(), by
        _save_acceptance(question)
        settle(question)
        bus.publish(
            events.AnswerAccepted(
                conversation=question.pk, answer=answer.pk, author=answer.author_id, by=by.pk
            )
        )


def _keep_outdone(question: Conversation) -> None:
    """The answer that gives way was accepted once: nobody loses that because somebody else did better."""
    if question.accepted_answer_id is not None and question.accepted_at is not None:
        Outdone.objects.get_or_create(
            answer_id=question.accepted_answer_id, defaults={"accepted_at": question.accepted_at}
        )


def withdraw_acceptance(*, question: Conversation, by: Member) -> None:
    """No answer solved it after all: the question is open again."""
    require(policies.can_accept_answer(by, question))
    with transaction.atomic():
        reopen_question(lock(question), by=by)


def reopen_question(question: Conversation, *, by: Member) -> None:
    """Take the acceptance back, inside the caller's transaction, and announce it."""
    answer = question.accepted_answer_id
    if answer is None:
        return
    question.accepted_answer = question.accepted_at = question.accepted_by = None
    _save_acceptance(question)
    settle(question)
    bus.publish(events.AcceptanceWithdrawn(conversation=question.pk, answer=answer, by=by.pk))


def _save_acceptance(question: Conversation) -> None:
    """What was said of the answer before says nothing of this one: acceptance is its first verification."""
    question.verified_at = question.outdated_at = None
    question.save(
        update_fields=["accepted_answer", "accepted_at", "accepted_by", "verified_at", "outdated_at"]
    )
