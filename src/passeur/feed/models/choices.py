"""A member's own gestures on their feed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Mark(models.Model):
    """Up to when a member says that they have been round, and how they want their feed made.

    It moves only when they press the button. `seen_before` is the mark before, for undoing it and for looking
    back. Nobody else ever reads it: no list, no figure, no manager.
    """

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    seen_until = models.DateTimeField(null=True, blank=True)
    seen_before = models.DateTimeField(null=True, blank=True)
    is_personal = models.BooleanField(
        default=True, help_text="without it: no inference, everything in the order of time"
    )
    is_settled = models.BooleanField(default=False, help_text="chose themes once, or said not to ask again")

    def __str__(self) -> str:
        return f"feed of {self.member_id}"


class Less(models.Model):
    """A theme of which a member wants less: only what concerns them directly still comes."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    theme = models.ForeignKey("skills.Theme", on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "theme"], name="less_once")]

    def __str__(self) -> str:
        return f"{self.member_id}: less of {self.theme_id}"


class Passed(models.Model):
    """« Pas cette fois »: a question that a member will not help with. They say it to nobody."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "conversation"], name="passed_once")]
        indexes = [models.Index(fields=["created_at"], name="passed_oldest")]

    def __str__(self) -> str:
        return f"{self.member_id} passes {self.conversation_id}"
