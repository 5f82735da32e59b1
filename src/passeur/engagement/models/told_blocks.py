"""How the exchanges of four weeks are told, as it was decided when the weeks were over."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class ToldBlock(models.Model):
    """Questions, or the other exchanges, of a block: what is told of them to readers of groups so large.

    Decided once of each week, and of the whole when all are over. If it followed who started what, two
    readings would tell of those who changed nothing (decision 55). `bits` are some of those who started
    something then, to see how many are others by now.
    """

    pk = models.CompositePrimaryKey("community", "begun", "asks", "smallest")
    community = models.IntegerField()
    begun = models.DateField(help_text="the Monday that the block begins with")
    asks = models.BooleanField(help_text="whether these ask for an answer")
    smallest = models.IntegerField(help_text="people in a group that the reader may be told of")
    weeks = models.IntegerField(help_text="how many of its weeks are decided of")
    runs = models.JSONField(help_text="lists of weeks told together, by their place in the block")
    themes = ArrayField(models.IntegerField(), help_text="told of; as what follows, once all weeks are")
    welcoming = ArrayField(models.IntegerField(), help_text="those of them, or 0, that tell of newcomers")
    kinds = ArrayField(models.CharField(max_length=12))
    teams = ArrayField(models.CharField(max_length=120))
    bits = models.BinaryField()
    is_changed = models.BooleanField(
        default=False, db_default=False, help_text="a week of it was made again since"
    )

    def __str__(self) -> str:
        return f"{self.community} {self.begun} {self.asks} {self.smallest}: {self.runs}"
