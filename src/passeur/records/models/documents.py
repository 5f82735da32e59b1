"""Documents that content keeps here: states, profiles of activities and of agents."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from ..choices import DocumentKind


class Document(models.Model):
    """One document. `key` is made of all that names it; agents and activities stand here as keys."""

    key = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=8, choices=DocumentKind)
    activity = models.UUIDField(null=True)
    agent = models.UUIDField(null=True)
    registration = models.UUIDField(null=True)
    name = models.TextField(help_text="its id: stateId or profileId")
    content = models.BinaryField()
    content_type = models.TextField()
    etag = models.CharField(max_length=40)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "activity", "agent"], name="document_of_activity"),
            models.Index(fields=["kind", "agent"], name="document_of_agent"),
        ]

    def __str__(self) -> str:
        return self.name
