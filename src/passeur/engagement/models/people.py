"""Who acts in statements, as a number; of which people a group was made in a week; who is not looked at."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Actor(models.Model):
    """One way somebody is known by in statements. `bit` is their place in bitmaps.

    All actors that are one person have the same bit: the lowest of their numbers. A merge, or its undoing,
    changes bits and nothing that was counted.
    """

    id = models.AutoField(primary_key=True)
    key = models.UUIDField(unique=True, help_text="of records: a hash of what identifies them")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    bit = models.IntegerField(db_index=True)

    def __str__(self) -> str:
        return f"actor {self.pk}"


class Population(models.Model):
    """The people of a community (`team` empty), or of a team in it, from a Monday on until the next row.

    Frozen once written: whoever comes, goes or changes teams counts from the next week, so that nobody can be
    told from a figure by asking for it again after they moved (decision 36).
    """

    community = models.IntegerField()
    team = models.CharField(max_length=120, blank=True)
    since = models.DateField(help_text="a Monday")
    bits = models.BinaryField(help_text="one bit for each person, at `Actor.bit`")
    size = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "team", "since"], name="population_once")]

    def __str__(self) -> str:
        return f"{self.community} {self.team} {self.since}"


class CompanySilence(models.Model):
    """A member of whom nobody is to see whether others exchange with them: no cue is made of it."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"silence of {self.member_id}"
