"""What one asks about notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

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


def asked_to_reach(communities: Iterable[Community]) -> set[int]:
    """The members who were asked lately to go towards somebody, and have not said that it is done."""
    return set(
        Note.objects.filter(
            community__in=list(communities),
            purpose=Purpose.REACH_OUT,
            created_at__gte=timezone.now() - REACHING,
            withdrawn_at=None,
            done_at=None,
        ).values_list("to", flat=True)
    )


def by_id(member: Member, pk: int) -> Note | None:
    """One of the member's own notes, received or written."""
    return Note.objects.filter(policies.visible_to(member), pk=pk).select_related("community", "by").first()


def received_by_id(member: Member, pk: int) -> Note | None:
    """One of the notes that the member received."""
    return received(member).filter(pk=pk).first()
