"""Who took part in four weeks, as it is told, whatever changes later in what was counted."""

from __future__ import annotations

from django.db import models


class FourWeeks(models.Model):
    """A block of a community, of a theme in it or of a team: how many took part, of how many.

    Written down once the block is over: a count that follows who is erased, animates now, or takes a text
    away would tell by its difference what that one did (decision 55). `bits` are those who took part, to see
    how many are others by now. A block with a row for its community and none for a theme had nobody there.
    """

    pk = models.CompositePrimaryKey("community", "theme", "team", "begun")
    community = models.IntegerField()
    theme = models.IntegerField(help_text="0: the whole community")
    team = models.CharField(max_length=120, blank=True, help_text="empty: all teams")
    begun = models.DateField(help_text="the Monday that the block begins with")
    people = models.IntegerField()
    active = models.IntegerField()
    year = models.IntegerField(default=0, help_text="active in the 52 weeks that end with it")
    stickiness = models.FloatField(null=True, help_text="empty: nobody came, or of a team")
    bits = models.BinaryField()
    is_changed = models.BooleanField(
        default=False, db_default=False, help_text="of a community: a day of it was made again since"
    )

    class Meta:
        verbose_name_plural = "four weeks"

    def __str__(self) -> str:
        return f"{self.community} {self.theme} {self.team} {self.begun}"
