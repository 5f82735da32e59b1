"""Who read statements about whom, on which day."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ..choices import Purpose


class StatementsRead(models.Model):
    """A program, or somebody who administers, read statements of an agent, or of everybody (no agent).

    Once a day for each: it says that, not how often. Shown to the person; expires.
    """

    client = models.ForeignKey(
        "records.Client", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    purpose = models.CharField(max_length=10, choices=Purpose)
    agent = models.UUIDField(null=True, blank=True)
    day = models.DateField(default=timezone.localdate)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "client", "reader", "purpose", "agent"],
                nulls_distinct=False,
                name="statements_consulted_once_a_day",
            )
        ]
        indexes = [
            models.Index(fields=["agent"], condition=~Q(agent=None), name="statements_read_agent"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.agent} {self.day}"
