"""What can be done in communities."""

from .belonging import accept_charter, change_role, join, leave, provide_memberships, remove_member
from .claiming import ask_claim, decide_claim, undo_claim
from .founding import archive, create_community, publish_charter, remember, unarchive, update_community
from .inviting import accept_as_member, accept_as_newcomer, invite, send_invitation, withdraw_invitation

__all__ = [
    "accept_as_member",
    "accept_as_newcomer",
    "accept_charter",
    "archive",
    "ask_claim",
    "change_role",
    "create_community",
    "decide_claim",
    "invite",
    "join",
    "leave",
    "provide_memberships",
    "publish_charter",
    "remember",
    "remove_member",
    "send_invitation",
    "unarchive",
    "undo_claim",
    "update_community",
    "withdraw_invitation",
]
