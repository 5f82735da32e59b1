"""What was worked out ahead: a resolved question that may help somebody who asked something close."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Suggestion(models.Model):
    """`conversation` is resolved and close to `near`, which `member` asked and which waits still."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, related_name="+")
    near = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "conversation"], name="suggestion_once")]
        indexes = [
            models.Index(fields=["member", "-made_at"], name="suggestion_latest"),
            models.Index(fields=["made_at"], name="suggestion_oldest"),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id} for {self.member_id}"
