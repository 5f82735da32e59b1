"""What one asks about notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from . import policies
from .models import Note

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def received(member: Member) -> QuerySet[Note]:
    """What a member was written, newest first."""
    return Note.objects.filter(to=member, withdrawn_at=None).select_related(
        "by", "community", "conversation", "towards"
    )


def open_count(member: Member) -> int:
    """How many notes wait for the member to say that they are done with them."""
    return Note.objects.filter(to=member, withdrawn_at=None, done_at=None).count()


def by_id(member: Member, pk: int) -> Note | None:
    """One of the member's own notes, received or written."""
    return Note.objects.filter(policies.visible_to(member), pk=pk).select_related("community", "by").first()
