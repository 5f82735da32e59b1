"""The short way of programs: what they ask at /xapi/ brings no cookie and is no page."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, ResolverMatch, resolve

BEGINS = "/xapi/"


class ShortWay:
    """Leads straight to a view of programs, past sessions, tokens of forms and all else that pages need.

    What stands before it holds for programs too: https, the headers of each answer, compression, the log.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        match = _known(request.path_info) if request.path_info.startswith(BEGINS) else None
        if match is None or getattr(match.func, "access", "") != "programs":
            return self.get_response(request)
        request.get_host()  # refuses names that are not ours
        request.resolver_match = match
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        response.headers.setdefault("Content-Length", str(len(response.content)))
        return response


def _known(path: str) -> ResolverMatch | None:
    try:
        return _resolved(path)
    except Resolver404:
        return None


@lru_cache(maxsize=32)
def _resolved(path: str) -> ResolverMatch:
    return resolve(path)
