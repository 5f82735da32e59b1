"""Saying that an accepted answer or an experience still holds, or no longer does, and taking that back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from passeur.foundation import events as bus
from passeur.foundation.policies import require

from .. import errors, events, policies
from ..choices import Kind, Part
from ..models import Contribution, Conversation, Verification
from .writing import lock, settle

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def say_it_holds(*, conversation: Conversation, by: Member) -> None:
    """Somebody who may know looked at it: it still holds. Its clock begins again, what was said ends."""
    text = _lasting(conversation)
    require(policies.can_verify(by, conversation, author=text.author_id))
    _say(conversation, by=by, holds=True)


def say_it_no_longer_holds(*, conversation: Conversation, reason: str, by: Member) -> None:
    """Everybody reads it above the text, with who said it and why."""
    require(policies.can_doubt(by, conversation))
    _say(conversation, by=by, holds=False, reason=" ".join(reason.split()))


def take_verification_back(*, conversation: Conversation, said: int, by: Member) -> None:
    """It was not meant so: what stood before stands again. `said` is what the reader saw as said last.

    What was said by somebody else since is another thing: `SaidSince`.
    """
    with transaction.atomic():
        conversation = lock(conversation)
        last = standing(conversation)
        if last is None or last.pk != said:
            raise errors.SaidSince
        require(policies.can_take_back(by, conversation, said_by=last.member_id))
        last.delete()
        follow(conversation)


def _say(conversation: Conversation, *, by: Member, holds: bool, reason: str = "") -> None:
    with transaction.atomic():
        conversation = lock(conversation)
        text = _lasting(conversation)
        last = standing(conversation)
        if last is not None and (last.member_id, last.holds, last.reason) == (by.pk, holds, reason):
            is_again = timezone.localdate(last.created_at) == timezone.localdate()
            if is_again:  # pressed twice
                return
        Verification.objects.create(contribution=text, member=by, holds=holds, reason=reason)
        follow(conversation)
        bus.publish(
            events.Verified(
                conversation=conversation.pk,
                contribution=text.pk,
                holds=holds,
                author=text.author_id,
                by=by.pk,
            )
        )


def lasting(conversation: Conversation) -> Contribution | None:
    """What lasts of it, if anything does: the accepted answer, or the experience told."""
    if conversation.kind == Kind.EXPERIENCE:
        return conversation.contributions.filter(part=Part.OPENING, deleted_at=None).first()
    if conversation.accepted_answer_id is None:
        return None
    return Contribution.objects.filter(pk=conversation.accepted_answer_id, deleted_at=None).first()


def _lasting(conversation: Conversation) -> Contribution:
    text = lasting(conversation)
    if text is None:
        raise errors.NothingLasts
    return text


def standing(conversation: Conversation) -> Verification | None:
    """What was said last of what lasts of it, unless that was accepted anew since."""
    text = lasting(conversation)
    if text is None:
        return None
    said = text.verifications.order_by("-created_at", "-pk")
    if conversation.accepted_at is not None:
        said = said.filter(created_at__gte=conversation.accepted_at)
    return said.first()


def follow(conversation: Conversation) -> None:
    """Bring what lists read up to what stands, inside the caller's transaction, and announce the change."""
    mark(conversation)
    settle(conversation)


def mark(conversation: Conversation) -> None:
    """The same, where the caller announces it."""
    last = standing(conversation)
    conversation.verified_at = last.created_at if last is not None and last.holds else None
    conversation.outdated_at = last.created_at if last is not None and not last.holds else None
    conversation.save(update_fields=["verified_at", "outdated_at"])
