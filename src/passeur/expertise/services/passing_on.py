"""To the next person when somebody cannot, to the queue when nobody has room: no question is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from passeur.foundation import events as bus

from .. import errors, events
from ..choices import OPEN, ReferralState
from ..models import Queued, Referral
from ..queries.candidates import considered_for
from ..queries.reasons import NAMED
from ..queries.referrals import UNHELPED
from .referring import end, held, propose, reasons_for

if TYPE_CHECKING:
    from passeur.conversations.models import Conversation


def expire_due() -> int:
    """End the requests whose time has passed; how many. What comes next follows by the event."""
    due = Referral.objects.filter(state__in=OPEN, expires_at__lte=timezone.now())
    return _expire(due.order_by("expires_at", "pk"))


def release(member_id: int, *, community_id: int | None = None, accepted_too: bool = True) -> int:
    """End what somebody was asked who cannot be asked any more: it goes to the next person; how many."""
    states = OPEN if accepted_too else (ReferralState.PROPOSED,)
    carried = Referral.objects.filter(member=member_id, state__in=states)
    if community_id is not None:
        carried = carried.filter(conversation__community=community_id)
    return _expire(carried)


def _expire(referrals: QuerySet[Referral]) -> int:
    count = 0
    for pk in referrals.values_list("pk", flat=True):
        with transaction.atomic():
            try:
                end(held(pk), ReferralState.EXPIRED)
            except errors.AlreadyDecided:
                continue
            count += 1
    return count


def pass_on(conversation: Conversation) -> Referral | None:
    """Ask the next person, unless somebody is being asked or the question is helped; else queue it."""
    conversation.refresh_from_db()
    if conversation.state not in UNHELPED or conversation.is_closed or conversation.community.is_archived:
        Queued.objects.filter(conversation=conversation).delete()
        return None
    if Referral.objects.filter(conversation=conversation, state__in=OPEN).exists():
        return None
    referral = _ask_the_better_one(conversation) or _ask_the_next(conversation)
    if referral is None:
        _queue(conversation)
    return referral


def serve_queue() -> int:
    """Try again for each question that waits, the oldest question first; how many found somebody."""
    waiting = Queued.objects.select_related("conversation__community", "conversation__author")
    served = 0
    for queued in waiting.order_by("conversation__created_at", "conversation_id"):
        if pass_on(queued.conversation) is not None:
            served += 1
    return served


def _ask_the_better_one(conversation: Conversation) -> Referral | None:
    """Whom somebody who declined named, if they can be asked."""
    named = Referral.objects.filter(conversation=conversation).exclude(better=None)
    for earlier in named.select_related("better").order_by("-decided_at"):
        if earlier.better is None or earlier.better.pk == conversation.author_id:
            continue
        why = [{"kind": NAMED, "by": earlier.member.name}, *reasons_for(conversation, earlier.better)]
        try:
            return propose(conversation, earlier.better, by=None, why=why)
        except errors.CannotBeAsked:
            continue
    return None


def _ask_the_next(conversation: Conversation) -> Referral | None:
    considered = considered_for(conversation)
    first = [candidate.member.pk for candidate in considered.people]
    others = [candidate for candidate in considered.askable if candidate.member.pk not in first]
    for candidate in [*considered.people, *others]:
        try:
            return propose(conversation, candidate.member, by=None, why=candidate.kept)
        except errors.CannotBeAsked:
            continue
    return None


def _queue(conversation: Conversation) -> None:
    with transaction.atomic():
        _queued, created = Queued.objects.update_or_create(
            conversation=conversation, defaults={"tried_at": timezone.now()}
        )
        if created:
            bus.publish(
                events.QuestionQueued(conversation=conversation.pk, community=conversation.community_id)
            )
