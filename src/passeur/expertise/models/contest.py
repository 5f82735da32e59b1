"""What a person says is not so, or is nobody's business: an expertise that Passeur had inferred."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Contest(models.Model):
    """A theme that the person wants neither shown as something they know nor used to bring questions."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="contests", db_index=False
    )
    theme = models.ForeignKey("skills.Theme", on_delete=models.CASCADE, related_name="+")
    contested_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "theme"], name="contest_once")]

    def __str__(self) -> str:
        return f"{self.member_id}: not {self.theme_id}"
