"""A note from one person to another, about something in a community."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from .choices import Purpose


class Note(models.Model):
    """A short message with a purpose. It leaves by mail a little later, so that it can be taken back.

    Whether it was read is not recorded; who received it says when what it asked is done.
    """

    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="notes")
    purpose = models.CharField(max_length=12, choices=Purpose)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notes_written")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notes_received")
    text = models.TextField(max_length=4000)
    conversation = models.ForeignKey(
        "conversations.Conversation", null=True, blank=True, on_delete=models.SET_NULL, related_name="notes"
    )
    towards = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    in_reply_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replies"
    )
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["to", "-created_at"], name="note_received")]

    def __str__(self) -> str:
        return f"{self.purpose} → {self.to_id}"
