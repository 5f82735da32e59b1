"""Who may decide which programs use the store, and who is whom in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from passeur.accounts import policies as accounts
from passeur.communities import policies as communities
from passeur.communities.choices import Role

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

    from .models import Agent


def can_manage_clients(member: Member) -> bool:
    """Administrators: a client may read what everybody did."""
    return accounts.administers(member)


def visible_to(member: Member) -> Q:
    """The clients that a member may see."""
    return Q() if can_manage_clients(member) else Q(pk__in=[])


def can_link(by: Member, agent: Agent) -> bool:
    """Administrators say who an agent is; a group is nobody."""
    return accounts.administers(by) and not agent.is_group


def can_be_linked(by: Member, member: Member) -> bool:
    """A person, and not one who turned out to be another or was erased."""
    return (
        accounts.administers(by)
        and not member.is_machine
        and member.erased_at is None
        and member.merged_into_id is None
    )


def agents_visible_to(member: Member) -> Q:
    """The agents that a member may see in the list of who is whom."""
    return Q(is_group=False) if accounts.administers(member) else Q(pk__in=[])


def can_see_courses(member: Member) -> bool:
    """Administrators, and whoever animates a community: a course's name says nothing of anybody."""
    return accounts.administers(member) or animates(member)


def animates(member: Member) -> bool:
    """Is the LCM of some community."""
    return any(standing.role == Role.LCM for standing in communities.standings(member).values())


def can_tie(member: Member, community: Community) -> bool:
    """Say that a course has to do with a community, or has no more: its LCM, and administrators."""
    is_run = accounts.administers(member) and not community.is_archived
    return is_run or communities.can_manage(member, community)


def ties_visible_to(member: Member) -> Q:
    """The ties that a member may see: those of the communities they animate; administrators, all."""
    return Q() if accounts.administers(member) else communities.managed_by(member, "community__")
