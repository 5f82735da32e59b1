"""The lines of the desk as they were judged last, and what managers did with them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .choices import Horizon, Outcome


class Step(models.Model):
    """One gesture on one cue: what was done, by whom, and how to take it back.

    While it stands (`undone_at` is empty and `until` is ahead) what it answered rests (`queries.rests`), so
    that nobody does it twice: the database lets one gesture stand for a subject.
    """

    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=120, help_text="what the cue was about")
    key = models.CharField(max_length=120, help_text="which cue it was")
    rule = models.SlugField(max_length=40)
    title = models.CharField(max_length=300, help_text="the cue as it read then")
    conversation = models.ForeignKey(
        "conversations.Conversation",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="whose title that is",
    )
    url = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome)
    move = models.SlugField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(help_text="the cue may come back then, if its reason still holds")
    trace: models.JSONField[dict[str, Any]] = models.JSONField(default=dict, help_text="what undoing needs")
    ended_at = models.DateTimeField(null=True, blank=True, help_text="a later gesture took its place")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "subject"],
                condition=Q(undone_at=None, ended_at=None),
                name="desk_one_gesture_stands",
            )
        ]
        indexes = [models.Index(fields=["community", "-at"], name="desk_step_recent")]

    def __str__(self) -> str:
        return f"{self.move} {self.key}"

    @property
    def reads(self) -> str:
        """What the cue was called, as far as it may still be read: a title goes with its opening."""
        about = self.conversation
        return about.title if about is not None and not about.words else self.title

    @property
    def can_be_undone(self) -> bool:
        """It stands, or it left something behind that can be taken back."""
        return self.undone_at is None and (self.ended_at is None or bool(self.trace))


class Entry(models.Model):
    """From when until when a cue speaks for its subject, and in which list: derived, and never in words.

    `services.judging` writes it whenever something touches the subject; reading it needs only the time. At
    one moment a subject has one entry at most that is shown, and one that rests (`step` keeps it there until
    the entry ends). `moment` orders entries of one weight, the smaller first; `strength` those of a rule that
    offers only its best (0: the rule offers all).
    """

    community = models.ForeignKey(
        "communities.Community", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    subject = models.CharField(max_length=120)
    rule = models.SlugField(max_length=40, db_index=False)
    key = models.CharField(max_length=120)
    horizon = models.CharField(max_length=5, choices=Horizon)
    weight = models.SmallIntegerField()
    moment = models.FloatField()
    strength = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    waiting = models.BigIntegerField(null=True, blank=True, help_text="the member who waits for somebody")
    people = ArrayField(models.BigIntegerField(), default=list, help_text="all whom it names or who wait")
    step = models.ForeignKey(
        Step, null=True, blank=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(
                fields=["community", "subject", "begins"], condition=Q(step=None), name="desk_entry_shown"
            ),
            models.UniqueConstraint(
                fields=["community", "subject", "begins"], condition=~Q(step=None), name="desk_entry_resting"
            ),
            models.CheckConstraint(condition=Q(begins__lt=F("ends")), name="desk_entry_lasts"),
        ]
        indexes = [
            models.Index(
                fields=["community", "horizon", "-weight", "moment", "id"],
                include=["begins", "ends", "waiting", "strength"],
                condition=Q(step=None),
                name="desk_entry_ranked",
            ),
            models.Index(
                fields=["community", "rule", "-strength", "key"],
                condition=Q(step=None, strength__gt=0),
                name="desk_entry_strongest",
            ),
            models.Index(fields=["step"], condition=~Q(step=None), name="desk_entry_rests"),
            models.Index(fields=["ends"], name="desk_entry_ends"),
            GinIndex(fields=["people"], condition=~Q(people=[]), name="desk_entry_people"),
        ]

    def __str__(self) -> str:
        return self.key


BEGUN = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
"""In place of the moment at which a community was filled, while it is being."""


class Filling(models.Model):
    """The entries of a community are all there, and events keep them up to date; `BEGUN`: not yet."""

    community = models.OneToOneField(
        "communities.Community", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    filled_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.community_id} is filled"


class Consultation(models.Model):
    """A person stood in a list that a manager read: who read which list, for what, on which day.

    Shown to the person. Entries expire (`services.consultations.expire_consultations`).
    """

    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="+")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consultations"
    )
    rule = models.SlugField(max_length=40)
    day = models.DateField(default=timezone.localdate)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "member", "rule", "day"], name="consultation_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.member_id}"
