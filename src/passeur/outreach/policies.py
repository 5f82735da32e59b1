"""Who may write to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from passeur.communities import policies as communities
from passeur.foundation.prepared import Asked

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

    from .models import Note


def can_write(by: Member, to: Member, community: Community) -> bool:
    """Those who steer a community write to those who belong to it."""
    return communities.can_steer(by, community) and communities.is_member(to, community) and by.pk != to.pk


def can_answer(member: Member, note: Note) -> bool:
    """Who received it."""
    return note.to_id == member.pk and note.withdrawn_at is None


def can_withdraw(member: Member, note: Note) -> bool:
    """Who wrote it, or who animates that community with them."""
    return note.by_id == member.pk or communities.can_manage(member, note.community)


def received_by(member: Asked) -> Q:
    """One's own notes, received, of communities that one may read; by the key of somebody who can read."""
    return Q(to=member, withdrawn_at=None) & communities.open_or_of(member, "community__")


def visible_to(member: Member) -> Q:
    """One's own notes, received, unless taken back, and written; of communities that one may read."""
    mine = Q(to=member, withdrawn_at=None) | Q(by=member)
    return mine & communities.visible_to(member, "community__")
