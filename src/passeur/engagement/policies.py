"""Whose figures somebody may see, and how large a group must be for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from passeur.communities import policies as communities
from passeur.communities.choices import Role

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

SMALLEST = 5
"""People in a group that figures may be about."""
SMALLEST_FOR_MANAGERS = 10
"""The same for those who may be somebody's superior."""


def can_see_figures(member: Member, community: Community) -> bool:
    """Those who answer for the community as a whole: its LCM and its training manager."""
    return communities.can_steer(member, community)


def visible_to(member: Member) -> Q:
    """The communities whose figures a member may see."""
    standings = communities.standings(member)
    return Q(pk__in=[key for key, one in standings.items() if one.role in communities.STEERING])


def smallest_group(member: Member, community: Community) -> int:
    """How many people a figure for this reader must be about: ten unless they animate the community."""
    is_animator = communities.member_role(member, community) == Role.LCM
    return SMALLEST if is_animator else SMALLEST_FOR_MANAGERS
