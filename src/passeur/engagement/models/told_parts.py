"""What *What works* tells of a part of the past by value, as it was decided when the part was over."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class ToldPart(models.Model):
    """Which weeks and values of a block, or of a span of six, are told of to readers of groups so large.

    Decided once, as in `ToldBlock`, and so is whether a span is told as one or by its blocks: rows of both do
    not stand beside each other. `bits` are some of those who started something then.
    """

    pk = models.CompositePrimaryKey("community", "begun", "smallest")
    community = models.IntegerField()
    begun = models.DateField(help_text="the Monday that the part begins with")
    smallest = models.IntegerField(help_text="people in a group that the reader may be told of")
    blocks = models.IntegerField(help_text="how many it is made of: one or six")
    asking = ArrayField(
        models.IntegerField(), help_text="weeks whose questions are told of, by their place in the part"
    )
    others = ArrayField(models.IntegerField(), help_text="the same of what does not ask")
    lengths = ArrayField(models.IntegerField(), help_text="as `queries.values` numbers them; so what follows")
    days = ArrayField(models.IntegerField())
    hours = ArrayField(models.IntegerField())
    channels = ArrayField(models.IntegerField())
    bits = models.BinaryField()
    is_changed = models.BooleanField(
        default=False, db_default=False, help_text="a week of it was made again since"
    )

    def __str__(self) -> str:
        return f"{self.community} {self.begun} {self.smallest}: {self.blocks}"
