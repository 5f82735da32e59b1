"""Where a person is signed in: so that they can see it and end it. When they were last there is not kept."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class OpenSession(models.Model):
    """One browser that a member signed in with. It goes when they sign out, or when the session ends.

    `device` is a browser and a system in two or three words; neither the address nor the place is kept.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="open_sessions"
    )
    session_key = models.CharField(max_length=40, unique=True)
    opened_at = models.DateTimeField(default=timezone.now)
    device = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.device}"
