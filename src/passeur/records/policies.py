"""Who may decide which programs use the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from passeur.accounts import policies as accounts

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def can_manage_clients(member: Member) -> bool:
    """Administrators: a client may read what everybody did."""
    return accounts.administers(member)


def visible_to(member: Member) -> Q:
    """The clients that a member may see."""
    return Q() if can_manage_clients(member) else Q(pk__in=[])
