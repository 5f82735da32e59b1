"""Who may do what in a community. The filter of lists and the answer for one thing stand side by side.

Administrators run the installation; they read a private community only if they belong to it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import OuterRef, Q, QuerySet, Subquery

from passeur.accounts import policies as accounts
from passeur.foundation import memo
from passeur.foundation.folded import Folded
from passeur.foundation.prepared import Asked, planned_once

from .choices import Entry, Role
from .models import Charter, Claim, Community, Membership

if TYPE_CHECKING:
    from passeur.accounts.models import Member

STEERING = (Role.LCM, Role.TRAINING_MANAGER)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a current member is in one community."""

    role: Role
    accepted: int
    in_force: int

    @property
    def has_accepted_the_charter(self) -> bool:
        return self.accepted >= self.in_force


@planned_once
def _belonging(member: Asked) -> QuerySet[Membership]:
    in_force = Charter.objects.filter(community=OuterRef("community")).order_by("-version").values("version")
    rows = Membership.objects.filter(member=member, left_at=None).select_related("community")
    return rows.annotate(in_force=Subquery(in_force[:1])).order_by(Folded("community__name"), "pk")


def belonging(member: Member) -> list[Membership]:
    """Where `member` belongs now, by the name of the community, which comes along. One query a request."""
    if not member.is_authenticated or not member.is_active:
        return []
    return memo.once(("communities.standings", "rows", member.pk), lambda: _belonging(member=member.pk))


def standings(member: Member) -> dict[int, Standing]:
    """By community, for each one that `member` belongs to now. The query of `belonging`."""

    def read() -> dict[int, Standing]:
        return {
            row.community_id: Standing(Role(row.role), row.charter_version or 0, vars(row)["in_force"] or 0)
            for row in belonging(member)
        }

    return memo.once(("communities.standings", member.pk), read)


def forget_standings() -> None:
    """Memberships, charters or entries changed: what this request knew of them no longer holds."""
    memo.forget("communities.standings")
    memo.forget("communities.visible")


def member_role(member: Member, community: Community) -> Role | None:
    """The role of a current member; None for everybody else."""
    standing = standings(member).get(community.pk)
    return standing.role if standing else None


def visible_to(member: Member, prefix: str = "") -> Q:
    """The communities that `member` may read; `prefix` is the way to them (`"community__"`)."""
    if not member.is_authenticated or not member.is_active:
        return Q(**{f"{prefix}pk__in": []})
    return open_or_of(member.pk, prefix)


def open_or_of(member: Asked, prefix: str = "") -> Q:
    """The same, of the key of a member who can read, for queries that are prepared."""
    mine = Membership.objects.filter(member_id=member, left_at=None).values("community_id")
    return Q(**{f"{prefix}entry": Entry.OPEN}) | Q(**{f"{prefix}pk__in": mine})


@planned_once
def _visible(member: Asked) -> QuerySet[Community, int]:
    return Community.objects.filter(open_or_of(member)).order_by("pk").values_list("pk", flat=True)


def visible_keys(member: Member) -> list[int]:
    """The keys of the communities that `member` may read. One query, once in a request.

    A list of what lies in communities is narrowed by them: given keys, the server sees how few or how many
    communities they are, and reads a long list by its order or by its community, whichever is shorter.
    """
    if not member.is_authenticated or not member.is_active:
        return []
    return memo.once(("communities.visible", member.pk), lambda: _visible(member=member.pk))


def can_see(member: Member, community: Community) -> bool:
    if not member.is_authenticated or not member.is_active:
        return False
    return community.entry == Entry.OPEN or is_member(member, community)


def readers(community: Community, among: Collection[int]) -> set[int]:
    """Which of these members (keys) can see it: `can_see`, asked of all of them at once."""
    active = get_user_model()._default_manager.filter(pk__in=among, is_active=True)
    if community.entry != Entry.OPEN:
        active = active.filter(memberships__community=community, memberships__left_at=None)
    return set(active.values_list("pk", flat=True))


def managers(community: Community, among: Collection[int]) -> set[int]:
    """Which of these members (keys) may change it: `can_manage`, asked of all of them at once."""
    if community.is_archived:
        return set()
    leading = Membership.objects.filter(
        community=community, member_id__in=among, left_at=None, role=Role.LCM, member__is_active=True
    )
    return set(leading.values_list("member_id", flat=True))


