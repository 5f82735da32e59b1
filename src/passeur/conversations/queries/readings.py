"""What the page of a conversation asks: queries of values that go into one statement with the others."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Max, Q, QuerySet
from django.db.models.functions import JSONObject

from passeur.accounts.queries import drawn
from passeur.foundation.prepared import Asked, prepared

from .. import policies
from ..choices import Part
from ..models import (
    Contribution,
    Conversation,
    ConversationLink,
    ConversationTheme,
    Follow,
    Reaction,
    ReadMark,
    Verification,
)

MOST_AT_ONCE = 150
"""Texts and comments of a conversation that are read at once."""


@prepared
def head(conversation: Asked) -> QuerySet[Conversation, Any]:
    """`pieces.HeadRow`; one."""
    community = JSONObject(
        slug=F("community__slug"),
        name=F("community__name"),
        is_archived=_is(Q(community__archived_at__isnull=False)),
    )
    return Conversation.objects.filter(pk=conversation).values(
        "pk", "kind", "title", "state", "answer_count", "reply_count", "created_at", "closed_at",
        "closed_reason", "accepted_answer_id", "accepted_at",
        is_outdated=_is(Q(outdated_at__isnull=False)),
        from_kind=F("channel__kind"),
        from_address=F("channel__address"),
        place=community,
        writer=drawn("author"),
        closer=drawn("closed_by"),
        accepter=drawn("accepted_by"),
    )  # fmt: skip


@prepared
def themes(conversation: Asked) -> QuerySet[ConversationTheme, Any]:
    """`pieces.Named`, by name."""
    rows = ConversationTheme.objects.filter(conversation=conversation)
    return rows.order_by("theme__name").values(slug=F("theme__slug"), name=F("theme__name"))


@prepared
def texts(conversation: Asked) -> QuerySet[Contribution, Any]:
    """`pieces.TextRow`, the oldest first: all of them, or one more than are read at once."""
    return _texts(Contribution.objects.filter(conversation=conversation))[: MOST_AT_ONCE + 1]


@prepared
def texts_under(conversation: Asked, tops: Asked) -> QuerySet[Contribution, Any]:
    """`pieces.TextRow`: the opening, these texts, and the comments on all of them."""
    opening = Contribution.objects.filter(conversation=conversation, part=Part.OPENING)
    shown = Q(pk__among=tops) | Q(parent__among=tops) | Q(part=Part.OPENING) | Q(parent__in=opening)
    return _texts(Contribution.objects.filter(shown, conversation=conversation))


def _texts(rows: QuerySet[Contribution]) -> QuerySet[Contribution, Any]:
    return rows.order_by("created_at", "pk").values(
        "pk", "part", "parent_id", "html", "version", "votes", "created_at", "deleted_at",
        is_edited=_is(Q(edited_at__isnull=False)),
        writer=drawn("author"),
        remover=drawn("deleted_by"),
    )  # fmt: skip


@prepared
def reactions(conversation: Asked, reader: Asked) -> QuerySet[Reaction, Any]:
    """`pieces.Counted`."""
    rows = Reaction.objects.filter(contribution__conversation=conversation)
    return (
        rows.values("contribution_id", "meaning")
        .annotate(n=Count("pk"), mine=Count("pk", filter=Q(member=reader)))
        .order_by("contribution_id", "meaning")
    )


@prepared
def links(conversation: Asked, reader: Asked) -> QuerySet[ConversationLink, Any]:
    """`pieces.LinkRow`: those of which the reader may read both ends."""
    linked = Q(source=conversation) | Q(target=conversation)
    both = (policies.readable_by(reader, side) for side in ("source__", "target__"))
    return (
        ConversationLink.objects.filter(linked, *both)
        .order_by("pk")
        .values(
            "kind",
            "source_id",
            "target_id",
            source_title=F("source__title"),
            target_title=F("target__title"),
        )
    )


@prepared
def truth(conversation: Asked) -> QuerySet[Verification, Any]:
    """`pieces.Truth`: what was said last of a text of it."""
    rows = Verification.objects.filter(contribution__conversation=conversation)
    return rows.order_by("-created_at", "-pk").values(
        "pk", "contribution_id", "holds", "reason", "created_at", by=drawn("member")
    )[:1]


@prepared
def size(conversation: Asked, reader: Asked) -> QuerySet[Contribution, Any]:
    """`pieces.Size`; one."""
    rows = Contribution.objects.filter(conversation=conversation).order_by().values("conversation_id")
    return rows.annotate(
        texts=Count("pk"),
        tops=Count("pk", filter=Q(parent=None) & ~Q(part=Part.OPENING)),
        mine=Count("pk", filter=Q(author=reader)),
        latest=Max("created_at"),
    ).values("texts", "tops", "mine", "latest")


@prepared
def read_mark(conversation: Asked, reader: Asked) -> QuerySet[ReadMark, Any]:
    """Up to when the reader has read it; nothing for somebody who never opened it."""
    return ReadMark.objects.filter(conversation=conversation, member=reader).values("read_until")


@prepared
def follow(conversation: Asked, reader: Asked) -> QuerySet[Follow, Any]:
    """A row if the reader asked to be told of what comes in it."""
    return Follow.objects.filter(conversation=conversation, member=reader).values("conversation_id")


def _is(condition: Q) -> ExpressionWrapper[Q]:
    return ExpressionWrapper(condition, output_field=BooleanField())
