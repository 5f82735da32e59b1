"""Who belongs where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from passeur.foundation.folded import Folded
from passeur.foundation.prepared import Asked, prepared
from passeur.foundation.text import fold_name

from .. import policies
from ..models import Community, Membership

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def people() -> QuerySet[Member]:
    """Members as a set of people, by name."""
    return get_user_model()._default_manager.order_by(Folded("name"), "pk")


def members(community: Community, *, with_account: bool = False) -> QuerySet[Member]:
    """Who belongs to it now, by name; merged, erased and machine members are not people here."""
    found = people().filter(
        memberships__community=community,
        memberships__left_at=None,
        merged_into=None,
        erased_at=None,
        is_machine=False,
    )
    return found.exclude(email=None).filter(is_active=True) if with_account else found


def former_members(community: Community) -> QuerySet[Member]:
    """Who belonged to it once, by name."""
    return people().filter(memberships__community=community, memberships__left_at__isnull=False)


def every_membership() -> QuerySet[Membership]:
    """All that there are and were, also those that ended."""
    return Membership.objects.all()


def memberships(
    community: Community, *, imported: bool | None = None, name: str = ""
) -> QuerySet[Membership]:
    """Those of now, by the name of the member; `imported` keeps only, or leaves out, who has no account."""
    found = (
        Membership.objects.filter(
            community=community, left_at=None, member__merged_into=None, member__erased_at=None
        )
        .select_related("member")
        .annotate(folded=Folded("member__name"))
        .order_by("folded", "pk")
    )
    if imported is not None:
        found = found.filter(member__email__isnull=imported, member__is_machine=False)
    if folded := fold_name(name):
        found = found.filter(folded__contains=folded)
    return found


def memberships_of(member: Member) -> QuerySet[Membership]:
    """Where `member` belongs now, by the name of the community."""
    return (
        Membership.objects.filter(member=member, left_at=None)
        .select_related("community")
        .order_by(Folded("community__name"), "pk")
    )


def left_by(member: Member) -> set[int]:
    """The keys of communities that `member` left, or was taken out of. One query."""
    return set(_left(member=member.pk))


@prepared
def _left(member: Asked) -> QuerySet[Membership, int]:
    ended = Membership.objects.filter(member=member, left_at__isnull=False)
    return ended.values_list("community_id", flat=True)


def common_communities(viewer: Member, member: Member) -> QuerySet[Community]:
    """Where both belong now; for oneself, where one belongs."""
    return Community.objects.filter(
        Q(pk__in=policies.standings(viewer)),
        Q(memberships__member=member, memberships__left_at=None),
    ).order_by(Folded("name"), "pk")
