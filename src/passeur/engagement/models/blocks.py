"""What people of a community did in a block of four weeks, once it is over: counts, made by a job."""

from __future__ import annotations

from django.db import models

from ..choices import Milestone


class TeamReplies(models.Model):
    """How often those replied who were of a team when the block began, and how many of them did."""

    pk = models.CompositePrimaryKey("community", "begun", "team")
    community = models.IntegerField()
    begun = models.DateField(help_text="the Monday that the block begins with")
    team = models.CharField(max_length=120, blank=True, help_text="empty: of no team; always there")
    people = models.IntegerField(help_text="who replied")
    replies = models.IntegerField()

    class Meta:
        verbose_name_plural = "team replies"

    def __str__(self) -> str:
        return f"{self.community} {self.begun} {self.team}: {self.replies}"


class Reached(models.Model):
    """How many of the `people` of the community did something there for the first time ever."""

    pk = models.CompositePrimaryKey("community", "begun", "milestone")
    community = models.IntegerField()
    begun = models.DateField(help_text="the Monday that the block begins with")
    milestone = models.CharField(max_length=12, choices=Milestone)
    people = models.IntegerField(help_text="of the community, in the block")
    count = models.IntegerField()

    class Meta:
        verbose_name_plural = "reached"

    def __str__(self) -> str:
        return f"{self.community} {self.begun} {self.milestone}: {self.count}"
