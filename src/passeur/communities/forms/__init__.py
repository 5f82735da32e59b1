"""Forms of the communities room."""

from .community import CharterText, NewCommunity, Settings
from .entering import AcceptCharter, AcceptInvitation, NewcomerAcceptsInvitation
from .people import ClaimProof, Invite, Refusal, RoleChoice

__all__ = [
    "AcceptCharter",
    "AcceptInvitation",
    "CharterText",
    "ClaimProof",
    "Invite",
    "NewCommunity",
    "NewcomerAcceptsInvitation",
    "Refusal",
    "RoleChoice",
    "Settings",
]
