"""What the person who was asked decides: yes, or no with a reason; and that they answered."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from passeur.accounts import services as accounts
from passeur.communities import queries as communities
from passeur.foundation import events as bus
from passeur.foundation.policies import require

from .. import errors, events, policies
from ..choices import OPEN, DeclineReason, ReferralState
from ..models import Referral
from .referring import TIME_TO_ANSWER, end, held

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def accept_referral(*, referral: Referral, by: Member) -> None:
    """They will answer; from now on they have the whole time again."""
    require(policies.can_read(by, referral))
    with transaction.atomic():
        referral = held(referral.pk)
        if referral.state == ReferralState.ACCEPTED:
            return
        now = timezone.now()
        referral.state, referral.decided_at = ReferralState.ACCEPTED, now
        hours = communities.quiet_hours(referral.conversation.community)
        referral.expires_at = hours.after(now, TIME_TO_ANSWER)
        referral.save(update_fields=["state", "decided_at", "expires_at"])
        bus.publish(
            events.ReferralAccepted(
                referral=referral.pk,
                conversation=referral.conversation_id,
                community=referral.conversation.community_id,
                member=by.pk,
            )
        )


def decline_referral(
    *,
    referral: Referral,
    reason: DeclineReason,
    by: Member,
    words: str = "",
    until: dt.date | None = None,
    better: Member | None = None,
) -> None:
    """No, for a reason: « not my subject » teaches, an absence makes a pause, `better` is asked next."""
    require(policies.can_read(by, referral))
    with transaction.atomic():
        referral = held(referral.pk)
        referral.state, referral.decided_at = ReferralState.DECLINED, timezone.now()
        referral.decline_reason, referral.decline_words = reason, words
        referral.better = better if reason == DeclineReason.SOMEONE_BETTER else None
        referral.save(update_fields=["state", "decided_at", "decline_reason", "decline_words", "better"])
        if reason == DeclineReason.ABSENT and until is not None:
            pause(by, until)
        bus.publish(
            events.ReferralDeclined(
                referral=referral.pk,
                conversation=referral.conversation_id,
                community=referral.conversation.community_id,
                member=by.pk,
                reason=reason,
            )
        )


def pause(member: Member, until: dt.date) -> None:
    """Ask the person nothing until after that day; what else they prefer stays."""
    accounts.edit_preferences(
        member=member,
        language=member.language,
        time_zone=member.time_zone,
        appearance=member.appearance,
        shortcuts=member.shortcuts,
        receives_questions=member.receives_questions,
        weekly_cap=member.weekly_cap,
        paused_until=until,
        by=member,
    )


def note_answer(conversation_id: int, member_id: int) -> bool:
    """The person wrote an answer: what they were asked is done. Says whether they were asked."""
    with transaction.atomic():
        found = Referral.objects.filter(
            conversation=conversation_id, member=member_id, state__in=OPEN
        ).first()
        if found is None:
            return False
        try:
            end(held(found.pk), ReferralState.ANSWERED)
        except errors.AlreadyDecided:
            return False
    return True


def let_go(conversation_id: int) -> int:
    """The question needs nobody any more: everybody who was asked about it is free again."""
    count = 0
    with transaction.atomic():
        for pk in Referral.objects.filter(conversation=conversation_id, state__in=OPEN).values_list(
            "pk", flat=True
        ):
            end(held(pk), ReferralState.WITHDRAWN)
            count += 1
    return count
