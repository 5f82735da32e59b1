"""A conversation: one subject, the contributions about it, and the state they put it in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..choices import ClosedReason, Kind, LinkKind, State, Turn
from .titles import TakenOut, TitleField


class Conversation(models.Model):
    """A thread. `state`, `turn` and the figures follow from its contributions (`services.states`)."""

    # Where a constraint or an index below begins with a column, an index of its own would only cost writes.
    community = models.ForeignKey(
        "communities.Community", on_delete=models.CASCADE, related_name="conversations", db_index=False
    )
    kind = models.CharField(_("sorte"), max_length=12, choices=Kind)
    title = TitleField(_("titre"), max_length=300)
    title_aside = models.CharField(
        max_length=300,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text="the title, while the opening is taken out and `title` is empty",
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="conversations", db_index=False
    )
    themes: models.ManyToManyField[models.Model, models.Model] = models.ManyToManyField(
        "skills.Theme", through="ConversationTheme", related_name="conversations"
    )
    created_at = models.DateTimeField(default=timezone.now)

    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    turn = models.CharField(max_length=9, choices=Turn, default=Turn.NOBODY, blank=True)
    turn_since = models.DateTimeField(default=timezone.now)
    first_reply_at = models.DateTimeField(null=True, blank=True)
    last_activity_at = models.DateTimeField(default=timezone.now)
    answer_count = models.PositiveIntegerField(default=0)
    reply_count = models.PositiveIntegerField(default=0)

    accepted_answer = models.OneToOneField(
        "conversations.Contribution",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="accepted_in",
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    closed_reason = models.CharField(max_length=20, choices=ClosedReason, blank=True)

    verified_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="when somebody said that what lasts of it still holds",
    )
    outdated_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="when somebody said that it no longer does"
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
        verbose_name = _("échange")
        verbose_name_plural = _("échanges")
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "external_id"],
                condition=~models.Q(channel=None),
                name="conversation_external_once",
            )
        ]
        indexes = [
            models.Index(fields=["community", "-last_activity_at", "-id"], name="conversation_recent"),
            models.Index(fields=["-last_activity_at", "-id"], name="conversation_latest"),
            models.Index(
                fields=["community", "state", "-last_activity_at", "-id"], name="conversation_state"
            ),
            models.Index(fields=["author", "-created_at"], name="conversation_author"),
            models.Index(fields=["author", "-last_activity_at"], name="conversation_author_active"),
            # How much else of one person waits is counted along it, whatever they wrote.
            models.Index(
                fields=["author", "community"],
                condition=models.Q(state=State.WAITING),
                name="conversation_others_waiting",
            ),
            models.Index(
                fields=["community", "-created_at"],
                condition=models.Q(kind__in=[Kind.EXPERIENCE, Kind.ANNOUNCEMENT]),
                name="conversation_told",
            ),
            models.Index(
                fields=["community", "-accepted_at"],
                condition=models.Q(accepted_at__isnull=False),
                name="conversation_resolved",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def words(self) -> str:
        """The title as words to look for, compare and index: none while the opening is taken out."""
        return "" if isinstance(self.title, TakenOut) else self.title

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def is_outdated(self) -> bool:
        """Whether somebody said, last, that what lasts of it no longer holds."""
        return self.outdated_at is not None

    @property
    def asks(self) -> bool:
        return self.kind == Kind.QUESTION


class ConversationTheme(models.Model):
    """A theme on a conversation; `position` keeps the author's order."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="theme_links", db_index=False
    )
    theme = models.ForeignKey("skills.Theme", on_delete=models.PROTECT, related_name="conversation_links")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "theme"], name="conversation_theme_once")
        ]
        indexes = [models.Index(fields=["theme", "-conversation"], name="conversation_theme_newest")]

    def __str__(self) -> str:
        return f"{self.conversation_id} · {self.theme_id}"


class ConversationLink(models.Model):
    """`source` is the same question as `target`, or related to it, as people said."""

    source = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="links_out", db_index=False
    )
    target = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="links_in")
    kind = models.CharField(max_length=9, choices=LinkKind)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="conversation_link_once"),
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")), name="conversation_link_other"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"
