"""A mail to one person: claimed once, tried until the server takes it, its words made when it leaves."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from ..choices import LetterState, Sort

SLOWEST = dt.timedelta(minutes=30)
"""The longest pause between two tries."""


def new_serial() -> str:
    """What its Message-ID and return address are made of: not to be guessed, safe in any case of letters."""
    return secrets.token_hex(12)


class Letter(models.Model):
    """One mail. `serial` stays the same through all tries, and so does the Message-ID.

    `parts` of a letter of notices: `[key of the notice, keys of what happened]` each, taken from the notices
    in the transaction that made the letter. A digest tells of `since` to `until`.
    `trouble`: what the server last answered. `late_at`: when one first said « not yet ».
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="letters", db_index=False
    )
    sort = models.CharField(max_length=7, choices=Sort, default=Sort.NOTICES)
    serial = models.CharField(max_length=24, unique=True, default=new_serial, editable=False)
    address = models.EmailField(blank=True)
    parts: models.JSONField[list[Any]] = models.JSONField(default=list)
    since = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=LetterState, default=LetterState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    try_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    late_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [
            models.Index(fields=["member", "made_at"], name="letter_of_member"),
            models.Index(
                fields=["try_at"], condition=models.Q(state=LetterState.WAITING), name="letter_waiting"
            ),
            models.Index(fields=["made_at"], name="letter_age"),
        ]

    def __str__(self) -> str:
        return f"{self.sort} {self.serial} ({self.state})"
