"""How the post is doing, for whoever watches over the machine."""

from __future__ import annotations

import datetime as dt

from django.db.models import Case, Count, F, Min, Q, When
from django.utils import timezone

from ..choices import LetterState
from ..models import Letter
from ..models.letter import SLOWEST


def post_waiting(now: dt.datetime | None = None) -> tuple[int, float]:
    """Letters that should have left, and for how many seconds the oldest has waited for the mail server.

    What the server refused for the moment counts from when it was first to leave, also between two tries.
    """
    at = now or timezone.now()
    refused = Q(tries__gt=0, try_at__lte=at + SLOWEST)
    due = Letter.objects.filter(refused | Q(try_at__lte=at), state=LetterState.WAITING)
    since = Case(When(tries__gt=0, then=F("made_at")), default=F("try_at"))
    found = due.aggregate(count=Count("pk"), oldest=Min(since))
    oldest = found["oldest"]
    return int(found["count"]), (at - oldest).total_seconds() if oldest else 0.0
