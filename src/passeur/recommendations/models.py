"""The index of weighted terms. Words are kept as numbers that mean something in their own scope only."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func


class TermsOfTitle(Func):
    """The terms of a document that stand in its title."""

    template = "(%(expressions)s])"
    arg_joiner = "[1:"

    def __init__(self) -> None:
        super().__init__(F("terms"), F("titles"))


class LexicalDocument(models.Model):
    """The terms of a document: the first `titles` of them are of its title. Weights are in tenths."""

    kind = models.CharField(max_length=24)
    object_id = models.BigIntegerField()
    scope = models.BigIntegerField()
    terms: ArrayField[list[int], list[int]] = ArrayField(models.BigIntegerField())
    weights: ArrayField[list[int], list[int]] = ArrayField(models.SmallIntegerField())
    titles = models.PositiveSmallIntegerField()
    length = models.PositiveIntegerField(help_text="the sum of the weights")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="lexical_document_once")]
        indexes = [
            GinIndex(fields=["terms"], name="lexical_terms"),
            GinIndex(TermsOfTitle(), name="lexical_title_terms"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class LexicalTerm(models.Model):
    """In how many documents of its scope a term stands, and in how many titles of them."""

    term = models.BigIntegerField(primary_key=True)
    documents = models.IntegerField()
    titles = models.IntegerField(default=0, db_default=0)

    def __str__(self) -> str:
        return f"{self.term}: {self.documents}"


class LexicalCorpus(models.Model):
    """How many documents of a kind a scope has, and their lengths together. Locked while it changes."""

    kind = models.CharField(max_length=24)
    scope = models.BigIntegerField()
    documents = models.IntegerField(default=0)
    length = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "scope"], name="lexical_corpus_once")]

    def __str__(self) -> str:
        return f"{self.kind} in {self.scope}: {self.documents}"


class CloseList(models.Model):
    """What was found closest to a document, closest first, so that nobody who reads it has to wait for that.

    Ids may be gone, or be seen by fewer people by now: whoever shows them asks for their rows.
    """

    kind = models.CharField(max_length=24)
    object_id = models.BigIntegerField()
    scope = models.BigIntegerField()
    adapter = models.CharField(max_length=24)
    close: ArrayField[list[int], list[int]] = ArrayField(models.BigIntegerField())
    least = models.FloatField(help_text="from this score by words on, another one would be among the first")
    digest = models.BigIntegerField(null=True, help_text="of the text when the lists of others followed it")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="close_list_once")]
        indexes = [models.Index(fields=["kind", "scope"], name="close_list_scope")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}: {self.close}"
