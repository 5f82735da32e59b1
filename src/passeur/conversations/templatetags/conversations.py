"""Template filters of conversations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import template
from django.utils.safestring import SafeString

from passeur.foundation import pure
from passeur.foundation.frame import Person
from passeur.foundation.templatetags.foundation import when

from ..choices import Kind
from ..queries.reactions import tally

if TYPE_CHECKING:
    from passeur.skills.models import Theme

    from ..models import Conversation

register = template.Library()


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list of conversations; `kind` and `community` are empty where they are not said."""

    pk: int
    title: str
    has_news: bool
    state: str
    answer_count: int
    reply_count: int
    author: Person
    kind: str
    community: str
    themes: tuple[str, ...]


@register.simple_tag
def conversation_row(conversation: Conversation, show_community: bool = False) -> SafeString:
    """A conversation of `queries.lists.listed`; its community where several are mixed."""
    author = conversation.author
    row = Row(
        pk=conversation.pk,
        title=conversation.title,
        has_news=bool(getattr(conversation, "has_news", False)),
        state=str(conversation.state),
        answer_count=conversation.answer_count,
        reply_count=conversation.reply_count,
        author=Person(author.name, author.initials, author.tint),
        kind="" if conversation.kind == Kind.QUESTION else str(conversation.get_kind_display()),
        community=conversation.community.name if show_community else "",
        themes=vars(conversation).get("theme_names") or tuple(map(str, conversation.themes.all())),
    )
    return pure.drawn("conversations/_row.html", conversation=row, at=when(conversation.created_at))


@dataclass(frozen=True, slots=True)
class Choice:
    """A theme that a list may be narrowed to."""

    slug: str
    name: str


@register.simple_tag
def theme_choices(themes: Iterable[Theme], chosen: Theme | None) -> SafeString:
    """The options of the themes of a community."""
    options = tuple(Choice(theme.slug, theme.name) for theme in themes)
    return pure.drawn(
        "conversations/_theme_options.html", options=options, chosen=chosen.slug if chosen else ""
    )


register.filter(tally)
