"""The words of questions and answers, packed so that a search reads a few rows for each of its words."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from ..choices import Text

BLOCK = 512
"""How many documents a block names."""


class TextEntry(models.Model):
    """A text that was taken in, once; `position` numbers those of a community from 0, oldest first."""

    community = models.ForeignKey(
        "communities.Community", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    kind = models.PositiveSmallIntegerField(choices=Text)
    position = models.PositiveIntegerField()
    object_id = models.BigIntegerField(help_text="the conversation, or the contribution")
    exchange = models.ForeignKey("Exchange", on_delete=models.CASCADE, related_name="entries")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.FloatField(help_text="UNIX seconds")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "kind", "position"], name="text_entry_place"),
            models.UniqueConstraint(fields=["kind", "object_id"], name="text_entry_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.object_id}"


class Block(models.Model):
    """Up to `BLOCK` documents that hold a word: positions (int32), frequencies and lengths (float32).

    Packed, little-endian; frequencies are weighted. Only the last block of a word grows.
    """

    community = models.ForeignKey(
        "communities.Community", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    kind = models.PositiveSmallIntegerField(choices=Text)
    term = models.BigIntegerField(help_text="the first eight bytes of the word's BLAKE2b")
    number = models.PositiveIntegerField()
    positions = models.BinaryField()
    frequencies = models.BinaryField()
    lengths = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "kind", "term", "number"], name="block_once")
        ]

    def __str__(self) -> str:
        return f"{self.term} #{self.number}"
