"""What a person did for the first time: what must be kept for it, and whom they let see it."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Outdone(models.Model):
    """An answer that solved the question until another one was chosen: what its author reached stays theirs.

    Whose it is follows from the text: a merge, or an erasure, takes it along.
    """

    answer = models.OneToOneField(
        "conversations.Contribution", primary_key=True, on_delete=models.CASCADE, related_name="outdone"
    )
    accepted_at = models.DateTimeField(help_text="when it was chosen the first time")

    class Meta:
        verbose_name_plural = "outdone"

    def __str__(self) -> str:
        return f"outdone {self.answer_id}"


class MilestoneSight(models.Model):
    """Which of their milestones a member lets others see, where that is not the default."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    accepted = models.BooleanField(default=True)
    rest = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"milestones of {self.member_id}"
