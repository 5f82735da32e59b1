"""A file of invitations, checked line by line, then carried out exactly so; forgotten after a month."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from passeur.communities.choices import Role

from .choices import ACTING, BatchState, Between, Encoding, Verdict


class Batch(models.Model):
    """What somebody wants to have done, and how far it is."""

    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    encoding = models.CharField(max_length=10, choices=Encoding)
    between = models.CharField(max_length=1, choices=Between)
    state = models.CharField(max_length=8, choices=BatchState, default=BatchState.CHECKED)
    run_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    run_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return f"batch {self.pk}"


class BatchLine(models.Model):
    """One line of the file: what it says, what that comes to (`plan`), and what came of it (`outcome`).

    `outcome` is empty until the line was carried out; another verdict than `plan` says what had changed in
    between, and then nothing was done. `was` is the role that somebody has already; `like` the line that
    says the same.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    address = models.CharField(max_length=254)
    name = models.CharField(max_length=150, blank=True)
    place = models.CharField(max_length=120, blank=True, help_text="the community as the file says it")
    community = models.ForeignKey(
        "communities.Community", null=True, on_delete=models.CASCADE, related_name="+"
    )
    role_said = models.CharField(max_length=60, blank=True)
    role = models.CharField(max_length=16, blank=True, choices=Role)
    language_said = models.CharField(max_length=30, blank=True)
    language = models.CharField(max_length=5, blank=True, choices=[("fr", "Français"), ("en", "English")])
    was = models.CharField(max_length=16, blank=True, choices=Role)
    like = models.PositiveIntegerField(null=True)
    plan = models.CharField(max_length=20, choices=Verdict)
    outcome = models.CharField(max_length=20, blank=True, choices=Verdict)

    class Meta:
        ordering = ["number", "pk"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="batch_line_once")]
        indexes = [models.Index(fields=["batch", "plan", "number"])]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.number}"

    @property
    def acts(self) -> bool:
        """Whether anything is to be done."""
        return self.plan in ACTING

    @property
    def has_changed(self) -> bool:
        """What was found when its turn came was no longer what had been planned."""
        return self.outcome not in {"", self.plan}
