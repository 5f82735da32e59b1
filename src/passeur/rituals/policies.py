"""Who plans rituals, who sees to one, who reads of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from passeur.communities import policies as communities
from passeur.foundation.prepared import Asked

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

    from .models import Occurrence


def can_plan(member: Member, community: Community) -> bool:
    """The LCM, while the community is not archived."""
    return communities.can_manage(member, community)


def can_see(member: Member, occurrence: Occurrence) -> bool:
    """Members of the community."""
    return communities.is_member(member, occurrence.ritual.community)


def visible_to(member: Member) -> Q:
    """Occurrences in the communities that one belongs to."""
    return in_communities(list(communities.standings(member)))


def in_communities(keys: Asked) -> Q:
    """The same of the keys of communities, or of a place in a prepared query."""
    return Q(ritual__community__among=keys)


def can_hold(member: Member, occurrence: Occurrence) -> bool:
    """Its owner, its substitute, or the LCM; all of them may write there."""
    ritual = occurrence.ritual
    named = member.pk in (ritual.owner_id, ritual.substitute_id)
    may = named or communities.leads(member, ritual.community)
    return may and communities.can_contribute(member, ritual.community)
