"""Who sees and chooses what: everybody their own, and nobody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from passeur.accounts.models import Member

    from .models import Notice


def visible_to(member: Member) -> Q:
    """One's own notices. What they say is judged again by the room of each kind, when it is shown."""
    return Q(member_id=member.pk) if member.is_authenticated and member.is_active else Q(pk__in=[])


def can_see(member: Member, notice: Notice) -> bool:
    return bool(member.is_authenticated and member.is_active and notice.member_id == member.pk)


def can_choose(by: Member, member: Member) -> bool:
    """How one is told is one's own choice."""
    return by.is_active and by.pk == member.pk
