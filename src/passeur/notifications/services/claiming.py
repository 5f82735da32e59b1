"""From notices that are due to one letter a person: in one transaction, so that each is told once.

Here, and not when something happened, it is asked what the person wants, whether it is quiet, and whether
they had enough mail today.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import transaction

from passeur.accounts import policies as accounts

from ..choices import LetterState, Sort, Way
from ..models import Letter, Notice, Wishes
from ..queries.quiet import midnight_after, next_open
from ..queries.wishes import letters_today, quiet_hours_of, ways, zone_of

if TYPE_CHECKING:
    from passeur.accounts.models import Member

AT_ONCE = 500
"""People served in one round; the others in the next, a minute later."""


def claim_due(now: dt.datetime) -> None:
    """A letter for each person to whom something is due."""
    due = Notice.objects.filter(due_at__lte=now).order_by("member").values_list("member", flat=True)
    for member in due.distinct()[:AT_ONCE]:
        with transaction.atomic():
            claim(member, now)


def hold(member: Member) -> Wishes:
    """The row of a person's wishes, made where there is none and held until the transaction ends."""
    Wishes.objects.get_or_create(member=member)
    return Wishes.objects.select_for_update().get(member=member)


def claim(member_id: int, now: dt.datetime) -> Letter | None:
    """Put what is due to one person into a letter; or put it off; or leave it to the page or the digest."""
    member = get_user_model()._default_manager.get(pk=member_id)
    wishes = hold(member)
    due = Notice.objects.filter(member=member, due_at__lte=now)
    if not accounts.can_sign_in(member) or wishes.keeps_mail(member.email, now):
        due.update(due_at=None, unmailed=[])
        return None
    chosen = ways(member)
    due.filter(kind__in=[kind for kind, way in chosen.items() if way == Way.DIGEST]).update(due_at=None)
    mailed = [kind for kind, way in chosen.items() if way == Way.MAIL]
    due.exclude(kind__in=mailed).update(due_at=None, unmailed=[])
    quiet = quiet_hours_of(member, wishes)
    opens = next_open(quiet, now)
    if opens == now and letters_today(member, now) >= wishes.daily_cap:
        opens = next_open(quiet, midnight_after(now, zone_of(member)))
    if opens > now:
        due.update(due_at=opens)
        return None
    notices = list(due.select_for_update().order_by("pk"))
    parts = [[notice.pk, notice.unmailed] for notice in notices if notice.unmailed]
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(due_at=None, unmailed=[])
    if not parts:
        return None
    return Letter.objects.create(
        member=member,
        sort=Sort.NOTICES,
        address=member.email or "",
        parts=parts,
        state=LetterState.WAITING,
        made_at=now,
        try_at=now,
    )
