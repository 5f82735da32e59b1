"""What whoever runs the installation sees of communities: names, states, roles; nothing written there.

The room that asks holds the policy: administrators only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Count, Q, QuerySet

from passeur.foundation.folded import Folded

from ..choices import Role
from ..models import Community, Invitation, Membership


def places() -> QuerySet[Community]:
    """All communities by name, archived ones too."""
    return Community.objects.annotate(folded=Folded("name")).order_by("folded", "pk")


def sizes_of(communities: Collection[int]) -> dict[int, int]:
    """By community, the people who belong to it now, if there are any. One query."""
    belonging = Membership.objects.filter(
        community__in=communities,
        left_at=None,
        member__merged_into=None,
        member__erased_at=None,
        member__is_machine=False,
    )
    return dict(belonging.order_by().values_list("community").annotate(total=Count("pk")))


def spelt(words: Collection[str]) -> QuerySet[Community]:
    """Whose identifier, or folded name, is one of these words; by key."""
    found = Community.objects.annotate(folded=Folded("name"))
    return found.filter(Q(slug__in=words) | Q(folded__in=words)).order_by("pk")


def managers_of(communities: Collection[int]) -> dict[int, list[Membership]]:
    """By community, the LCMs who can sign in, by name. One query."""
    found: dict[int, list[Membership]] = defaultdict(list)
    for row in _leading().filter(community__in=communities):
        found[row.community_id].append(row)
    return found


def without_manager() -> Q:
    """Communities that nobody animates, who can sign in; archived ones need nobody."""
    return Q(archived_at=None) & ~Q(pk__in=_leading().order_by().values("community_id"))


def role_holders(*, role: str = "") -> QuerySet[Membership]:
    """Current memberships with a role of their own, or with that role: by community, then by name."""
    found = (
        _belonging()
        .annotate(place=Folded("community__name"), folded=Folded("member__name"))
        .order_by("place", "folded", "pk")
    )
    return found.filter(role=role) if role else found.exclude(role=Role.MEMBER)


def everybody_in(community: Community, *, role: str = "") -> QuerySet[Membership]:
    """Current memberships of one community, by name."""
    found = _belonging().filter(community=community)
    return found.filter(role=role) if role else found


def role_in(member: int, community: int) -> str | None:
    """The role that a current member has, by keys."""
    found = Membership.objects.filter(member=member, community=community, left_at=None)
    return found.values_list("role", flat=True).first()


def waiting_invitations(*, words: str = "") -> QuerySet[Invitation]:
    """Those nobody has accepted, ended ones too, by address; `words` begin the address."""
    found = (
        Invitation.objects.filter(accepted_at=None)
        .select_related("community", "invited_by")
        .order_by("email", "pk")
    )
    return found.filter(email__startswith=words) if words else found


def invitations_to(address: str) -> QuerySet[Invitation]:
    """Those of one address that wait."""
    return waiting_invitations().filter(email=address)


def roles_at(addresses: Collection[str]) -> dict[tuple[str, int], str]:
    """The role of current members, by address (small letters) and community. One query."""
    found = Membership.objects.filter(left_at=None, member__email__in=addresses)
    return {
        (str(address), community): role
        for address, community, role in found.values_list("member__email", "community_id", "role")
    }


def invitations_at(addresses: Collection[str]) -> dict[tuple[str, int], bool]:
    """By address and community, whether the invitation that waits still lets in. One query."""
    found = Invitation.objects.filter(accepted_at=None, email__in=addresses)
    return {(one.email, one.community_id): one.is_open for one in found}


def addresses_of(invitations: Collection[int]) -> dict[int, str]:
    """Which address was invited, by the key of the invitation, while it is there. One query."""
    return dict(Invitation.objects.filter(pk__in=invitations).values_list("pk", "email"))


def names_of(keys: Collection[int]) -> dict[int, str]:
    """The names of communities, by key. One query."""
    return dict(Community.objects.filter(pk__in=keys).values_list("pk", "name"))


def _belonging() -> QuerySet[Membership]:
    return (
        Membership.objects.filter(
            left_at=None, member__merged_into=None, member__erased_at=None, member__is_machine=False
        )
        .select_related("member", "community")
        .annotate(folded=Folded("member__name"))
        .order_by("folded", "pk")
    )


def _leading() -> QuerySet[Membership]:
    return (
        Membership.objects.filter(left_at=None, role=Role.LCM, member__is_active=True)
        .exclude(member__email=None)
        .select_related("member")
        .annotate(folded=Folded("member__name"))
        .order_by("folded", "pk")
    )
