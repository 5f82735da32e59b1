"""One line per request: its kind of page, its outcome and its time; no person, no address, no text typed."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

log = logging.getLogger("passeur.request")


class OneLinePerRequest:
    """Writes the route (`conversations/<int:pk>/`), never the path, which can hold a name or a search."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        route = f"/{match.route}" if match else "-"
        spent = (time.perf_counter() - began) * 1000
        log.info("%s %s %d %.0f ms", request.method, route, response.status_code, spent)
        return response
