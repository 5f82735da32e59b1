"""A text of a conversation with all that stands under it, as an open page asks for it: drawn and kept.

All who have that page open ask for the same texts at once (`foundation.pure`); the page itself draws them by
the same templates, within a part of its own. What a template of these parts may know of a text, of who reads
and of what they may do stands here, and is what the part is kept by: another right, another look.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from passeur.foundation import pure
from passeur.foundation.tokens import form_token

from ..queries.pieces import Entry, Head, Themes

register = template.Library()

_TOKEN = pure.mark()


@dataclass(frozen=True, slots=True)
class Community:
    """The community around, as far as its address."""

    slug: str


@dataclass(frozen=True, slots=True)
class Where:
    """The conversation around."""

    pk: int
    asks: bool
    is_closed: bool
    accepter: str
    accepted_at: dt.datetime | None
    themes: Themes


@dataclass(frozen=True, slots=True)
class Rights:
    """What the reader may do here, by the policies of the room."""

    contribute: bool
    accept: bool
    close: bool
    manage: bool
    doubt: bool
    verify: bool


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
    conversation, reader, can = context["conversation"], context["request"].user.pk, context["can"]
    writers = {text.author.pk for text in (entry.contribution, *entry.comments)}
    if entry.truth is not None:
        writers.add(entry.truth.by.pk)
    part = pure.drawn(
        name,
        entry=entry,
        conversation=_where(conversation),
        community=Community(conversation.community.slug),
        can=Rights(**{field.name: bool(getattr(can, field.name)) for field in fields(Rights)}),
        request=Asking(Reader(reader if reader in writers else 0)),
        note=context["notes"].get(entry.contribution.author.pk, SafeString("")),
        follows=follows,
        csrf_token=_TOKEN,
    )
    return pure.filled(part, {_TOKEN: form_token(context["request"])})


def _where(conversation: Head) -> Where:
    return Where(
        pk=conversation.pk,
        asks=conversation.asks,
        is_closed=conversation.is_closed,
        accepter=conversation.accepter,
        accepted_at=conversation.accepted_at,
        themes=conversation.themes,
    )
