"""What one asks about notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone

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
    return Note.objects.filter(policies.visible_to(member), to=member, done_at=None).count()


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
