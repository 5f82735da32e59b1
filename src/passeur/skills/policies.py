"""Who may see and change themes. They belong to their community: its policies decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from passeur.communities import policies as communities

from .models import Theme

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community


def visible_to(member: Member, prefix: str = "") -> Q:
    """The themes that `member` may see."""
    return communities.visible_to(member, f"{prefix}community__")


def can_see(member: Member, theme: Theme) -> bool:
    return communities.can_see(member, theme.community)


def can_manage(member: Member, community: Community) -> bool:
    """Change the tree: the LCM."""
    return communities.can_manage(member, community)


def can_state(member: Member, theme: Theme) -> bool:
    """Say that one can help with a theme, or follow it: who belongs to its community."""
    return (
        communities.is_member(member, theme.community)
        and not theme.community.is_archived
        and theme.merged_into_id is None
    )
