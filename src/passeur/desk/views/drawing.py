"""A desk as HTML: drawn without a request, with marks for what differs each time it is sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from passeur.foundation import pure
from passeur.foundation.templatetags.foundation import follows

from .. import queries
from ..choices import View
from ..cues import ages
from . import lines
from .greeting import greeting

if TYPE_CHECKING:
    from ..queries import Desk, Line
    from .asked import Asked

PAGE_SIZE = queries.PAGE_SIZE
_FOLLOWS = pure.mark()


def drawn(template: str, asked: Asked, desk: Desk, *, focus: int | None = None, **more: Any) -> SafeString:
    """A part of the page. `focus` is where focus goes after a gesture: the cue that moved up into it."""
    context = {
        "managed": asked.managed,
        "community": asked.community,
        "view": asked.view.value,
        "tabs": [(tab, desk.counts[tab], tab in desk.has_more) for tab in View],
        "has_more": desk.view in desk.has_more,
        "greeting": greeting(asked.manager.first_name, asked.view, desk),
        "page": Paginator(range(desk.counts[desk.view]), PAGE_SIZE).page(desk.number),
        "steps": desk.steps,
        "being_filled": desk.unfilled,
        "place": focus,
        "now": desk.scope.now,
        "address": asked.said,
        "follows": _FOLLOWS,
        "form": lines.FORM,
        **more,
    }
    return SafeString(get_template(template).render(context))


def drawn_health(desk: Desk) -> SafeString:
    """The state of the communities."""
    return SafeString(get_template("desk/_health.html").render({"health": desk.health}))


def drawn_list(asked: Asked, desk: Desk, *, focus: int | None = None) -> SafeString:
    """The work area: greeting, tabs and the lines of a list."""
    if focus is not None:
        focus = min(focus, len(desk.lines or desk.steps) - 1)
    some = drawn_lines(enumerate(desk.lines), asked, desk, focus=focus)
    return drawn("desk/_list.html", asked, desk, focus=focus, lines=some)


def drawn_lines(
    some: Iterable[tuple[int, Line]], asked: Asked, desk: Desk, *, focus: int | None = None
) -> list[SafeString]:
    """Lines with their numbers in the list."""
    place = lines.Place(asked.view.value, desk.number, asked.slug, focus)
    return lines.drawn(some, place, desk.scope.now, says_where=asked.says_where, colleagues=desk.colleagues)


def sent(request: HttpRequest, part: SafeString, asked: Asked, now: dt.datetime) -> SafeString:
    """The part as it goes to the browser: with the token of its forms, its stream, and ages in words."""
    token = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))
    stream = follows(request, "desk", [community.pk for community in asked.chosen])
    return ages.filled(pure.filled(part, {lines.FORM: token, _FOLLOWS: stream}), now)
