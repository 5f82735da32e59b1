"""The log of who read a list of people, for what; it is shown to the person, and expires."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils import timezone

from ..cues import Cue
from ..models import Consultation

if TYPE_CHECKING:
    from passeur.accounts.models import Member

KEPT = dt.timedelta(days=365)


def log_reading(*, reader: Member, cues: Iterable[Cue]) -> None:
    """Remember, once a day and list, that `reader` saw these people in it."""
    Consultation.objects.bulk_create(
        [
            Consultation(community=cue.community, reader=reader, member_id=member, rule=cue.rule.name)
            for cue in cues
            for member in cue.people
        ],
        ignore_conflicts=True,
    )


def expire_consultations(today: dt.date | None = None) -> int:
    """Drop entries older than a year; returns how many."""
    limit = (today or timezone.localdate()) - KEPT
    return Consultation.objects.filter(day__lt=limit).delete()[0]
