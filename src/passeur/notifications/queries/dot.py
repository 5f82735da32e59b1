"""Whether something is new: a dot, never a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet, Subquery

from passeur.foundation import memo
from passeur.foundation.prepared import Asked, Question, prepared

from ..choices import Way
from ..models import Choice, Notice, Wishes
from ..protocols import kinds

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def has_news(member: Member) -> bool:
    """Something was told since the page of notifications was last opened, and not seen since. One query."""
    return memo.once(("notifications.dot", member.pk), lambda: bool(_news(**_values(member))))


def told_to(member: Member) -> Question:
    """The same, to be asked with other things."""
    return _news.asked(**_values(member))


def _values(member: Member) -> dict[str, object]:
    return {"member": member.pk, "slugs": [kind.slug for kind in kinds()]}


@prepared
def _news(member: Asked, slugs: Asked) -> QuerySet[Notice, int]:
    looked = Wishes.objects.filter(member=member).values("looked_at")[:1]
    silent = Choice.objects.filter(member=member, way=Way.NONE)
    return (
        Notice.objects.filter(member=member, kind__among=slugs)
        .exclude(unread=[])
        .exclude(kind__in=silent.values("kind"))
        .annotate(looked=Subquery(looked))
        .filter(Q(looked=None) | Q(last_at__gt=F("looked")))
        .values_list("pk", flat=True)[:1]
    )


@prepared
def new_about(member: Asked, subject: Asked) -> QuerySet[Notice, int]:
    """A key if something about it is new to somebody, or waits for a mail."""
    new = Notice.objects.filter(member=member, subject=subject).exclude(unread=[], unmailed=[])
    return new.values_list("pk", flat=True)[:1]
