"""The tags and filters of every page: icons, avatars, dates, numbers, typography, slots."""

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Protocol

from django import template
from django.http import HttpRequest
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from passeur.foundation import dates, pure, slots, typography
from passeur.foundation.charts import Drawable
from passeur.foundation.markdown import to_text
from passeur.foundation.templating import constant

register = template.Library()

LONG = 20_000
"""Characters: a longer text is mended each time, and not kept."""


class Person(Protocol):
    """Whoever can be drawn as an avatar."""

    name: str
    initials: str
    tint: int


@register.simple_tag
@constant
@lru_cache(maxsize=500)
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite, beside a word; `label` only where no word stands beside it."""
    href = static("foundation/icons.svg") + f"#{name}"
    if label:
        return format_html('<svg class="i" role="img" aria-label="{}"><use href="{}"/></svg>', label, href)
    return format_html('<svg class="i" aria-hidden="true"><use href="{}"/></svg>', href)


@register.simple_tag(takes_context=True)
def live(context: Context, topic: str, keys: int | Iterable[int]) -> SafeString:
    """Attributes of what follows a thing, `{% live "conversation" conversation.pk %}`: it gets `live` events.

    `data-live-since` is where this page stands: its stream begins there.
    """
    return follows(context.get("request"), topic, keys)


def follows(request: HttpRequest | None, topic: str, keys: int | Iterable[int]) -> SafeString:
    """The same, for a part that is drawn without a request."""
    since = getattr(request, "live_position", "")
    topics = " ".join(f"{topic}:{key}" for key in ([keys] if isinstance(keys, int) else keys))
    return format_html('data-live="{}" data-live-since="{}"', topics, since)


@register.simple_tag
def avatar(person: Person | None, size: str = "") -> SafeString:
    """Initials on the person's tint; decoration, the name stands beside it. `size`: s or l."""
    return _avatar(*((person.tint, person.initials) if person is not None else (6, "–")), size)


@lru_cache(maxsize=4_000)
def _avatar(tint: int, initials: str, size: str) -> SafeString:
    return format_html(
        '<span class="av a{}{}" aria-hidden="true">{}</span>', tint, f" {size}" if size else "", initials
    )


@register.simple_tag
def when(moment: dt.datetime | SafeString | None, prefix: str = "") -> SafeString:
    """A moment as one says it, exact for machines and on hovering; what says it already is left as it is."""
    if moment is None or isinstance(moment, SafeString):
        return moment or SafeString("")
    exactly = _exactly(moment, *pure.setting())
    words = pure.moment(moment) if pure.is_drawing() else escape(dates.when(moment))
    return SafeString(f"{exactly}{escape(f'{prefix} ') if prefix else ''}{words}</time>")


@lru_cache(maxsize=4_000)
def _exactly(moment: dt.datetime, language: str | None, zone: str) -> SafeString:
    at = moment.isoformat(timespec="minutes")
    return format_html('<time datetime="{}" title="{}">', at, dates.exactly(moment))


@register.simple_tag
def day(value: dt.date | None, with_year: bool = False) -> SafeString:
    """A day in words: « le 12 novembre »."""
    if value is None:
        return SafeString("")
    return format_html(
        '<time datetime="{}">{}</time>', value.isoformat(), dates.on_day(value, with_year=with_year)
    )


@register.filter
def duration(span: dt.timedelta | float | None) -> str:
    """« 7 h 40 », from a timedelta or seconds."""
    return "" if span is None else dates.duration(span)


@register.filter
def number(value: float | None, decimals: int | None = None) -> str:
    """« 1 284 », « 0,5 »."""
    if value is None:
        return ""
    return typography.number(value, decimals=decimals, language=pure.setting()[0] or "fr")


@register.filter(is_safe=True)
def typo(text: object) -> str:
    """French spaces and apostrophes, when the page is in French; HTML keeps its tags and its code."""
    words = str(text)
    if not (pure.setting()[0] or "fr").startswith("fr"):
        return words
    if isinstance(text, SafeString):
        return _mended_html(words) if len(words) < LONG else mark_safe(typography.french_html(words))  # noqa: S308 - it was safe, and only spaces changed
    return _mended(words) if len(words) < LONG else typography.french(words)


@lru_cache(maxsize=4_000)
def _mended(words: str) -> str:
    return typography.french(words)


@lru_cache(maxsize=4_000)
def _mended_html(words: str) -> SafeString:
    return SafeString(typography.french_html(words))


@register.filter
def plain_extract(html: str, length: int = 220) -> str:
    """The first words of rendered HTML, as text, cut at a word."""
    text = re.sub(r"\s+", " ", to_text(html)).strip()
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


@register.simple_tag
def chart(drawn: Drawable) -> SafeString:
    """A chart, its legend and, folded, the table behind it; the page asks for `foundation/figures.css`."""
    return render_to_string(drawn.template, {"chart": drawn})


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str, **values: Any) -> SafeString:
    """What rooms above put in this place of the page."""
    request: HttpRequest = context["request"]
    return slots.render(name, request, **values)


class Around(Node):
    """A frame that is drawn only when there is something in it."""

    child_nodelists = ("before", "content", "after")
    binds_as_its_children = True

    def __init__(self, before: NodeList, content: NodeList, after: NodeList) -> None:
        self.before, self.content, self.after = before, content, after

    def render(self, context: Context) -> SafeString:
        content = self.content.render(context)
        if not content.strip():
            return SafeString("")
        return SafeString(self.before.render(context) + content + self.after.render(context))


@register.tag
def around(parser: Parser, token: Token) -> Around:
    """`{% around %}<p>{% content %}{% block lead %}{% endblock %}{% endcontent %}</p>{% endaround %}`."""
    before = parser.parse(("content",))
    parser.delete_first_token()
    content = parser.parse(("endcontent",))
    parser.delete_first_token()
    after = parser.parse(("endaround",))
    parser.delete_first_token()
    return Around(before, content, after)
