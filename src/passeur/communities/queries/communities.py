"""Communities, their charters, and the clock of their goal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from passeur.foundation.folded import Folded
from passeur.foundation.prepared import Asked, prepared

from .. import policies
from ..choices import Role
from ..models import Charter, Community
from .members import people
from .quiet_hours import QuietHours

if TYPE_CHECKING:
    from passeur.accounts.models import Member

REMEMBERED = "community"
"""The place of the session where the community last visited is kept, by its key."""


def visible_communities(member: Member) -> QuerySet[Community]:
    """Those that `member` may read, by name, archived ones too."""
    return Community.objects.filter(policies.visible_to(member)).order_by(Folded("name"), "pk")


@dataclass(frozen=True, slots=True)
class Named:
    """A community to choose from."""

    slug: str
    name: str


@prepared
def visible_by_name(member: Asked) -> QuerySet[Community, Any]:
    """The same of the key of a member who can read, as rows of `Named`."""
    rows = Community.objects.filter(policies.open_or_of(member))
    return rows.order_by(Folded("name"), "pk").values("slug", "name")


def managed_by(member: Member, *, archived: bool = False) -> QuerySet[Community]:
    """Those that `member` is the LCM of; archived ones only when asked."""
    managed = Community.objects.filter(policies.managed_by(member)).order_by(Folded("name"), "pk")
    return managed if archived else managed.filter(archived_at=None)


def led_by(member: Member) -> list[Community]:
    """The same that are not archived, as a list: of what a request knows of its member, without a query."""
    mine = policies.belonging(member)
    return [row.community for row in mine if row.role == Role.LCM and not row.community.is_archived]


def by_slug(member: Member, slug: str) -> Community | None:
    """The community of that address, unless `member` may not read it."""
    if not member.is_authenticated or not member.is_active:
        return None
    return next(iter(_by_slug(member=member.pk, slug=slug)), None)


@prepared
def _by_slug(member: Asked, slug: Asked) -> QuerySet[Community]:
    return Community.objects.filter(policies.open_or_of(member), slug=slug)


def current_community(member: Member, session: Mapping[str, Any]) -> Community | None:
    """The one that `member` visited last, else the first of theirs by name, else none."""
    mine = [membership.community for membership in policies.belonging(member)]
    remembered = session.get(REMEMBERED)
    if remembered is not None:
        found = next((one for one in mine if one.pk == remembered), None)
        found = found or visible_communities(member).filter(pk=remembered).first()
        if found is not None:
            return found
    return next((one for one in mine if not one.is_archived), None) or next(iter(mine), None)


def current_charter(community: Community) -> Charter | None:
    """The version in force, if the community has a charter."""
    return community.charters.order_by("-version").first()


def charter_history(community: Community) -> QuerySet[Charter]:
    """All versions, the newest first."""
    return community.charters.select_related("published_by").order_by("-version")


def animators(community: Community) -> QuerySet[Member]:
    """Who is the LCM here, by name."""
    return people().filter(
        memberships__community=community, memberships__left_at=None, memberships__role=Role.LCM
    )


def quiet_hours(community: Community) -> QuietHours:
    return QuietHours(community.quiet_from, community.quiet_until, community.time_zone)


def business_seconds(community: Community, start: dt.datetime, end: dt.datetime) -> float:
    """Seconds from `start` to `end` outside the community's quiet hours."""
    return quiet_hours(community).open_between(start, end).total_seconds()


def goal_deadline(community: Community, asked_at: dt.datetime) -> dt.datetime:
    """When a first reply is due to what was asked then."""
    return quiet_hours(community).after(asked_at, dt.timedelta(hours=community.first_reply_goal))
