"""Communities, their charters, memberships, invitations and claims."""

from .community import Charter, Community
from .invitation import Claim, Invitation
from .membership import Membership

__all__ = ["Charter", "Claim", "Community", "Invitation", "Membership"]
