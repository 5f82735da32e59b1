"""How often one person may do a thing in a while: far above what anybody does, so that a script is stopped.

Counted in the database, so that all processes share it; by a keyed hash, so that it tells on nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many times in so many seconds, for one person."""

    name: str
    most: int
    seconds: int


POSTING = Limit("posting", 40, 600)
SEARCHING = Limit("searching", 120, 60)
NAMING = Limit("naming", 240, 60)
INVITING = Limit("inviting", 100, 3600)
INVITING_MANY = Limit("inviting many", 10, 3600)
UPLOADING = Limit("uploading", 100, 600)
EXPORTING = Limit("exporting", 10, 3600)

_SPEND = """
INSERT INTO foundation_spent AS spent (who, times, ends)
VALUES (%(who)s, 1, clock_timestamp() + make_interval(secs => %(seconds)s))
ON CONFLICT (who) DO UPDATE SET
  times = CASE WHEN spent.ends <= clock_timestamp() THEN 1 ELSE spent.times + 1 END,
  ends = CASE WHEN spent.ends <= clock_timestamp() THEN excluded.ends ELSE spent.ends END
RETURNING times, ceil(extract(epoch FROM ends - clock_timestamp()))::int
"""


def spend(limit: Limit, member: int) -> int:
    """Count one more time; gives 0 while the member is within the limit, else the seconds to wait."""
    who = salted_hmac("passeur.foundation.limits", f"{limit.name}:{member}", algorithm="sha256").hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, {"who": who, "seconds": limit.seconds})
        times, left = cursor.fetchone()
    return max(1, int(left)) if times > limit.most else 0


def limited(limit: Limit, *, method: str = "POST") -> Callable[[View[P]], View[P]]:
    """Requests of that method count against `limit`; beyond it the view is not entered: 429."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def gate(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method == method and request.user.is_authenticated:
                wait = spend(limit, request.user.pk)
                if wait:
                    return _too_often(request, wait)
            return view(request, *args, **kwargs)

        return cast("View[P]", gate)

    return decorate


def _too_often(request: HttpRequest, wait: int) -> HttpResponse:
    minutes = -(-wait // 60)
    sentence = ngettext(
        "C’est beaucoup en peu de temps : attendez une minute, puis recommencez.",
        "C’est beaucoup en peu de temps : attendez %(n)s minutes, puis recommencez.",
        minutes,
    ) % {"n": minutes}
    headers = {"Retry-After": str(wait)}
    if request.headers.get("HX-Request") or "text/html" not in request.headers.get("Accept", "text/html"):
        return HttpResponse(sentence, status=429, content_type="text/plain; charset=utf-8", headers=headers)
    response = render(request, "429.html", {"sentence": sentence}, status=429)
    response.headers["Retry-After"] = str(wait)
    return response
