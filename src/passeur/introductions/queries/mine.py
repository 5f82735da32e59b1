"""One's own introductions: what waits for an answer, what is open, what came to nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone

from passeur.communities import queries as communities
from passeur.foundation.prepared import Asked, Question, prepared

from .. import policies
from ..choices import Answer, State
from ..models import Introduction, Message
from .suggesting import found_words

if TYPE_CHECKING:
    from passeur.accounts.models import Member

MOST = 30
"""Introductions on one's page: two at a time, so that is years."""


@dataclass(frozen=True, slots=True)
class Mine:
    """One introduction as one of the two sees it. `phase`: answer, waiting, open or ended.

    `is_here`: they may still read the community. Without that an exchange is two people and their words:
    where they met, why, and what the other is there is the community's.
    """

    introduction: Introduction
    other: Member
    phase: str
    reasons: list[str]
    is_here: bool


def mine(member: Member) -> list[Mine]:
    """Newest first; one that the member declined is not there until its time is over. Two queries."""
    rows = _with_people(Introduction.objects.filter(policies.visible_to(member)))[:MOST]
    sight = communities.sight_of(member)
    told = [_as_seen(row, member, _phase(row, member), sight) for row in rows]
    return [one for one in told if one.phase]


def as_seen(introduction: Introduction, member: Member) -> Mine:
    """One of the member's own, as they see it. One query."""
    return _as_seen(introduction, member, _phase(introduction, member), communities.sight_of(member))


def _as_seen(row: Introduction, member: Member, phase: str, sight: communities.Sight) -> Mine:
    is_here = sight.sees(row.community_id)
    return Mine(row, row.other(member), phase, found_words(row, member) if is_here else [], is_here)


def to_answer(member: Member) -> list[Mine]:
    """Those that wait for the member's yes or no, the oldest first. Two queries at most."""
    if not member.introducible or not member.is_active:
        return []
    rows = _unanswered(member=member.pk, now=timezone.now())
    if not rows:
        return []
    sight = communities.sight_of(member)
    return [_as_seen(row, member, "answer", sight) for row in rows]


def waiting_for(member: Member) -> Question | None:
    """The keys of those, to be asked with other things; None where nobody would be introduced."""
    if not member.introducible or not member.is_active:
        return None
    return _unanswered_keys.asked(member=member.pk, now=timezone.now())


@prepared
def _unanswered_keys(member: Asked, now: Asked) -> QuerySet[Introduction, int]:
    rows = Introduction.objects.filter(policies.between(member), _nothing_said(member, now))
    return rows.values_list("pk", flat=True)[:MOST]


@prepared
def _unanswered(member: Asked, now: Asked) -> QuerySet[Introduction]:
    rows = Introduction.objects.filter(policies.between(member), _nothing_said(member, now))
    return _with_people(rows).order_by("pk")[:MOST]


def unanswered_by(member: Member) -> Q:
    """Those that can still be answered, and that the member has said nothing about."""
    return _nothing_said(member.pk, timezone.now())


def _nothing_said(member: Asked, now: Asked) -> Q:
    mine = Q(first=member, first_answer=Answer.NOTHING) | Q(second=member, second_answer=Answer.NOTHING)
    return mine & Q(state=State.PROPOSED, expires_at__gt=now)


def one_of(member: Member, pk: int) -> Introduction | None:
    """One of the member's own."""
    return _with_people(Introduction.objects.filter(policies.visible_to(member), pk=pk)).first()


def messages_of(introduction: Introduction) -> QuerySet[Message]:
    """What the two wrote, oldest first."""
    return introduction.messages.select_related("author").order_by("created_at", "pk")


def _with_people(rows: QuerySet[Introduction]) -> QuerySet[Introduction]:
    return rows.select_related("first", "second", "community", "proposed_by")


def _phase(row: Introduction, member: Member) -> str:
    if row.state == State.OPEN:
        return "open"
    if not row.is_waiting:
        return "ended"
    said = row.answer_of(member)
    if said == Answer.YES:
        return "waiting"
    return "answer" if said == Answer.NOTHING and member.introducible else ""
