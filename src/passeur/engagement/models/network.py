"""How people of a community were tied in the 90 days that end with a block: counts, made by a job."""

from __future__ import annotations

from django.db import models


class Network(models.Model):
    """Counts of people and of pairs; by team too, for the E-I index. Nobody stands in it."""

    pk = models.CompositePrimaryKey("community", "day")
    community = models.IntegerField()
    day = models.DateField()
    people = models.IntegerField()
    isolated = models.IntegerField()
    unheard = models.IntegerField()
    one_tie = models.IntegerField()
    mutual = models.IntegerField(help_text="pairs that replied to each other")
    connected = models.IntegerField(help_text="pairs of whom one replied to the other")
    external = models.IntegerField(help_text="pairs of two teams")
    internal = models.IntegerField(help_text="pairs of one team")
    teams = models.JSONField(default=dict, help_text="by team: people, external and internal pairs")

    links = models.JSONField(
        default=dict,
        db_default={},
        help_text="by kind of groups (team, site): their people, and pairs tied between each two and within",
    )

    # Empty: of a version before, made again by the job.
    tied = models.IntegerField(null=True, help_text="pairs with any tie")
    closeness = models.FloatField(null=True, help_text="mean of people, from 0 to 1")
    half = models.IntegerField(null=True, help_text="the fewest through whom half of the ways lead")

    def __str__(self) -> str:
        return f"{self.community} {self.day}"
