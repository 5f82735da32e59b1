"""What somebody said of a text that lasts: that it still holds, or no longer does."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Verification(models.Model):
    """Somebody looked at an accepted answer or at an experience. What was said last stands.

    Acceptance, or publication, is the first verification, and has no row. Of what no longer holds, `reason`
    says why.
    """

    contribution = models.ForeignKey(
        "Contribution", on_delete=models.CASCADE, related_name="verifications", db_index=False
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="verifications"
    )
    holds = models.BooleanField()
    reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["contribution", "-created_at"], name="verification_latest")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(holds=True) | ~models.Q(reason=""), name="verification_says_why_not"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} {'holds' if self.holds else 'no longer'}"
