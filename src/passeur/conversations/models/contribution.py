"""What people write in a conversation, its earlier versions, and votes cast on it elsewhere."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..choices import Markup, Part


class Contribution(models.Model):
    """One message. `body` is as it was written, `html` is what is safe to show.

    A deleted one keeps its place, without text. `version` grows with each edit and guards against
    two people overwriting each other; `edited_by` wrote the present version, where that is not the author.
    `votes` is the sum of votes cast where it was imported from.
    """

    # Where a constraint or an index below begins with a column, an index of its own would only cost writes.
    conversation = models.ForeignKey(
        "Conversation", on_delete=models.CASCADE, related_name="contributions", db_index=False
    )
    part = models.CharField(max_length=8, choices=Part)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="comments"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="contributions", db_index=False
    )
    body = models.TextField(_("texte"))
    markup = models.CharField(max_length=8, choices=Markup, default=Markup.MARKDOWN)
    html = models.TextField(editable=False)
    version = models.PositiveIntegerField(default=1)
    votes = models.IntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )

    channel = models.ForeignKey(
        "channels.Channel",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    external_id = models.CharField(max_length=200, blank=True)
    external_digest = models.BigIntegerField(
        null=True, blank=True, editable=False, help_text="of what the outside place last said of it"
    )

    class Meta:
        verbose_name = _("contribution")
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "external_id"],
                condition=~models.Q(channel=None),
                name="contribution_external_once",
            ),
            models.UniqueConstraint(
                fields=["conversation"],
                condition=models.Q(part=Part.OPENING),
                name="contribution_one_opening",
            ),
            models.CheckConstraint(
                condition=models.Q(part=Part.COMMENT) | models.Q(parent=None),
                name="contribution_parent_of_comment",
            ),
        ]
        indexes = [
            models.Index(fields=["conversation", "created_at"], name="contribution_thread"),
            models.Index(fields=["author", "-created_at"], name="contribution_author"),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.pk}"

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None


class Revision(models.Model):
    """An earlier version of a contribution, kept when it was edited."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="revisions", db_index=False
    )
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=300, blank=True)
    body = models.TextField()
    markup = models.CharField(max_length=8, choices=Markup, default=Markup.MARKDOWN)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(help_text="when this version was written")

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["contribution", "version"], name="revision_once")]

    def __str__(self) -> str:
        return f"{self.contribution_id} v{self.version}"


class OutsideVote(models.Model):
    """Votes cast on a contribution where it was imported from, summed by day."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="outside_votes", db_index=False
    )
    day = models.DateField()
    up = models.PositiveIntegerField(default=0)
    down = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contribution", "day"], name="outside_vote_once")]

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.day}: +{self.up} −{self.down}"
