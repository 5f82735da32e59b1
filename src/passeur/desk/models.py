"""What managers did with cues. The cues themselves are found anew each time; only gestures are kept."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .choices import Outcome


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
    def can_be_undone(self) -> bool:
        """It stands, or it left something behind that can be taken back."""
        return self.undone_at is None and (self.ended_at is None or bool(self.trace))


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
