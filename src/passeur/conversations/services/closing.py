"""Closing a conversation with a reason, and opening it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from passeur.foundation import events as bus
from passeur.foundation.policies import require

from .. import events, policies
from ..choices import ClosedReason
from ..models import Conversation
from .writing import lock, settle

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def close(*, conversation: Conversation, reason: ClosedReason, by: Member) -> None:
    """No more replies; everybody can read why."""
    require(policies.can_close(by, conversation))
    with transaction.atomic():
        conversation = lock(conversation)
        if conversation.is_closed:
            return
        conversation.closed_at, conversation.closed_by, conversation.closed_reason = (
            timezone.now(),
            by,
            reason,
        )
        conversation.save(update_fields=["closed_at", "closed_by", "closed_reason"])
        settle(conversation)
        bus.publish(events.ConversationClosed(conversation=conversation.pk, reason=reason, by=by.pk))


def reopen(*, conversation: Conversation, by: Member) -> None:
    """Replies are welcome again."""
    require(policies.can_close(by, conversation))
    with transaction.atomic():
        conversation = lock(conversation)
        if not conversation.is_closed:
            return
        conversation.closed_at = conversation.closed_by = None
        conversation.closed_reason = ""
        conversation.save(update_fields=["closed_at", "closed_by", "closed_reason"])
        settle(conversation)
        bus.publish(events.ConversationReopened(conversation=conversation.pk, by=by.pk))
