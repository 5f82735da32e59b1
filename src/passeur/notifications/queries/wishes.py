"""What a person chose: by which way, at which hours."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings

from passeur.communities.queries.quiet_hours import QuietHours

from ..choices import LetterState, Sort, Way
from ..models import Choice, Letter, Wishes
from ..protocols import kinds
from .quiet import OwnQuietHours, midnight_before

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def wishes_of(member: Member) -> Wishes:
    """Their row, or the defaults, unsaved."""
    return Wishes.objects.filter(member=member).first() or Wishes(member=member)


def ways(member: Member) -> dict[str, Way]:
    """By kind, how this person is told of it now. One query."""
    chosen = dict(Choice.objects.filter(member=member).values_list("kind", "way"))
    return {kind.slug: Way(chosen.get(kind.slug, kind.default)) for kind in kinds()}


def zone_of(member: Member) -> ZoneInfo:
    """The zone of the person's clock; that of this Passeur where theirs is not known any more."""
    try:
        return ZoneInfo(member.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(settings.TIME_ZONE)


def quiet_hours_of(member: Member, wishes: Wishes) -> OwnQuietHours:
    """When no mail leaves for this person."""
    nightly = QuietHours(wishes.quiet_from, wishes.quiet_until, zone_of(member).key)
    return OwnQuietHours(nightly, wishes.quiet_weekend)


def letters_today(member: Member, now: dt.datetime) -> int:
    """Mails of notices that left, or are leaving, since midnight on the person's clock."""
    return Letter.objects.filter(
        member=member,
        sort=Sort.NOTICES,
        state__in=[LetterState.WAITING, LetterState.SENT, LetterState.RETURNED],
        made_at__gte=midnight_before(now, zone_of(member)),
    ).count()
