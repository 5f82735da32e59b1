"""Reminding before, handing over at the hour, saying a day later that it did not take place."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import DurationField, ExpressionWrapper, F, QuerySet, Value
from django.utils import timezone

from passeur.notifications import services as notifications

from ..choices import State
from ..models import Occurrence
from ..notices import DUE, subject
from ..queries.charge import in_charge, there
from ..queries.plan import those

if TYPE_CHECKING:
    from passeur.accounts.models import Member

LATE = dt.timedelta(hours=24)
"""How long after its hour it can be done as if on time."""
REMINDED, HANDED_OVER = 1, 2


def remind() -> int:
    """Tell who is in charge, some hours before; after a stop, only while there is time left. How many."""
    now = timezone.now()
    before = ExpressionWrapper(F("ritual__reminder") * Value(dt.timedelta(hours=1)), DurationField())
    due = _planned().filter(reminded_at=None, at__gt=now).annotate(before=before)
    return sum(
        _tell(one, "reminded_at", in_charge(one), REMINDED)
        for one in those(due.filter(at__lte=now + F("before")).values_list("pk", flat=True))
    )


def hand_over() -> int:
    """At its hour nothing has happened: the substitute is asked too. How many."""
    now = timezone.now()
    due = _planned().filter(handed_over_at=None, at__lte=now, at__gt=now - LATE)
    count = 0
    for one in those(due.values_list("pk", flat=True)):
        here = there(one)
        substitute = next((member for member in here if member.pk == one.ritual.substitute_id), None)
        count += _tell(one, "handed_over_at", substitute or next(iter(here), None), HANDED_OVER)
    return count


def miss() -> int:
    """A day after its hour it has not taken place; how many."""
    return Occurrence.objects.filter(state=State.PLANNED, at__lte=timezone.now() - LATE).update(
        state=State.MISSED
    )


def _planned() -> QuerySet[Occurrence]:
    return Occurrence.objects.filter(
        state=State.PLANNED,
        ritual__paused_at=None,
        ritual__ended_at=None,
        ritual__community__archived_at=None,
    )


def _tell(one: Occurrence, mark: str, member: Member | None, what: int) -> bool:
    """Once: whoever sets the mark tells."""
    with transaction.atomic():
        marked = Occurrence.objects.filter(pk=one.pk, state=State.PLANNED, **{mark: None})
        if not marked.update(**{mark: timezone.now()}) or member is None:
            return False
        notifications.tell(DUE.slug, to=[member.pk], object=one.pk, subject=subject(one.pk), what=what)
    return True
