"""How well routing would have done on a community's past, as last measured."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone


class RoutingMeasure(models.Model):
    """The last report of `passeur evaluate routing` on a community."""

    community = models.OneToOneField(
        "communities.Community", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    measured_at = models.DateTimeField(default=timezone.now)
    report: models.JSONField[dict[str, Any]] = models.JSONField()

    def __str__(self) -> str:
        return f"measure of {self.community_id}"
