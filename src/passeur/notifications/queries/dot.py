"""Whether something is new: a dot, never a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet, Subquery

from passeur.foundation import memo

from ..choices import Way
from ..models import Choice, Notice, Wishes
from ..protocols import kinds

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def has_news(member: Member) -> bool:
    """Something was told since the page of notifications was last opened, and not seen since. One query."""
    return memo.once(("notifications.dot", member.pk), lambda: _news(member).exists())


def _news(member: Member) -> QuerySet[Notice]:
    looked = Wishes.objects.filter(member=member).values("looked_at")[:1]
    silent = Choice.objects.filter(member=member, way=Way.NONE)
    return (
        Notice.objects.filter(member=member, kind__in=[kind.slug for kind in kinds()])
        .exclude(unread=[])
        .exclude(kind__in=silent.values("kind"))
        .annotate(looked=Subquery(looked))
        .filter(Q(looked=None) | Q(last_at__gt=F("looked")))
    )
