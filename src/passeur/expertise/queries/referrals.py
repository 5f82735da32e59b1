"""Requests to people, and questions that wait: what the pages and the desk ask."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, QuerySet

from passeur.conversations.choices import State
from passeur.foundation.prepared import Asked, prepared

from .. import policies
from ..choices import OPEN, ReferralState
from ..models import Queued, Referral

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community
    from passeur.conversations.models import Conversation

UNHELPED = (State.WAITING, State.REPLIED, State.NOT_HELPED)
"""States in which a question still needs somebody."""


def referrals_on(conversation: Conversation) -> QuerySet[Referral]:
    """Who was asked about a question and what came of it, in the order in which they were asked."""
    return Referral.objects.filter(conversation=conversation).select_related("member", "asked_by")


@prepared
def _on(conversation: Asked) -> QuerySet[Referral]:
    rows = Referral.objects.filter(conversation=conversation)
    return rows.select_related("member", "asked_by")


@prepared
def referred(conversation: Asked) -> QuerySet[Referral, Any]:
    """Something where somebody was asked about it and the request stands or came to an end."""
    rows = Referral.objects.filter(conversation=conversation).exclude(state=ReferralState.WITHDRAWN)
    return rows.order_by().values("conversation_id")[:1]


def asked_about(conversation: Conversation) -> list[Referral]:
    """The same for its page: with the conversation that is already in memory."""
    found = _on(conversation=conversation.pk)
    for referral in found:
        referral.conversation = conversation
    return found


def open_referrals_of(member: Member) -> QuerySet[Referral]:
    """What somebody is asked and has not closed, the soonest to pass on first."""
    return (
        Referral.objects.filter(policies.visible_to(member), member=member, state__in=OPEN)
        .select_related("conversation__community", "conversation__author", "asked_by")
        .order_by("expires_at", "pk")
    )


def count_open_of(member: Member) -> int:
    """How much somebody is asked and has not closed."""
    return len(open_of(member=member.pk))


@prepared
def open_of(member: Asked) -> QuerySet[Referral, int]:
    """The same, by their keys."""
    return Referral.objects.filter(member=member, state__in=OPEN).values_list("pk", flat=True)


def closed_referrals_of(member: Member, *, most: int = 20) -> list[Referral]:
    """What somebody was asked lately and is done with."""
    rows = Referral.objects.filter(policies.visible_to(member), member=member).exclude(state__in=OPEN)
    return list(rows.select_related("conversation__community").order_by("-made_at", "-pk")[:most])


def asked_now(conversations: Iterable[Conversation]) -> dict[int, str]:
    """By question, the name of somebody who is asked about it at this moment. One query."""
    return dict(_asked_now(conversations=[conversation.pk for conversation in conversations]))


@prepared
def _asked_now(conversations: Asked) -> QuerySet[Referral, Any]:
    rows = Referral.objects.filter(conversation__among=conversations, state__in=OPEN)
    return rows.order_by("-made_at").values_list("conversation_id", "member__name")


def ended_without_answer(conversations: Iterable[int]) -> list[Referral]:
    """The last request about each of these questions that still needs somebody, where nobody is asked any
    more. One query.
    """
    return list(
        _in_vain().filter(conversation__in=list(conversations)).select_related("member").order_by("pk")
    )


def questions_referred_in_vain(community: Community) -> QuerySet[Referral, int]:
    """The questions there about which somebody was asked in vain."""
    return _in_vain().filter(conversation__community=community).values_list("conversation_id", flat=True)


def question_of(referral: int) -> int | None:
    """The question of a request."""
    return Referral.objects.filter(pk=referral).values_list("conversation_id", flat=True).first()


def _in_vain() -> QuerySet[Referral]:
    later = Referral.objects.filter(conversation=OuterRef("conversation"), position__gt=OuterRef("position"))
    others = Referral.objects.filter(conversation=OuterRef("conversation"), state__in=OPEN)
    return Referral.objects.filter(
        ~Exists(later),
        ~Exists(others),
        state__in=[ReferralState.EXPIRED, ReferralState.DECLINED],
        conversation__state__in=UNHELPED,
    ).order_by()


def queued(communities: Iterable[Community]) -> QuerySet[Queued]:
    """Questions for which nobody has room, the oldest first."""
    rows = Queued.objects.filter(conversation__community__in=list(communities))
    return rows.select_related("conversation__author", "conversation__community").order_by(
        "conversation__created_at", "pk"
    )


def waits_in_queue(conversation: Conversation) -> bool:
    """Whether a question waits for somebody to have room."""
    return Queued.objects.filter(conversation=conversation).exists()
