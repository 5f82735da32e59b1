"""Who reads the figures of which communities: those who steer them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from passeur.communities import policies as communities

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community


def can_read(member: Member, community: Community) -> bool:
    """Its LCM and its training manager, archived or not."""
    return communities.can_steer(member, community)


def visible_to(member: Member, prefix: str = "") -> Q:
    """The communities that `member` may read the figures of."""
    return Q(**{f"{prefix}pk__in": _steered(member)})


def has_dashboards(member: Member) -> bool:
    """Whether there is any figure for `member`."""
    return bool(_steered(member))


def _steered(member: Member) -> list[int]:
    found = communities.standings(member).items()
    return [key for key, standing in found if standing.role in communities.STEERING]
