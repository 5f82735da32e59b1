"""Several communities at once, for whoever works over all that they animate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, QuerySet

from passeur.foundation.prepared import Asked, prepared

from ..choices import ClaimState, Role
from ..models import Claim, Community, Membership

STEERING = (Role.LCM, Role.TRAINING_MANAGER)


def current_memberships(communities: Iterable[Community]) -> QuerySet[Membership]:
    """Who belongs to them now and can sign in, with the member, by name."""
    return (
        _signing_in()
        .filter(community__in=list(communities))
        .select_related("member")
        .order_by("member__name", "member_id")
    )


def _signing_in() -> QuerySet[Membership]:
    return Membership.objects.filter(
        left_at=None,
        member__is_active=True,
        member__is_machine=False,
        member__merged_into=None,
        member__erased_at=None,
    ).exclude(member__email=None)


def by_id(ids: Iterable[int]) -> list[Community]:
    """These communities, whoever asks. One query."""
    return list(Community.objects.filter(pk__in=list(ids)))


def every() -> list[Community]:
    """All communities, whoever asks. One query."""
    return list(Community.objects.order_by("pk"))


def belonging(pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Membership]:
    """By (community, member), those among these who belong there now and can sign in. One query."""
    wanted = set(pairs)
    if not wanted:
        return {}
    rows = _belonging(
        communities=sorted({community for community, _ in wanted}),
        members=sorted({member for _, member in wanted}),
    )
    found = {(row.community_id, row.member_id): row for row in rows}
    return {place: found[place] for place in wanted & found.keys()}


@prepared
def _belonging(communities: Asked, members: Asked) -> QuerySet[Membership]:
    rows = _signing_in().filter(community__among=communities, member__among=members)
    return rows.select_related("member")


def animating(communities: Iterable[int], *, but: int) -> list[Membership]:
    """The LCMs of these communities (keys) who can sign in, with the member, by name; not the one of that
    key. One query.
    """
    return _animating(communities=list(communities), but=but)


@prepared
def _animating(communities: Asked, but: Asked) -> QuerySet[Membership]:
    rows = _signing_in().filter(community__among=communities, role=Role.LCM).exclude(member=but)
    return rows.select_related("member").order_by("member__name", "member_id")


def sizes(communities: Iterable[int]) -> dict[int, int]:
    """By community (key), how many belong to it now, can sign in and do not steer it. One query."""
    rows = _signing_in().filter(community__in=list(communities)).exclude(role__in=STEERING)
    return dict(rows.order_by().values_list("community").annotate(Count("pk")))


def joined_since(community: Community, since: dt.datetime) -> QuerySet[Membership, int]:
    """The members who joined since then and can sign in, by id."""
    return _signing_in().filter(community=community, joined_at__gte=since).values_list("member", flat=True)


def places_of(members: Iterable[int]) -> list[tuple[int, int]]:
    """(community, member) of all their memberships, those that ended too. One query."""
    rows = Membership.objects.filter(member__in=list(members))
    return list(rows.order_by().values_list("community", "member"))


def claims(ids: Iterable[int]) -> QuerySet[Claim]:
    """Those of these claims that wait for a decision."""
    return Claim.objects.filter(pk__in=list(ids), state=ClaimState.OPEN).select_related(
        "claimant", "imported"
    )


def open_claims_in(communities: Iterable[Community]) -> QuerySet[Claim]:
    """Claims that wait for a decision there, the oldest first."""
    return (
        Claim.objects.filter(community__in=list(communities), state=ClaimState.OPEN)
        .select_related("claimant", "imported")
        .order_by("asked_at")
    )
