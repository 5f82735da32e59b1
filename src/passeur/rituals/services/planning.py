"""Making, changing, pausing and ending a ritual, and planning its next times."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from passeur.communities.queries import scopes
from passeur.foundation.policies import require

from .. import errors, policies
from ..choices import State
from ..models import Occurrence, Ritual
from ..queries.calendar import days_of, instant

if TYPE_CHECKING:
    from passeur.accounts.models import Member

AHEAD = dt.timedelta(days=35)
"""How far is planned: once at least of what comes every month."""


def save(*, ritual: Ritual, by: Member) -> Ritual:
    """Keep a new or a changed ritual; what was planned and has not come yet is planned anew."""
    require(policies.can_plan(by, ritual.community))
    if ritual.ended_at is not None:
        raise errors.Ended
    named = {pk for pk in (ritual.owner_id, ritual.substitute_id) if pk is not None}
    there = scopes.belonging((ritual.community_id, pk) for pk in named)
    if ritual.owner_id is None or len(there) < len(named) or ritual.owner_id == ritual.substitute_id:
        raise errors.NotAMember
    with transaction.atomic():
        if ritual._state.adding:
            ritual.since = max(ritual.starts_on, today(ritual))
        ritual.save()
        _clear(ritual)
        plan_one(ritual)
    return ritual


def pause(*, ritual: Ritual, by: Member) -> None:
    """Nothing comes until it resumes."""
    require(policies.can_plan(by, ritual.community))
    with transaction.atomic():
        Ritual.objects.filter(pk=ritual.pk, paused_at=None).update(paused_at=timezone.now())
        _clear(ritual)


def resume(*, ritual: Ritual, by: Member) -> None:
    """It comes again from today on; what fell in the pause did not have to happen."""
    require(policies.can_plan(by, ritual.community))
    with transaction.atomic():
        kept = Ritual.objects.select_for_update(of=("self",)).select_related("community").get(pk=ritual.pk)
        if kept.paused_at is None or kept.ended_at is not None:
            return
        kept.paused_at, kept.since = None, today(kept)
        kept.save(update_fields=["paused_at", "since"])
        plan_one(kept)


def end(*, ritual: Ritual, by: Member) -> None:
    """It does not come back; what was stays."""
    require(policies.can_plan(by, ritual.community))
    with transaction.atomic():
        Ritual.objects.filter(pk=ritual.pk, ended_at=None).update(ended_at=timezone.now())
        _clear(ritual)


def plan_all() -> None:
    """The next times of every ritual. After a stop, those that fell into it too: they were missed."""
    for ritual in Ritual.objects.filter(
        paused_at=None, ended_at=None, community__archived_at=None
    ).select_related("community"):
        plan_one(ritual, catch_up=True)


def plan_one(ritual: Ritual, *, catch_up: bool = False) -> None:
    """Write what is not there yet; a day is planned once, whoever asks, however often.

    With `catch_up` also those whose hour has passed; without, the ritual was made, changed or resumed now,
    and nothing before was due.
    """
    if not ritual.is_live:
        return
    last = ritual.occurrences.order_by("-day").values_list("day", flat=True).first()
    start = max(ritual.since, last + dt.timedelta(days=1)) if last else ritual.since
    zone = ritual.community.time_zone
    now = timezone.now()
    planned = [
        (day, instant(day, ritual.hour, zone)) for day in days_of(ritual, start, today(ritual) + AHEAD)
    ]
    Occurrence.objects.bulk_create(
        [Occurrence(ritual=ritual, day=day, at=at) for day, at in planned if catch_up or at > now],
        ignore_conflicts=True,
    )


def today(ritual: Ritual) -> dt.date:
    """The date on the community's wall."""
    return timezone.now().astimezone(ZoneInfo(ritual.community.time_zone)).date()


def _clear(ritual: Ritual) -> None:
    ritual.occurrences.filter(state=State.PLANNED, at__gt=timezone.now()).delete()
