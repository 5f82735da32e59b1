"""Founding a community, changing it, giving it a charter, archiving it."""

from __future__ import annotations

import datetime as dt
from collections.abc import MutableMapping
from itertools import count
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from passeur.foundation import audit, memo
from passeur.foundation import events as bus
from passeur.foundation.policies import require
from passeur.foundation.text import fold

from .. import events, policies
from ..choices import Act, Entry, Role
from ..models import Charter, Community, Membership
from ..queries.communities import REMEMBERED

if TYPE_CHECKING:
    from passeur.accounts.models import Member

RESERVED = {"new", "invitations"}
"""Words that are addresses of their own beside communities."""


def create_community(
    *,
    name: str,
    purpose: str,
    by: Member,
    charter: str = "",
    entry: str = Entry.OPEN,
    language: str = "fr",
    time_zone: str = "Europe/Paris",
    first_reply_goal: int = 24,
    verified_for: int = 365,
    quiet_from: dt.time = dt.time(19),
    quiet_until: dt.time = dt.time(8),
) -> Community:
    """Found a community; whoever founds it is its first LCM."""
    require(policies.can_create(by))
    with transaction.atomic():
        community = Community.objects.create(
            slug=_free_slug(name),
            name=name,
            purpose=purpose,
            entry=entry,
            language=language,
            time_zone=time_zone,
            first_reply_goal=first_reply_goal,
            verified_for=verified_for,
            quiet_from=quiet_from,
            quiet_until=quiet_until,
        )
        version = _write_charter(community, charter, by) if charter.strip() else None
        Membership.objects.create(community=community, member=by, role=Role.LCM, charter_version=version)
        policies.forget_standings()
        audit.record(Act.CREATED, by=by.pk, community=community.pk)
        bus.publish(events.CommunityCreated(community=community.pk, by=by.pk))
        bus.publish(events.MemberJoined(community=community.pk, member=by.pk))
    return community


def update_community(
    *,
    community: Community,
    name: str,
    purpose: str,
    entry: str,
    language: str,
    time_zone: str,
    first_reply_goal: int,
    verified_for: int,
    quiet_from: dt.time,
    quiet_until: dt.time,
    by: Member,
) -> None:
    """Change what a community says of itself; its address stays."""
    require(policies.can_manage(by, community))
    with transaction.atomic():
        held = Community.objects.select_for_update().get(pk=community.pk)
        before = _clock(held)
        community.name, community.purpose, community.entry = name, purpose, entry
        community.language, community.time_zone = language, time_zone
        community.first_reply_goal, community.verified_for = first_reply_goal, verified_for
        community.quiet_from, community.quiet_until = quiet_from, quiet_until
        community.save()
        if changed := _changed(held, community):
            audit.record(Act.CHANGED, by=by.pk, community=community.pk, fields=changed)
        policies.forget_standings()
        if _clock(community) != before:
            bus.publish(events.GoalChanged(community=community.pk))
        if community.verified_for != held.verified_for:
            bus.publish(events.IntervalChanged(community=community.pk))


def _clock(community: Community) -> tuple[int, dt.time, dt.time, str]:
    """What decides when a first reply is due."""
    return community.first_reply_goal, community.quiet_from, community.quiet_until, community.time_zone


def _changed(before: Community, now: Community) -> list[str]:
    """The names of the fields that are another."""
    names = [field.attname for field in Community._meta.concrete_fields]
    return [name for name in names if getattr(before, name) != getattr(now, name)]


def publish_charter(*, community: Community, text: str, by: Member) -> Charter:
    """Put a new version in force. Its author accepts it so; the others are asked before they write."""
    require(policies.can_manage(by, community))
    with transaction.atomic():
        Community.objects.select_for_update().get(pk=community.pk)
        version = _write_charter(community, text, by)
        Membership.objects.filter(community=community, member=by).update(charter_version=version)
        policies.forget_standings()
        audit.record(Act.CHARTER, by=by.pk, community=community.pk, version=version)
        bus.publish(events.CharterPublished(community=community.pk, version=version, by=by.pk))
    return Charter.objects.get(community=community, version=version)


def archive(*, community: Community, by: Member) -> None:
    """Close a community for writing; it stays readable by those who could read it."""
    require(policies.can_archive(by, community))
    with transaction.atomic():
        community.archived_at = timezone.now()
        community.save(update_fields=["archived_at"])
        audit.record(Act.ARCHIVED, by=by.pk, community=community.pk)
        bus.publish(events.CommunityArchived(community=community.pk, by=by.pk))


def unarchive(*, community: Community, by: Member) -> None:
    """Open it again."""
    require(policies.can_unarchive(by, community))
    with transaction.atomic():
        community.archived_at = None
        community.save(update_fields=["archived_at"])
        audit.record(Act.REOPENED, by=by.pk, community=community.pk)
        bus.publish(events.CommunityReopened(community=community.pk, by=by.pk))


def remember(session: MutableMapping[str, Any], community: Community) -> None:
    """Make it the one that the pages without a community of their own speak of."""
    if session.get(REMEMBERED) != community.pk:
        session[REMEMBERED] = community.pk
        memo.forget("communities.here")


def _free_slug(name: str) -> str:
    stem = slugify(fold(name))[:70].strip("-") or "communaute"
    taken = RESERVED | set(Community.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for n in count(1) if (slug := stem if n == 1 else f"{stem}-{n}") not in taken)


def _write_charter(community: Community, text: str, by: Member) -> int:
    newest = community.charters.order_by("-version").values_list("version", flat=True).first() or 0
    Charter.objects.create(community=community, version=newest + 1, text=text.strip(), published_by=by)
    return newest + 1
