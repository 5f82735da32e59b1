"""Outside places that content comes from, whose accounts are whose, and each import run."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Channel(models.Model):
    """One outside place: a site, a chat server, an archive."""

    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="channels")
    kind = models.SlugField(max_length=40)
    address = models.CharField(max_length=200, help_text="what names the place: a host, an organisation")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "address"], name="channel_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.address}"


class Identity(models.Model):
    """An account on a channel, and the member it is. Never merged on a name alone."""

    channel = models.ForeignKey(
        Channel, on_delete=models.CASCADE, related_name="identities", db_index=False
    )  # the constraint's index serves
    external_id = models.CharField(max_length=200)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="identities")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "external_id"], name="identity_once")]

    def __str__(self) -> str:
        return f"{self.external_id} @ {self.channel}"


class Forgotten(models.Model):
    """An account on a channel whose person was erased here: a later import gives what it wrote to nobody.

    `digest` is a keyed hash of the account's id, from which the id cannot be told; `member` is the member
    without a name that what they wrote belongs to.
    """

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+", db_index=False)
    digest = models.BinaryField(max_length=32)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "digest"], name="forgotten_once")]

    def __str__(self) -> str:
        return f"somebody @ {self.channel}"


class ImportRun(models.Model):
    """One run of an import: what it read, wrote, and refused. An unfinished one can be resumed."""

    class State(models.TextChoices):
        RUNNING = "running", _("En cours")
        FINISHED = "finished", _("Terminé")
        INTERRUPTED = "interrupted", _("Interrompu")

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="runs")
    state = models.CharField(max_length=12, choices=State, default=State.RUNNING)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    counts: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    problems: models.JSONField[list[Any]] = models.JSONField(default=list)

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.channel} {self.started_at:%Y-%m-%d}"
