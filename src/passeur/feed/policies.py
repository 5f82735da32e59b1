"""A feed is its member's alone; what stands in it is what conversations let them read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def can_see(member: Member, owner: Member) -> bool:
    """One's own feed and what one said about it, and nobody else's."""
    return member.is_active and member.pk == owner.pk


def visible_to(member: Member) -> Q:
    """The gestures of a member on their own feed."""
    return Q(member_id=member.pk)
