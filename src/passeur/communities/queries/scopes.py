"""Several communities at once, for whoever works over all that they animate."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from ..choices import ClaimState
from ..models import Claim, Community, Membership


def current_memberships(communities: Iterable[Community]) -> QuerySet[Membership]:
    """Who belongs to them now and can sign in, with the member, by name."""
    return (
        Membership.objects.filter(
            community__in=list(communities),
            left_at=None,
            member__is_active=True,
            member__is_machine=False,
            member__merged_into=None,
            member__erased_at=None,
        )
        .exclude(member__email=None)
        .select_related("member")
        .order_by("member__name", "member_id")
    )


def open_claims_in(communities: Iterable[Community]) -> QuerySet[Claim]:
    """Claims that wait for a decision there, the oldest first."""
    return (
        Claim.objects.filter(community__in=list(communities), state=ClaimState.OPEN)
        .select_related("claimant", "imported")
        .order_by("asked_at")
    )
