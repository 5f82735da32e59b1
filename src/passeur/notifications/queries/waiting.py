"""How the post is doing, for whoever watches over the machine."""

from __future__ import annotations

from django.db.models import Count, Min
from django.utils import timezone

from ..choices import LetterState
from ..models import Letter


def post_waiting() -> tuple[int, float]:
    """Letters that are due and have not left, and for how many seconds the oldest has been."""
    now = timezone.now()
    due = Letter.objects.filter(state=LetterState.WAITING, try_at__lte=now)
    found = due.aggregate(count=Count("pk"), oldest=Min("try_at"))
    oldest = found["oldest"]
    return int(found["count"]), (now - oldest).total_seconds() if oldest else 0.0
