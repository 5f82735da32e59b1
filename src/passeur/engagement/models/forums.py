"""Forums of elsewhere: who wrote what, and what was replied to. Both make ties, whichever came first."""

from __future__ import annotations

from django.db import models


class Writing(models.Model):
    """How many statements say that an actor wrote an activity; of two, nobody is taken for its author."""

    pk = models.CompositePrimaryKey("activity", "actor")
    activity = models.UUIDField(help_text="of records: a hash of its IRI")
    actor = models.IntegerField()
    statements = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["actor"], name="writing_actor")]

    def __str__(self) -> str:
        return f"{self.actor} wrote {self.activity}"


class Response(models.Model):
    """On a day, in a community (0: in none), how often an actor replied to an activity."""

    pk = models.CompositePrimaryKey("activity", "actor", "day", "community")
    activity = models.UUIDField(help_text="of records: a hash of its IRI")
    actor = models.IntegerField()
    day = models.DateField()
    community = models.IntegerField()
    statements = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["actor"], name="response_actor")]

    def __str__(self) -> str:
        return f"{self.actor} replied to {self.activity} {self.day}"
