"""Other stores that get our statements: where each stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Count, QuerySet
from django.utils import timezone

from .. import policies
from ..models import Forward

if TYPE_CHECKING:
    from passeur.accounts.models import Member

MANY = 10_000
"""What waits is counted up to there."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A store with what waits for it (MANY + 1 for more), and what it refused."""

    forward: Forward
    waiting: int
    refused: int

    @property
    def is_many(self) -> bool:
        return self.waiting > MANY


_WAITING = """
SELECT %s, count(*) FROM (
    SELECT 1 FROM records_statement s WHERE s.stored > %s ORDER BY s.stored LIMIT %s
) AS found
"""


def active() -> list[int]:
    """Those to send to now."""
    found = Forward.objects.filter(paused_at=None, next_try_at__lte=timezone.now())
    return list(found.order_by("pk").values_list("pk", flat=True))


def names() -> list[str]:
    """What they are called, for whoever asks who gets their statements."""
    return list(Forward.objects.values_list("name", flat=True))


def visible(viewer: Member) -> QuerySet[Forward]:
    """Those that a member may see."""
    return Forward.objects.filter(policies.visible_to(viewer))


def standings(viewer: Member) -> list[Standing]:
    """Each of them, in two queries."""
    rows = list(visible(viewer).annotate(refused=Count("undelivered")))
    if not rows:
        return []
    values = [value for row in rows for value in (row.pk, row.position, MANY + 1)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([_WAITING] * len(rows)), values)
        waiting: dict[int, int] = dict(cursor.fetchall())
    return [Standing(row, waiting.get(row.pk, 0), row.refused) for row in rows]
