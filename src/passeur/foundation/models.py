"""What all rooms share in the database."""

from __future__ import annotations

from django.db import models


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
