"""What all rooms share in the database."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone


class Spent(models.Model):
    """How often somebody did what has a limit (`limits`), until when that counts."""

    who = models.CharField(primary_key=True, max_length=64, help_text="a keyed hash of limit and person")
    times = models.PositiveIntegerField()
    ends = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "spent"

    def __str__(self) -> str:
        return f"{self.times} until {self.ends:%H:%M}"


class Shared(models.Model):
    """What the processes remember together (`shared`): a keyed hash, a value, and until when."""

    key = models.CharField(primary_key=True, max_length=64, help_text="a keyed hash")
    value: models.JSONField[object] = models.JSONField()
    ends = models.DateTimeField(null=True, db_index=True)

    class Meta:
        verbose_name_plural = "shared"

    def __str__(self) -> str:
        return self.key[:8]


class AuditEntry(models.Model):
    """One line of the audit log (`audit`). The database refuses to change or to take away any.

    Keys, not foreign keys: nothing that goes elsewhere may touch a line. Not managed by Django, so that no
    command of it that empties tables reaches this one; its migration makes the table.
    """

    at = models.DateTimeField(default=timezone.now)
    act = models.CharField(max_length=60)
    by = models.BigIntegerField(null=True, help_text="key of the member who did it; none: a command, a job")
    member = models.BigIntegerField(null=True, help_text="key of the member it was done to")
    community = models.BigIntegerField(null=True, help_text="key of the community it was done in or to")
    details: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)

    class Meta:
        managed = False
        db_table = "foundation_auditentry"
        ordering = ["-pk"]
        verbose_name_plural = "audit entries"

    def __str__(self) -> str:
        return f"{self.act} {self.at:%Y-%m-%d %H:%M}"
