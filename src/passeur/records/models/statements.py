"""Statements and what they are found by. The tables keep Citus' rules: decision 30.

`Statement` is partitioned by month on `stored`, its key (stored, id); `StatementId`, small and in one piece,
is what makes an id unique. Both, and `Echo`, can be distributed by `id`: no foreign key, no trigger, and `id`
in each unique key.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from .fields import JsonText


class StatementId(models.Model):
    """An id that was taken, and when. Ids of erased statements stay, so that none comes back."""

    id = models.UUIDField(primary_key=True)
    stored = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class Statement(models.Model):
    """One fact of activity. `body` is the statement, word for word, with what the store adds.

    The other columns are what it is found by: keys of `algorithms.xapi.keys`. `agents` are its actor and
    object, `related_*` all that it names. `stored` is unique and in the order of commits.
    """

    pk = models.CompositePrimaryKey("stored", "id")
    id = models.UUIDField()
    stored = models.DateTimeField()
    timestamp = models.DateTimeField(help_text="when it happened")
    verb = models.UUIDField()
    activity = models.UUIDField(null=True)
    actor = models.UUIDField(null=True)
    registration = models.UUIDField(null=True)
    authority = models.UUIDField(help_text="the client that wrote it, as an agent")
    agents = ArrayField(models.UUIDField())
    related_agents = ArrayField(models.UUIDField())
    related_activities = ArrayField(models.UUIDField())
    place = models.UUIDField(
        null=True,
        help_text="key of the communities and themes of ours that it names; null in what was written before",
    )
    attachments = ArrayField(models.CharField(max_length=128), default=list)
    is_voided = models.BooleanField(default=False)
    body = JsonText()

    class Meta:
        indexes = [
            models.Index(fields=["verb", "stored"], name="statement_verb"),
            models.Index(fields=["activity", "stored"], name="statement_activity"),
            models.Index(fields=["authority", "stored"], name="statement_authority"),
            models.Index(
                fields=["registration", "stored"],
                condition=Q(registration__isnull=False),
                name="statement_registration",
            ),
            GinIndex(fields=["agents"], name="statement_agents"),
            GinIndex(fields=["related_agents"], name="statement_related_agents"),
            GinIndex(fields=["related_activities"], name="statement_related"),
            GinIndex(fields=["attachments"], condition=~Q(attachments=[]), name="statement_attachments"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Echo(models.Model):
    """A statement `id` that is about another one, `target`, at first hand or through others.

    Whoever looks for the target by what it says finds the statement about it too: so this row has the
    target's keys, or none as long as the target has not come.
    """

    pk = models.CompositePrimaryKey("id", "target")
    id = models.UUIDField()
    target = models.UUIDField()
    stored = models.DateTimeField(help_text="of the statement that is about the other")
    is_voiding = models.BooleanField(default=False)
    verb = models.UUIDField(null=True)
    activity = models.UUIDField(null=True)
    registration = models.UUIDField(null=True)
    agents = ArrayField(models.UUIDField(), null=True)
    related_agents = ArrayField(models.UUIDField(), null=True)
    related_activities = ArrayField(models.UUIDField(), null=True)

    class Meta:
        verbose_name_plural = "echoes"
        indexes = [
            models.Index(fields=["target"], name="echo_target"),
            models.Index(fields=["verb", "stored"], name="echo_verb"),
            models.Index(fields=["activity", "stored"], name="echo_activity"),
            models.Index(fields=["registration", "stored"], name="echo_registration"),
            GinIndex(fields=["agents"], name="echo_agents"),
            GinIndex(fields=["related_agents"], name="echo_related_agents"),
            GinIndex(fields=["related_activities"], name="echo_related_activities"),
        ]

    def __str__(self) -> str:
        return f"{self.id} → {self.target}"


class Attachment(models.Model):
    """What came with statements, once for each content; statements name it by its SHA-2."""

    sha2 = models.CharField(primary_key=True, max_length=128)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.sha2


class Activity(models.Model):
    """What statements are about, as it was last defined."""

    key = models.UUIDField(primary_key=True)
    iri = models.TextField()
    definition = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "activities"

    def __str__(self) -> str:
        return self.iri
