"""Joining, accepting the charter, leaving; roles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from passeur.foundation import audit, live
from passeur.foundation import events as bus
from passeur.foundation.policies import require

from .. import events, policies, queries
from ..choices import Act, Role
from ..errors import CharterChanged, LastManager
from ..models import Community, Membership

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def join(*, community: Community, member: Member, charter_version: int | None) -> Membership:
    """Become a member of an open community, by accepting the charter that was read."""
    require(policies.can_join(member, community))
    with transaction.atomic():
        return enter(community=community, member=member, charter_version=charter_version)


def enter(
    *, community: Community, member: Member, charter_version: int | None, role: Role = Role.MEMBER
) -> Membership:
    """Make somebody a current member, for the first time or again. The caller has checked that they may."""
    _require_in_force(community, charter_version)
    found = Membership.objects.select_for_update().filter(community=community, member=member).first()
    if found is None:
        membership = Membership.objects.create(
            community=community, member=member, role=role, charter_version=charter_version
        )
    else:
        membership = found
        if not membership.is_current:
            membership.joined_at, membership.left_at, membership.left_by = timezone.now(), None, None
            membership.role = role
        elif role != Role.MEMBER:
            membership.role = role
        membership.charter_version = charter_version
        membership.save()
    policies.forget_standings()
    bus.publish(events.MemberJoined(community=community.pk, member=member.pk, returned=found is not None))
    return membership


def accept_charter(*, community: Community, member: Member, charter_version: int) -> None:
    """Accept the version in force, and be able to write again."""
    require(policies.is_member(member, community))
    _require_in_force(community, charter_version)
    Membership.objects.filter(community=community, member=member).update(charter_version=charter_version)
    policies.forget_standings()


def leave(*, community: Community, member: Member) -> None:
    """Leave; what one wrote stays."""
    require(policies.can_leave(member, community))
    with transaction.atomic():
        _end(_held(community, member), by=member)


def remove_member(*, community: Community, member: Member, by: Member) -> None:
    """End somebody's membership; what they wrote stays."""
    require(policies.can_remove(by, community, member))
    with transaction.atomic():
        _end(_held(community, member), by=by)


def change_role(*, community: Community, member: Member, role: Role, by: Member) -> None:
    """Give a current member another role; one LCM always stays."""
    require(policies.can_give_role(by, community, member))
    with transaction.atomic():
        membership = _held(community, member)
        if membership.role == role:
            return
        _keep_a_manager(membership)
        before, membership.role = membership.role, role
        membership.save(update_fields=["role"])
        audit.record(
            Act.ROLE, by=by.pk, member=member.pk, community=community.pk, before=before, role=str(role)
        )
        policies.forget_standings()
        bus.publish(events.RoleChanged(community=community.pk, member=member.pk, role=role, by=by.pk))
        live.rights_changed(member.pk)


def provide_memberships(*, community: Community, joined: Mapping[int, dt.datetime]) -> None:
    """Imported members belong to the community they wrote in, by key since when. Called by imports only."""
    Membership.objects.bulk_create(
        [Membership(community=community, member_id=key, joined_at=since) for key, since in joined.items()],
        ignore_conflicts=True,
        batch_size=1000,
    )
    policies.forget_standings()


def _held(community: Community, member: Member) -> Membership:
    """The current membership; the community stays locked, so that two managers cannot both step back."""
    Community.objects.select_for_update().get(pk=community.pk)
    membership = Membership.objects.filter(community=community, member=member, left_at=None).first()
    if membership is None:
        raise PermissionDenied
    return membership


def _end(membership: Membership, *, by: Member) -> None:
    _keep_a_manager(membership)
    membership.left_at, membership.left_by = timezone.now(), by
    membership.save(update_fields=["left_at", "left_by"])
    policies.forget_standings()
    if by.pk != membership.member_id:
        audit.record(
            Act.REMOVED,
            by=by.pk,
            member=membership.member_id,
            community=membership.community_id,
            role=membership.role,
        )
    bus.publish(events.MemberLeft(community=membership.community_id, member=membership.member_id, by=by.pk))
    live.rights_changed(membership.member_id)


def _keep_a_manager(membership: Membership) -> None:
    if membership.role != Role.LCM:
        return
    others = Membership.objects.filter(
        community_id=membership.community_id, role=Role.LCM, left_at=None, member__is_active=True
    ).exclude(pk=membership.pk)
    if not others.exists():
        raise LastManager


def _require_in_force(community: Community, version: int | None) -> None:
    charter = queries.current_charter(community)
    if (charter.version if charter else None) != version:
        raise CharterChanged
