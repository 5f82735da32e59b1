"""What people do around a text: react, follow, mention, read, show off."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from ..choices import Meaning


class Reaction(models.Model):
    """What a contribution did for somebody, in one of a few words."""

    contribution = models.ForeignKey("Contribution", on_delete=models.CASCADE, related_name="reactions")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reactions")
    meaning = models.CharField(max_length=14, choices=Meaning)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contribution", "member", "meaning"], name="reaction_once")
        ]

    def __str__(self) -> str:
        return f"{self.meaning} {self.contribution_id}"


class Follow(models.Model):
    """A member follows a conversation."""

    conversation = models.ForeignKey("Conversation", on_delete=models.CASCADE, related_name="follows")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "member"], name="follow_once")]

    def __str__(self) -> str:
        return f"{self.member_id} → {self.conversation_id}"


class Mention(models.Model):
    """A contribution names a member."""

    contribution = models.ForeignKey("Contribution", on_delete=models.CASCADE, related_name="mentions")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mentions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contribution", "member"], name="mention_once")]

    def __str__(self) -> str:
        return f"{self.contribution_id} @{self.member_id}"


class ReadMark(models.Model):
    """How far a member read a conversation, so that they resume there. Shown to nobody else."""

    conversation = models.ForeignKey("Conversation", on_delete=models.CASCADE, related_name="read_marks")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="read_marks")
    read_until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "member"], name="read_mark_once")]

    def __str__(self) -> str:
        return f"{self.member_id} @ {self.conversation_id}"


class Spotlight(models.Model):
    """A contribution worth showing, on the first page of its community."""

    contribution = models.OneToOneField("Contribution", on_delete=models.CASCADE, related_name="spotlight")
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"spotlight {self.contribution_id}"
