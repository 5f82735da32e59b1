"""Who names sponsors and reads what they receive: the LCM of the community."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from passeur.communities import policies as communities
from passeur.communities.choices import Role

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community


def can_name(member: Member, community: Community) -> bool:
    """Add and take off addresses; not once the community is archived."""
    return communities.can_manage(member, community)


def can_read(member: Member, community: Community) -> bool:
    """Read the report beforehand."""
    return communities.leads(member, community)


def visible_to(member: Member) -> Q:
    """The sponsors of the communities that `member` animates."""
    led = [key for key, one in communities.standings(member).items() if one.role == Role.LCM]
    return Q(community__in=led)
