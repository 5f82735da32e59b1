"""The log of merges: whose contributions went to whom, by whose decision, row by row, to take it back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Merge(models.Model):
    """`source`, an imported member, turned out to be `target`. Stays when it is undone."""

    source = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="merges_away")
    target = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="merges_in")
    proof = models.TextField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(default=timezone.now)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-decided_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=models.Q(undone_at=None), name="merge_standing_once"
            ),
            models.CheckConstraint(condition=~models.Q(source=models.F("target")), name="merge_other"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"


class MergeMove(models.Model):
    """The rows of one model that a merge gave from its source to its target."""

    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="moves")
    model = models.CharField(max_length=100, help_text="as Django labels it: conversations.contribution")
    field = models.CharField(max_length=60, help_text="the field that names the member")
    rows: models.JSONField[list[int | str]] = models.JSONField(default=list)
    moved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.merge_id}: {len(self.rows)} {self.model}.{self.field}"
