"""Who may propose, see and answer an introduction; its messages are the two people's alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q

from passeur.communities import policies as communities
from passeur.foundation.prepared import Asked

from .choices import Answer, State
from .models import Introduction

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community


def can_propose(by: Member, community: Community) -> bool:
    """The LCM, while the community is not archived."""
    return communities.can_manage(by, community)


def both_there() -> Q:
    """Both have an account and belong to the community now."""
    there = Q()
    for side in ("first", "second"):
        there &= Q(
            **{
                f"{side}__memberships__community": F("community"),
                f"{side}__memberships__left_at": None,
                f"{side}__is_active": True,
                f"{side}__erased_at": None,
            }
        )
    return there


def visible_to(member: Member) -> Q:
    """One's own; before the exchange is open, only while both are in the community."""
    if not member.is_authenticated or not member.is_active:
        return Q(pk__in=[])
    return between(member.pk)


def between(member: Asked) -> Q:
    """The same of the key of an active member, or of a place in a prepared query."""
    standing = Introduction.objects.filter(both_there(), _of(member)).values("pk")
    return _of(member) & (Q(state=State.OPEN) | Q(pk__in=standing))


def can_see(member: Member, introduction: Introduction) -> bool:
    return Introduction.objects.filter(visible_to(member), pk=introduction.pk).exists()


def proposed_in(member: Member) -> Q:
    """What the LCM sees of it, in the communities they animate: the state, never an answer nor a text."""
    return communities.managed_by(member, "community__")


def can_answer(member: Member, introduction: Introduction) -> bool:
    """One of the two, who has not said anything yet and still wants to be proposed."""
    return (
        can_see(member, introduction)
        and member.introducible
        and introduction.answer_of(member) == Answer.NOTHING
    )


def can_write(member: Member, introduction: Introduction) -> bool:
    """One of the two, once both said yes, while the other has an account."""
    other = introduction.other(member)
    return can_see(member, introduction) and introduction.state == State.OPEN and other.is_active


def _of(member: Asked) -> Q:
    return Q(first=member) | Q(second=member)
