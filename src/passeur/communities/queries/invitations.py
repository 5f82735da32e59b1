"""Invitations and claims that wait, and the signed link of an invitation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core import signing
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from passeur.foundation.prepared import Asked, prepared

from .. import policies
from ..choices import ClaimState
from ..errors import InvitationEnded
from ..models import Claim, Community, Invitation, Membership

if TYPE_CHECKING:
    from passeur.accounts.models import Member

SALT = "passeur.communities.invitation"


def token_of(invitation: Invitation) -> str:
    """What the link in the mail carries."""
    return signing.dumps([invitation.pk, invitation.serial], salt=SALT)


def invitation_of(token: str) -> Invitation:
    """The open invitation that a link stands for, or `InvitationEnded`."""
    try:
        key, serial = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError) as error:
        raise InvitationEnded from error
    found = (
        Invitation.objects.select_related("community", "invited_by", "claims")
        .filter(pk=key, serial=serial)
        .first()
    )
    if found is None or not found.is_open or found.community.is_archived:
        raise InvitationEnded
    return found


def open_invitations(community: Community) -> QuerySet[Invitation]:
    """Those not accepted yet, ended ones too, by address."""
    return community.invitations.filter(accepted_at=None).select_related("claims").order_by("email")


@prepared
def waiting_claims(community: Asked) -> QuerySet[Claim, int]:
    """The keys of those that wait for a decision."""
    return Claim.objects.filter(community=community, state=ClaimState.OPEN).values_list("pk", flat=True)


def open_claims(community: Community) -> QuerySet[Claim]:
    """Those that wait for a decision, the oldest first."""
    return (
        community.claims.filter(state=ClaimState.OPEN)
        .select_related("claimant", "imported", "community")
        .order_by("asked_at")
    )


def all_claims(community: Community) -> QuerySet[Claim]:
    """Those that wait and those decided."""
    return community.claims.select_related("claimant", "imported", "community", "merge")


def decided_claims(community: Community) -> QuerySet[Claim]:
    """Those decided, the last decision first."""
    return (
        all_claims(community)
        .exclude(state=ClaimState.OPEN)
        .select_related("decided_by")
        .order_by("-decided_at", "-pk")
    )


def claims_answered_to(member: Member) -> QuerySet[Claim]:
    """What was decided about the claims of `member`, in communities that they may read."""
    return (
        Claim.objects.filter(policies.visible_to(member, "community__"), claimant=member)
        .exclude(state=ClaimState.OPEN)
        .select_related("community", "imported")
    )


def claimant_of(claim: int) -> int | None:
    """The key of who made a claim."""
    return Claim.objects.filter(pk=claim).values_list("claimant_id", flat=True).first()


def claim_code(member: Member, imported: Member) -> str:
    """What to put on the profile one claims, so that the LCM can see that both are the same person."""
    return salted_hmac(SALT, f"{member.pk}:{imported.pk}", algorithm="sha256").hexdigest()[:10]


def claimable_in(member: Member, imported: Member) -> QuerySet[Community]:
    """The communities through which `member` can claim `imported`: both belong there."""
    return Community.objects.filter(
        archived_at=None,
        pk__in=Membership.objects.filter(member=imported).values("community_id"),
        memberships__member=member,
        memberships__left_at=None,
    )
