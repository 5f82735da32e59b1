"""Days, rolled up. `Tally` is the ground truth that outlives statements; the rest is made from it."""

from __future__ import annotations

import datetime as dt

from django.db import models

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Progress(models.Model):
    """Until where the store has been read. One row."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    through = models.DateTimeField(default=EPOCH, help_text="`stored` of the last statement that counts")

    def __str__(self) -> str:
        return str(self.through)


class Tally(models.Model):
    """How many statements an actor has on a day, by place, verb and kind of object."""

    pk = models.CompositePrimaryKey("day", "actor", "place", "verb", "kind")
    day = models.DateField()
    actor = models.IntegerField()
    place = models.IntegerField()
    verb = models.SmallIntegerField()
    kind = models.SmallIntegerField(help_text="0: not told")
    statements = models.IntegerField()

    class Meta:
        verbose_name_plural = "tallies"
        indexes = [models.Index(fields=["actor"], name="tally_actor")]

    def __str__(self) -> str:
        return f"{self.day} {self.actor}: {self.statements}"


class Total(models.Model):
    """A day of a community, or of a theme with those below it: statements and people by verb and kind.

    Machines and those who animate the community are left out.
    """

    pk = models.CompositePrimaryKey("community", "theme", "day", "verb", "kind")
    community = models.IntegerField()
    theme = models.IntegerField(help_text="0: the whole community")
    day = models.DateField()
    verb = models.SmallIntegerField()
    kind = models.SmallIntegerField()
    statements = models.IntegerField()
    people = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.community} {self.theme} {self.day}: {self.statements}"


class Presence(models.Model):
    """Who took part, and who started something, on a day in a community or theme: two bitmaps.

    Bit n is byte n // 8, its bit n % 8: `int.from_bytes(bits, "little")`.
    """

    pk = models.CompositePrimaryKey("community", "theme", "day")
    community = models.IntegerField()
    theme = models.IntegerField(help_text="0: the whole community")
    day = models.DateField()
    taking_part = models.BinaryField()
    starting = models.BinaryField()

    class Meta:
        verbose_name_plural = "presences"

    def __str__(self) -> str:
        return f"{self.community} {self.theme} {self.day}"


class Tie(models.Model):
    """On a day, in a community, how often `source` replied to `target`."""

    pk = models.CompositePrimaryKey("community", "day", "source", "target")
    community = models.IntegerField()
    day = models.DateField()
    source = models.IntegerField(help_text="an actor")
    target = models.IntegerField(help_text="an actor")
    replies = models.IntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["source"], name="tie_source"),
            models.Index(fields=["target"], name="tie_target"),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target} {self.day}"


class Dirty(models.Model):
    """A day of a community whose totals and bitmaps are to be made again."""

    pk = models.CompositePrimaryKey("community", "day")
    community = models.IntegerField()
    day = models.DateField()

    class Meta:
        verbose_name_plural = "dirty days"

    def __str__(self) -> str:
        return f"{self.community} {self.day}"
