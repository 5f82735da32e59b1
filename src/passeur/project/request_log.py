"""One line per request: its kind of page, its outcome, what it cost; no person, no address, no text typed."""

import logging
import re
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponseBase

from passeur.foundation import metrics, request_id

log = logging.getLogger("passeur.request")

NOWHERE = "-"  # an address that leads to no view: files of the interface, and what does not exist
_IDENTITY = re.compile(r"[A-Za-z0-9._-]{6,64}")


class OneLinePerRequest:
    """Writes the route (`conversations/<int:pk>/`), never the path, which can hold a name or a search.

    The request gets a word of its own, or that of the proxy where `PASSEUR_REQUEST_ID_HEADER` names a header.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        asked = _Counting()
        identity = _identity(request)
        with request_id.carried(identity):
            with connection.execute_wrapper(asked):
                response = self.get_response(request)
            seconds = time.perf_counter() - began
            _note(request, response.status_code, seconds, asked.queries)
        response.headers["X-Request-ID"] = identity
        return response


class _Counting:
    """Counts queries on the connection of this thread."""

    def __init__(self) -> None:
        self.queries = 0

    def __call__(self, execute: Callable[..., Any], *given: Any) -> Any:
        self.queries += 1
        return execute(*given)


def _identity(request: HttpRequest) -> str:
    given = request.headers.get(settings.REQUEST_ID_HEADER, "") if settings.REQUEST_ID_HEADER else ""
    return given if _IDENTITY.fullmatch(given) else request_id.fresh()


def _note(request: HttpRequest, status: int, seconds: float, queries: int) -> None:
    match = request.resolver_match
    route = f"/{match.route}" if match else NOWHERE
    name = match.view_name if match else NOWHERE
    method = request.method if request.method in {"GET", "HEAD", "POST", "OPTIONS"} else "other"
    metrics.REQUESTS.labels(method, name, status).inc()
    metrics.SECONDS.labels(name).observe(seconds)
    facts = {
        "method": method, "route": route, "view": name, "status": status,
        "milliseconds": round(seconds * 1000, 1), "queries": queries,
    }  # fmt: skip
    log.info(
        "%s %s %d %.0f ms, %d queries", method, route, status, seconds * 1000, queries, extra={"facts": facts}
    )
