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
    claimant_of,
    claims_answered_to,
    decided_claims,
    invitation_of,
    open_claims,
    open_invitations,
    token_of,
)
from .members import common_communities, former_members, left_by, members, memberships, memberships_of
from .naming import called, nameable, named_in
from .sight import Sight, sight_of

__all__ = [
    "Sight",
    "all_claims",
    "animators",
    "business_seconds",
    "by_slug",
    "called",
    "charter_history",
    "claim_code",
    "claimable_in",
    "claimant_of",
    "claims_answered_to",
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
    "nameable",
    "named_in",
    "open_claims",
    "open_invitations",
    "quiet_hours",
    "sight_of",
    "token_of",
    "visible_communities",
]
