"""What can be asked of communities."""

from .communities import (
    animators,
    business_seconds,
    by_slug,
    charter_history,
    current_charter,
    current_community,
    goal_deadline,
    managed_by,
    quiet_hours,
    visible_communities,
)
from .invitations import claimable_in, invitation_of, open_claims, open_invitations, token_of
from .members import MemberRow, common_communities, former_members, members, memberships, memberships_of

__all__ = [
    "MemberRow",
    "animators",
    "business_seconds",
    "by_slug",
    "charter_history",
    "claimable_in",
    "common_communities",
    "current_charter",
    "current_community",
    "former_members",
    "goal_deadline",
    "invitation_of",
    "managed_by",
    "members",
    "memberships",
    "memberships_of",
    "open_claims",
    "open_invitations",
    "quiet_hours",
    "token_of",
    "visible_communities",
]
