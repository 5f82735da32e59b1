"""A line of a list of conversations, as it is drawn."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from passeur.foundation.frame import Person

from ..choices import Kind

if TYPE_CHECKING:
    from ..models import Conversation


@dataclass(frozen=True, slots=True)
class Row:
    """`kind` and `community` are empty where they are not said."""

    pk: int
    title: str
    has_news: bool
    state: str
    is_outdated: bool
    answer_count: int
    reply_count: int
    created_at: dt.datetime
    author: Person
    kind: str
    community: str
    themes: tuple[str, ...]


def row_of(conversation: Conversation, *, show_community: bool) -> Row:
    """Of a conversation of `lists.listed`."""
    author = conversation.author
    return Row(
        pk=conversation.pk,
        title=conversation.title,
        has_news=bool(getattr(conversation, "has_news", False)),
        state=str(conversation.state),
        is_outdated=conversation.is_outdated,
        answer_count=conversation.answer_count,
        reply_count=conversation.reply_count,
        created_at=conversation.created_at,
        author=Person(author.name, author.initials, author.tint),
        kind=kind_said(conversation.kind),
        community=conversation.community.name if show_community else "",
        themes=tuple(map(str, conversation.themes.all())),
    )


def kind_said(kind: str) -> str:
    """Most are questions, of which nothing is said."""
    return "" if kind == Kind.QUESTION else str(Kind(kind).label)
