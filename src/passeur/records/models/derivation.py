"""How far Passeur's own past has become statements."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Derivation(models.Model):
    """Of one source of facts, the last subject that was looked at, in the order of their numbers."""

    source = models.CharField(max_length=40, unique=True)
    position = models.BigIntegerField(default=0)
    begun_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.source}: {self.position}"
