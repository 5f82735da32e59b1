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
from .invitations import (
    all_claims,
    claim_code,
    claimable_in,
    decided_claims,
    invitation_of,
    open_claims,
    open_invitations,
    token_of,
)
from .members import common_communities, former_members, left_by, members, memberships, memberships_of

__all__ = [
    "all_claims",
    "animators",
    "business_seconds",
    "by_slug",
    "charter_history",
    "claim_code",
    "claimable_in",
    "common_communities",
    "current_charter",
    "current_community",
    "decided_claims",
    "former_members",
    "goal_deadline",
    "invitation_of",
    "left_by",
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
