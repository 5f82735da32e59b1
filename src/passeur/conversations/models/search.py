"""What the search engine reads, and what people looked for in vain."""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils import timezone

WEEK = 7 * 24 * 60 * 60
SPAN = 4


def week_of(moment: dt.datetime) -> int:
    """The week of a moment, counted from 1970."""
    return int(moment.timestamp() // WEEK)


def spans(first: int, last: int) -> list[int]:
    """What `Spans` of a week has one of when it lies from `first` to `last`, both included."""
    whole = range(-(-first // SPAN), (last + 1) // SPAN)
    if not whole:
        return list(range(first, last + 1))
    alone = [*range(first, whole.start * SPAN), *range(whole.stop * SPAN, last + 1)]
    return [*alone, *(-span for span in whole)]


class Spans(models.Func):
    """A week, and below zero the four weeks that it is one of, so that a long time is few numbers."""

    template = f"(ARRAY[%(expressions)s, -(%(expressions)s / {SPAN})])"
    arity = 1
    output_field = ArrayField(models.IntegerField())


class SpansOfTitle(Spans):
    """The same in another order: so the planner cannot take the index of titles for weeks of any words."""

    template = f"(ARRAY[-(%(expressions)s / {SPAN}), %(expressions)s])"


class TitleOf(models.Func):
    """Of the words of a document those of the title of its conversation, with their places."""

    template = "ts_filter(%(expressions)s, '{a}')"
    arity = 1
    output_field = SearchVectorField()


class SearchDocument(models.Model):
    """The searchable form of a conversation; `services.indexing` writes it, from all its contributions.

    `words` holds, with the place where it stands and the part it stands in, each word as written, its form
    without accents, and what it stands for in its language (`queries.search.lexemes` says how).
    `contributions` and `starts` say from which place on a contribution begins, so that a place in `words`
    leads back to the text that holds it. `week` is the one in which the conversation lived last, counted from
    1970; 0 where it was not written yet. One index holds words and weeks together, so that the documents of
    some weeks are found without looking at the others; the second is the same of the words of titles.
    """

    conversation = models.OneToOneField(
        "Conversation", on_delete=models.CASCADE, related_name="document", primary_key=True
    )
    words = SearchVectorField()
    contributions = ArrayField(models.BigIntegerField(), default=list)
    starts = ArrayField(models.IntegerField(), default=list)
    week = models.IntegerField(default=0, db_default=0)
    indexed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        # What waits to be sorted into an index is read by each search: half a megabyte at most, not four.
        indexes = [
            GinIndex("words", Spans("week"), name="search_weeks", gin_pending_list_limit=512),
            GinIndex(
                TitleOf("words"), SpansOfTitle("week"), name="search_titles", gin_pending_list_limit=512
            ),
        ]

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
