"""A text of a conversation with all that stands under it, drawn of values and kept (`foundation.pure`).

What a template of these parts may know of a text, of who reads and of what they may do stands here, and is
what the part is kept by: another right, another look.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from django import template
from django.middleware.csrf import get_token
from django.template import Context
from django.utils.safestring import SafeString

from passeur.foundation import pure
from passeur.foundation.templatetags.foundation import when

from ..queries.reactions import ReactionCount
from ..queries.threads import Entry

if TYPE_CHECKING:
    from passeur.accounts.models import Member

    from ..models import Contribution, Conversation

register = template.Library()

_TOKEN = pure.mark()


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote, or did something."""

    pk: int
    name: str
    first_name: str
    job: str
    initials: str
    tint: int


@dataclass(frozen=True, slots=True)
class Text:
    """A contribution; moments are words."""

    pk: int
    part: str
    html: str
    author: Author
    author_id: int
    votes: int
    is_deleted: bool
    deleted_by: Author | None
    deleted_at: SafeString
    created_at: SafeString
    edited_at: bool
    is_new: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry of a thread."""

    contribution: Text
    reactions: tuple[ReactionCount, ...]
    comments: tuple[Text, ...]
    accepted: bool
    unread: bool
    stamp: str


@dataclass(frozen=True, slots=True)
class Named:
    """A theme, or a community."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Themes:
    """The themes of a conversation."""

    all: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Where:
    """The conversation around."""

    pk: int
    asks: bool
    is_closed: bool
    accepted_by: Author | None
    themes: Themes


@dataclass(frozen=True, slots=True)
class Rights:
    """What the reader may do here, by the policies of the room."""

    contribute: bool
    accept: bool
    close: bool
    manage: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, if anything here is theirs, since their own texts look otherwise to them; else 0."""

    pk: int


@dataclass(frozen=True, slots=True)
class Asking:
    """The request, as far as these parts may know it."""

    user: Reader


@register.simple_tag(takes_context=True)
def opening(context: Context, entry: Entry) -> SafeString:
    """The text that opens a conversation."""
    return _drawn("conversations/_opening.html", context, entry, follows=bool(context.get("follows")))


@register.simple_tag(takes_context=True)
def entry(context: Context, entry: Entry) -> SafeString:
    """An answer or a message."""
    return _drawn("conversations/_entry.html", context, entry, follows=False)


def _drawn(name: str, context: Context, entry: Entry, *, follows: bool) -> SafeString:
    request, conversation = context["request"], context["conversation"]
    thread, notes = context.get("thread"), context.get("notes") or {}
    until = thread.read_until if thread else None
    contribution, reader = entry.contribution, request.user.pk
    writers = {text.author_id for text in (contribution, *entry.comments)}
    shown = Shown(
        contribution=_text(contribution),
        reactions=tuple(entry.reactions),
        comments=tuple(_text(comment, reader, until) for comment in entry.comments),
        accepted=entry.accepted,
        unread=entry.unread,
        stamp=entry.stamp,
    )
    part = pure.drawn(
        name,
        entry=shown,
        conversation=_where(conversation),
        community=Named(conversation.community.slug, ""),
        can=Rights(**{field.name: bool(context["can"][field.name]) for field in fields(Rights)}),
        request=Asking(Reader(reader if reader in writers else 0)),
        note=notes.get(contribution.author_id, SafeString("")),
        follows=follows,
        csrf_token=_TOKEN,
    )
    return pure.filled(part, {_TOKEN: SafeString(get_token(request))})


def _text(contribution: Contribution, reader: int = 0, until: dt.datetime | None = None) -> Text:
    made: Any = contribution.created_at
    return Text(
        pk=contribution.pk,
        part=str(contribution.part),
        html=str(contribution.html),
        author=_author(contribution.author),
        author_id=contribution.author_id,
        votes=contribution.votes or 0,
        is_deleted=contribution.is_deleted,
        deleted_by=_author(contribution.deleted_by) if contribution.deleted_by else None,
        deleted_at=when(contribution.deleted_at),
        created_at=when(made),
        edited_at=contribution.edited_at is not None,
        is_new=until is not None and made > until and contribution.author_id != reader,
    )


def _author(member: Member) -> Author:
    return Author(member.pk, member.name, member.first_name, member.job, member.initials, member.tint)


def _where(conversation: Conversation) -> Where:
    themes: Iterable[Any] = conversation.themes.all()
    return Where(
        pk=conversation.pk,
        asks=conversation.asks,
        is_closed=conversation.is_closed,
        accepted_by=_author(conversation.accepted_by) if conversation.accepted_by else None,
        themes=Themes(tuple(Named(theme.slug, theme.name) for theme in themes)),
    )
