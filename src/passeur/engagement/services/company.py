"""Whether it may be seen that nobody exchanges with somebody; and whose days have changed of late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from passeur.foundation import arrays
from passeur.foundation import events as bus

from ..events import ActivityCounted, CompanySwitched
from ..models import CompanySilence
from ..queries.company import KEPT

if TYPE_CHECKING:
    from passeur.accounts.models import Member

AT_ONCE = 500
"""Members in one announcement."""

_MEMBERS = """
SELECT DISTINCT p.member_id
  FROM engagement_actor a JOIN engagement_actor p ON p.bit = a.bit
 WHERE a.id = ANY(%(actors)s::int[]) AND p.member_id IS NOT NULL
 UNION
SELECT g.member FROM unnest(%(members)s::bigint[]) AS g (member)
"""


def let_see(*, on: bool, by: Member) -> None:
    """Let it be seen that nobody exchanges with oneself, so that somebody may help, or not."""
    with transaction.atomic():
        if on:
            CompanySilence.objects.filter(member=by).delete()
        else:
            CompanySilence.objects.get_or_create(member=by)
        bus.publish(CompanySwitched(member=by.pk))


def since() -> dt.date:
    """The first day that still decides something."""
    return timezone.localdate() - dt.timedelta(days=KEPT)


def announce(actors: Collection[int], members: Collection[int] = ()) -> None:
    """Say of whom something was counted: these actors, as whoever they are now, and these members."""
    if not actors and not members:
        return
    with connection.cursor() as cursor:
        cursor.execute(_MEMBERS, {"actors": arrays.array(actors), "members": arrays.array(members)})
        found = sorted(row[0] for row in cursor.fetchall())
    bus.publish_all(
        ActivityCounted(found[start : start + AT_ONCE]) for start in range(0, len(found), AT_ONCE)
    )
