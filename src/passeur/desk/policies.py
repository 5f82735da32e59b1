"""Who works at the desk, and on which communities' cues."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import Q

from passeur.communities import policies as communities
from passeur.communities.choices import Role

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

    from .models import Step


def can_work(member: Member, community: Community) -> bool:
    """The LCM of a community that is not archived."""
    return communities.can_manage(member, community)


def workers(community: Community, among: Collection[int]) -> set[int]:
    """Which of these members (keys) can work on its cues: `can_work`, asked of all of them at once."""
    return communities.managers(community, among)


def has_desk(member: Member) -> bool:
    """Whether `member` animates anything."""
    return any(standing.role == Role.LCM for standing in communities.standings(member).values())


def can_undo(member: Member, step: Step) -> bool:
    """Any LCM of that community: colleagues cover for each other."""
    return can_work(member, step.community)


def visible_to(member: Member, prefix: str = "") -> Q:
    """The gestures and cues of the communities that `member` animates."""
    return communities.managed_by(member, f"{prefix}community__")
