"""The gestures that stand, and those of today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone

from passeur.communities.queries.scopes import animating

from .. import policies
from ..choices import Outcome
from ..cues import Cue, anchor
from ..models import Step

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community


def standing(named: Iterable[tuple[int, str]]) -> dict[tuple[int, str], Step]:
    """By (community, subject), the gesture that stands on it. One query."""
    wanted = set(named)
    if not wanted:
        return {}
    rows = Step.objects.filter(
        community__in={community for community, _ in wanted},
        subject__in={subject for _, subject in wanted},
        undone_at=None,
        ended_at=None,
    )
    return {(step.community_id, step.subject): step for step in rows.select_related("by", "to")}


def standing_on_key(community: Community, key: str, now: dt.datetime) -> Step | None:
    """The gesture made on the cue of that key, if it stands and its time has not passed."""
    rows = Step.objects.filter(community=community, key=key, undone_at=None, ended_at=None, until__gt=now)
    return rows.select_related("by").first()


def keeps_away(step: Step, cue: Cue) -> bool:
    """Whether a gesture on its subject keeps this cue away, as long as its time lasts: unless the reason is
    newer. Answering a newcomer also answers the plain question that was under it; that the person asked
    since then says no is news.
    """
    return step.key == cue.key or cue.since <= step.at


def rests(step: Step, cue: Cue, now: dt.datetime) -> bool:
    """Whether a gesture keeps this cue away now."""
    return step.until > now and keeps_away(step, cue)


def midnight(now: dt.datetime) -> dt.datetime:
    """When the day began, on the reader's clock."""
    return timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)


def done_today(communities: Iterable[Community], now: dt.datetime) -> QuerySet[Step]:
    """All gestures since midnight, on the reader's clock, that were not undone, newest first."""
    return Step.objects.filter(
        community__in=list(communities), at__gte=midnight(now), undone_at=None
    ).select_related("by", "to", "community", "conversation")


def done_between(community: Community, since: dt.datetime, until: dt.datetime) -> int:
    """How many gestures, not undone, answered a cue from `since` on and before `until`. Never whose."""
    rows = Step.objects.filter(community=community, at__gte=since, at__lt=until, undone_at=None)
    return rows.filter(outcome=Outcome.DONE).count()


def step_by_id(manager: Member, pk: int) -> Step | None:
    """One gesture in a community that `manager` animates."""
    return Step.objects.filter(policies.visible_to(manager), pk=pk).select_related("community").first()


def managers_of(communities: Iterable[Community], *, leave_out: Member) -> dict[int, list[Member]]:
    """By community, the other managers whom a cue can be handed to."""
    found: dict[int, list[Member]] = {}
    for row in animating([community.pk for community in communities], but=leave_out.pk):
        found.setdefault(row.community_id, []).append(row.member)
    return found


def taken(communities: Iterable[int]) -> dict[str, Step]:
    """By the id of its line, the last gesture on each cue of these communities (keys) in a day."""
    since = timezone.now() - dt.timedelta(days=1)
    rows = Step.objects.filter(community__in=list(communities), at__gte=since, undone_at=None)
    return {
        anchor(step.community_id, step.key): step for step in rows.select_related("by").order_by("at", "pk")
    }
