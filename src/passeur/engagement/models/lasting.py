"""What lasts of exchanges, as `conversations` tells it: accepted answers and experiences, counted by week."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from ..choices import Lasts


class Lasting(models.Model):
    """An exchange of which something lasts, with what it adds to the counts.

    `cells` are [Monday, what, key, n] of `LastingCell`, so that they can be taken off again. `verified` is
    the Monday of the week in which somebody said last that it holds; none, that it no longer does. Of
    `judged` voices so many say that it was `useful`; `worth` is the lower bound of that share (Wilson, 95%).
    `judged` is empty where a version before told it.
    """

    number = models.BigIntegerField(primary_key=True, help_text="of the conversation")
    community = models.IntegerField()
    themes = ArrayField(models.IntegerField(), help_text="0, its own and those above")
    author = models.IntegerField(null=True, help_text="an actor")
    verified = models.DateField(null=True, help_text="a Monday")
    lasts = models.BooleanField(help_text="whether anything of it lasts now")
    cells = models.JSONField()
    useful = models.IntegerField(default=0)
    judged = models.IntegerField(null=True)
    worth = models.FloatField(null=True, help_text="from 0 to 1; none where nobody judged it")

    class Meta:
        indexes = [
            models.Index(
                fields=["community", "-worth", "number"],
                condition=models.Q(lasts=True, judged__gte=5),  # as in `policies.SMALLEST`
                name="lasting_worth",
            ),
            models.Index(
                fields=["community", "verified"], condition=models.Q(lasts=True), name="lasting_verified"
            ),
            models.Index(fields=["author"], name="lasting_author"),
        ]

    def __str__(self) -> str:
        return f"lasting {self.number}"


class LastingCell(models.Model):
    """So many more of something from a week on, or in it (`choices.Lasts`), in a community or a theme."""

    pk = models.CompositePrimaryKey("community", "theme", "what", "week", "key")
    community = models.IntegerField()
    theme = models.IntegerField(help_text="0: the whole community")
    what = models.SmallIntegerField(choices=Lasts)
    week = models.DateField(help_text="a Monday")
    key = models.IntegerField(help_text="as `choices.Lasts` says")
    n = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.community} {self.theme} {self.what} {self.week} {self.key}: {self.n:+}"
