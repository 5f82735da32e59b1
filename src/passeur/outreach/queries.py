"""What one asks about notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils import timezone

from passeur.foundation.prepared import Asked, Question, prepared, together

from . import policies
from .choices import Purpose
from .models import Note

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

REACHING = dt.timedelta(days=14)
"""How long a request to go towards somebody counts as on its way."""


def received(member: Member) -> QuerySet[Note]:
    """What a member was written, newest first."""
    return Note.objects.filter(policies.visible_to(member), to=member).select_related(
        "by", "community", "conversation", "towards"
    )


def open_count(member: Member) -> int:
    """How many notes wait for the member to say that they are done with them."""
    question = open_to(member)
    return len(together([question])[0]) if question else 0


def open_to(member: Member) -> Question | None:
    """The keys of those, to be asked with other things; None for whoever may read nothing."""
    if not member.is_authenticated or not member.is_active:
        return None
    return _open.asked(member=member.pk)


@prepared
def _open(member: Asked) -> QuerySet[Note, int]:
    return Note.objects.filter(policies.received_by(member), done_at=None).values_list("pk", flat=True)


def asked_to_reach(communities: Iterable[Community]) -> set[tuple[int, int]]:
    """(community, member) of those who were asked there lately to go towards somebody, and have not said that
    it is done. One query.
    """
    keys = [community.pk for community in communities]
    return set(_asked_to_reach(communities=keys, since=timezone.now() - REACHING))


@prepared
def _asked_to_reach(communities: Asked, since: Asked) -> QuerySet[Note, Any]:
    return (
        Note.objects.filter(community__among=communities, created_at__gte=since)
        .filter(purpose=Purpose.REACH_OUT, withdrawn_at=None, done_at=None)
        .order_by()
        .values_list("community_id", "to_id")
    )


def by_id(member: Member, pk: int) -> Note | None:
    """One of the member's own notes, received or written."""
    return Note.objects.filter(policies.visible_to(member), pk=pk).select_related("community", "by").first()


def received_by_id(member: Member, pk: int) -> Note | None:
    """One of the notes that the member received."""
    return received(member).filter(pk=pk).first()