def is_member(member: Member, community: Community) -> bool:
    return community.pk in standings(member)


def can_join(member: Member, community: Community) -> bool:
    """Without an invitation: open communities only."""
    return (
        can_see(member, community)
        and community.entry == Entry.OPEN
        and not community.is_archived
        and not is_member(member, community)
    )


def can_leave(member: Member, community: Community) -> bool:
    return is_member(member, community)


def can_name(member: Member, community: Community) -> bool:
    """Be offered its people by name while writing: its members, while something can be written there."""
    return is_member(member, community) and not community.is_archived


def nameable_in(community: Community) -> Q:
    """Those whom a text or a form of that community may name: its members of now who can be told of it."""
    here = Membership.objects.filter(community=community, left_at=None).values("member_id")
    return Q(
        pk__in=here, is_active=True, is_machine=False, email__isnull=False, merged_into=None, erased_at=None
    )


def must_accept_charter(member: Member, community: Community) -> bool:
    """Belongs here, but has not accepted the version in force: may read, is asked before writing."""
    standing = standings(member).get(community.pk)
    return standing is not None and not standing.has_accepted_the_charter


def can_contribute(member: Member, community: Community) -> bool:
    """Write anything here: a current member, the charter in force accepted, nothing archived."""
    standing = standings(member).get(community.pk)
    return standing is not None and standing.has_accepted_the_charter and not community.is_archived


def leads(member: Member, community: Community) -> bool:
    """Is the LCM here, archived or not."""
    return member_role(member, community) == Role.LCM


def can_manage(member: Member, community: Community) -> bool:
    """Change the community itself: its LCM, and only while it is not archived."""
    return leads(member, community) and not community.is_archived


def can_steer(member: Member, community: Community) -> bool:
    """See the needs of the community as a whole: its LCM and its training manager."""
    return member_role(member, community) in STEERING


def can_create(member: Member) -> bool:
    """Found a community: administrators, and whoever already animates one."""
    if not member.is_authenticated or not member.is_active:
        return False
    return member.is_administrator or any(s.role == Role.LCM for s in standings(member).values())


def can_archive(member: Member, community: Community) -> bool:
    """Its LCM, and administrators, who read nothing there by it."""
    return not community.is_archived and (leads(member, community) or accounts.administers(member))


def can_unarchive(member: Member, community: Community) -> bool:
    return community.is_archived and (leads(member, community) or accounts.administers(member))


def can_give_role(by: Member, community: Community, member: Member) -> bool:
    """Its LCM; and administrators, but never to themselves: no role of the installation opens a community."""
    if can_manage(by, community):
        return True
    return accounts.administers(by) and by.pk != member.pk and not community.is_archived


def can_remove(by: Member, community: Community, member: Member) -> bool:
    """The same people as for roles."""
    return can_give_role(by, community, member)


def can_invite(by: Member, community: Community, address: str) -> bool:
    """Its LCM; and administrators, but never their own address."""
    if can_manage(by, community):
        return True
    return accounts.administers(by) and by.email != address and not community.is_archived


def managed_by(member: Member, prefix: str = "") -> Q:
    """The communities that `member` is the LCM of, archived ones too."""
    mine = Membership.objects.filter(member_id=member.pk, left_at=None, role=Role.LCM).values("community_id")
    if not member.is_authenticated or not member.is_active:
        return Q(**{f"{prefix}pk__in": []})
    return Q(**{f"{prefix}pk__in": mine})


def can_claim(member: Member, imported: Member, community: Community) -> bool:
    """Say that an imported member of one's own community is oneself."""
    return (
        imported.is_imported
        and imported.merged_into_id is None
        and is_member(member, community)
        and not community.is_archived
        and Membership.objects.filter(member=imported, community=community).exists()
    )


def can_decide_claim(member: Member, claim: Claim) -> bool:
    """The LCM decides, but not about their own claim unless they are the only one there."""
    return can_manage(member, claim.community)


def people_known_to(viewer: Member) -> Q:
    """Members whose profile `viewer` may read: they are or were in a community that `viewer` may read.

    Somebody who left a community stays the author of what they wrote there.
    """
    shared = Membership.objects.filter(community__in=visible_keys(viewer)).values("member_id")
    return Q(pk__in=shared)
