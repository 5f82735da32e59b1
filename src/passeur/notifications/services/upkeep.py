"""What is told is not kept for ever."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from ..choices import LetterState
from ..models import Letter, Notice

NOTICES = dt.timedelta(days=180)
LETTERS = dt.timedelta(days=30)
"""Long enough for a mail to come back."""


def forget_old() -> None:
    """Notices of half a year ago, and letters of a month ago."""
    now = timezone.now()
    Notice.objects.filter(last_at__lt=now - NOTICES).delete()
    Letter.objects.filter(made_at__lt=now - LETTERS).exclude(state=LetterState.WAITING).delete()


def drop(member_id: int) -> None:
    """All that a person was told, and all mail that has not left."""
    Notice.objects.filter(member=member_id).delete()
    Letter.objects.filter(member=member_id).delete()
