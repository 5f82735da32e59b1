"""An introduction of two people, and what they write to each other: in no list, search or feed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .choices import Answer, State

if TYPE_CHECKING:
    from passeur.accounts.models import Member

PATIENCE = dt.timedelta(days=14)
"""How long both have to say yes, and after how long one looks whether they wrote."""


def in_two_weeks() -> dt.datetime:
    return timezone.now() + PATIENCE


class Introduction(models.Model):
    """Two members of a community, the one with the smaller key first, proposed by its LCM or by Passeur.

    A refusal changes nothing but its own column until the time is over; then both answers are emptied, so
    that nobody, not even with the database in hand, can tell a refusal from silence.
    """

    community = models.ForeignKey(
        "communities.Community", on_delete=models.CASCADE, related_name="introductions"
    )
    first = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    by_passeur = models.BooleanField(default=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.TextField(max_length=400, blank=True)
    found = models.JSONField(
        default=list, help_text="reasons of Passeur: [why, key of who helped or 0, names of themes]"
    )
    state = models.CharField(max_length=8, choices=State, default=State.PROPOSED)
    first_answer = models.CharField(max_length=3, choices=Answer, default=Answer.NOTHING, blank=True)
    second_answer = models.CharField(max_length=3, choices=Answer, default=Answer.NOTHING, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=in_two_weeks)
    opened_at = models.DateTimeField(null=True, blank=True)
    followed_up_at = models.DateTimeField(null=True, blank=True)
    wrote = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="how many of the two had written"
    )

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="introduction_in_order"),
            models.UniqueConstraint(
                fields=["first", "second"],
                condition=Q(state__in=[State.PROPOSED, State.OPEN]),
                name="introduction_once",
            ),
        ]
        indexes = [models.Index(fields=["state", "expires_at"], name="introduction_due")]

    def __str__(self) -> str:
        return f"{self.first_id} – {self.second_id}"

    def other(self, member: Member) -> Member:
        """The one of the two who is not `member`."""
        return self.second if member.pk == self.first_id else self.first

    def side(self, member: Member) -> str:
        """The column that holds what `member` said."""
        return "first_answer" if member.pk == self.first_id else "second_answer"

    def answer_of(self, member: Member) -> str:
        return str(getattr(self, self.side(member)))

    @property
    def is_waiting(self) -> bool:
        """Whether one can still say yes."""
        return self.state == State.PROPOSED and self.expires_at > timezone.now()


class Message(models.Model):
    """What one of the two wrote to the other, as plain text."""

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(max_length=4000)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.author_id} in {self.introduction_id}"
