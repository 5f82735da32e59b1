"""Up to where a page knows what happened: remembered before its view reads anything."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from .hub import hub


class Position:
    """Puts the hub's position on the request: the page's stream starts there, and nothing falls between."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.live_position = hub.position  # type: ignore[attr-defined]
        return self.get_response(request)
