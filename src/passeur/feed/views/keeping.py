"""The feed as it was made, shown again while all that was read for it, read again, says the same.

Kept is HTML, with marks for what differs each time: the token of its forms, and up to when it was read. It
stands until the first of its words that pass with time (« il y a 3 h ») would change.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest
from django.template.loader import get_template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from passeur.foundation import dates, pure, rereading
from passeur.foundation.tokens import form_token

if TYPE_CHECKING:
    from passeur.communities.models import Community

Context = Callable[..., dict[str, Any]]

LONGEST = dt.timedelta(minutes=30)
"""Where nobody said that they had been round, the feed begins so many days before *now*."""
_TOKEN, _UNTIL = pure.mark(), pure.mark()


@dataclass(frozen=True, slots=True)
class Shown:
    """The feed as it goes to the browser, and the communities that it is made of, by key."""

    html: SafeString
    belongs: dict[int, Community]


def shown(request: HttpRequest, context_of: Context) -> Shown:
    """The feed that the address asks for. One query where it was made before and nothing has changed."""
    now = timezone.now()
    key = _key(request)
    kept: Shown | None = rereading.found(key, now)
    if kept is None:
        with rereading.reading(now) as reading:
            context = context_of(request, request.GET, now=now)
            marked = context | {"csrf_token": _TOKEN, "until": _UNTIL}
            kept = Shown(SafeString(get_template("feed/_feed.html").render(marked)), context["feed"].belongs)
            reading.keep(key, kept, until=_lasts(now, context))
    token, until = form_token(request), SafeString(now.isoformat())
    return Shown(pure.filled(kept.html, {_TOKEN: token, _UNTIL: until}), kept.belongs)


def _key(request: HttpRequest) -> tuple[object, ...]:
    """All that a feed is made of and that is not read for it: who reads, and what they ask for."""
    member = cast("Any", request.user)
    row = tuple(getattr(member, field.attname) for field in member._meta.concrete_fields)
    asked = tuple(request.GET.get(name, "") for name in ("view", "community", "since"))
    return ("feed", row, asked, get_language(), timezone.get_current_timezone_name())


def _lasts(now: dt.datetime, context: dict[str, Any]) -> dt.datetime:
    """Until when its words stay: those of its moments, and « depuis hier »."""
    moments = [entry.written_at for entry in context["feed"].entries]
    tomorrow = timezone.localdate(now) + dt.timedelta(days=1)
    midnight = dt.datetime.combine(tomorrow, dt.time(), timezone.get_current_timezone())
    return min([now + LONGEST, midnight, *(dates.when_until(moment, now) for moment in moments)])
