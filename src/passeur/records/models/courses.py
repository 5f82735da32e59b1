"""Courses of learning platforms, where they belong here, and how far people are in them."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Course(models.Model):
    """A course that statements of others name; `name` is a map of languages, as it was told last."""

    key = models.UUIDField(unique=True, help_text="of its IRI")
    iri = models.TextField()
    name = models.JSONField(default=dict)
    found_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.iri


class CourseTie(models.Model):
    """A course is about a theme of a community, or about what the whole of it does (no theme)."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="ties")
    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="+")
    theme = models.ForeignKey(
        "skills.Theme", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    tied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    tied_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["course", "community", "theme"], nulls_distinct=False, name="course_tied_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.course_id} → {self.community_id}"


class Learning(models.Model):
    """How far somebody is in a course. `failed` are the last tries that came to nothing, in order.

    Made of statements as they come, in whatever order: the earliest, the latest, and a set of moments.
    """

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="learnings")
    agent = models.UUIDField(help_text="the key of who learns, as statements name them")
    begun_at = models.DateTimeField()
    last_at = models.DateTimeField()
    advanced_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    failed = ArrayField(models.DateTimeField(), default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "agent"], name="learning_once")]
        indexes = [models.Index(fields=["agent"], name="learning_agent")]

    def __str__(self) -> str:
        return f"{self.agent} in {self.course_id}"


class CourseReading(models.Model):
    """Until where the store was read for courses. One row."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    through = models.DateTimeField(default=EPOCH)

    def __str__(self) -> str:
        return str(self.through)


class CourseSilence(models.Model):
    """A member whose courses nobody is to act upon: no cue is made of them."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"silence of {self.member_id}"
