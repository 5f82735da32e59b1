"""What the search engine reads, and what people looked for in vain."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils import timezone


class SearchDocument(models.Model):
    """The searchable form of a conversation; `services.indexing` writes it, from all its contributions.

    `words` holds, with the place where it stands and the part it stands in, each word as written, its form
    without accents, and what it stands for in its language (`queries.search.lexemes` says how).
    `contributions` and `starts` say from which place on a contribution begins, so that a place in `words`
    leads back to the text that holds it.
    """

    conversation = models.OneToOneField(
        "Conversation", on_delete=models.CASCADE, related_name="document", primary_key=True
    )
    words = SearchVectorField()
    contributions = ArrayField(models.BigIntegerField(), default=list)
    starts = ArrayField(models.IntegerField(), default=list)
    indexed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [GinIndex(fields=["words"], name="search_words")]

    def __str__(self) -> str:
        return f"document of {self.conversation_id}"


class SearchMiss(models.Model):
    """A search without result: an unmet need. Kept by day and words, never with the person."""

    community = models.ForeignKey(
        "communities.Community", on_delete=models.CASCADE, related_name="search_misses"
    )
    folded = models.CharField(max_length=120, help_text="the words, without case or accents")
    words = models.CharField(max_length=120, help_text="as they were typed last")
    day = models.DateField(default=timezone.localdate)
    times = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "folded", "day"], name="search_miss_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.words} ({self.times})"
