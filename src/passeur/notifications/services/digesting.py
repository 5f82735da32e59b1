"""Digests: when the next one is, and a letter for each whose time has come."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction

from passeur.accounts import policies as accounts

from ..choices import LetterState, Rhythm, Sort
from ..models import Letter, Wishes
from ..queries.quiet import next_open
from ..queries.wishes import quiet_hours_of, zone_of
from .claiming import AT_ONCE, hold

if TYPE_CHECKING:
    from passeur.accounts.models import Member

MONDAY = 0


def next_digest(member: Member, wishes: Wishes, after: dt.datetime) -> dt.datetime | None:
    """The first moment after `after` at which a digest may leave: quiet hours end, on a day chosen."""
    if wishes.rhythm == Rhythm.NEVER:
        return None
    zone = zone_of(member)
    day = after.astimezone(zone).date()
    while True:
        morning = dt.datetime.combine(day, wishes.quiet_until, tzinfo=zone).astimezone(dt.UTC)
        if morning > after and (wishes.rhythm == Rhythm.DAILY or day.weekday() == MONDAY):
            return next_open(quiet_hours_of(member, wishes), morning)
        day += dt.timedelta(days=1)


def claim_due(now: dt.datetime) -> None:
    """A letter for each person whose digest is due. What it says is found when it leaves."""
    due = Wishes.objects.filter(digest_at__lte=now).order_by("digest_at", "pk").values_list("pk", flat=True)
    for pk in due[:AT_ONCE]:
        with transaction.atomic():
            claim(pk, now)


def claim(pk: int, now: dt.datetime) -> Letter | None:
    """The digest of one person; none while an earlier one has not left."""
    member = Wishes.objects.select_related("member").get(pk=pk).member
    wishes = hold(member)
    if wishes.digest_at is None or wishes.digest_at > now:
        return None  # another worker was faster
    wishes.digest_at = next_digest(member, wishes, now)
    wishes.save(update_fields=["digest_at"])
    waiting = Letter.objects.filter(member=member, sort=Sort.DIGEST, state=LetterState.WAITING)
    if not accounts.can_sign_in(member) or wishes.keeps_mail(member.email, now) or waiting.exists():
        return None
    return Letter.objects.create(
        member=member,
        sort=Sort.DIGEST,
        address=member.email or "",
        since=wishes.digest_until or now,
        until=now,
        made_at=now,
        try_at=now,
    )
