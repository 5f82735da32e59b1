"""The token that each form of a page brings, one for a whole page."""

from __future__ import annotations

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.safestring import SafeString


def form_token(request: HttpRequest) -> SafeString:
    """What Django's `get_token` gives, masked once in a request and not once for each part of its page.

    Another request masks it otherwise, so that a page that is compressed tells nothing of it (BREACH); and so
    does this one, once its secret is another (somebody signed in).
    """
    kept: tuple[str, SafeString] | None = getattr(request, "_form_token", None)
    if kept is not None and kept[0] == request.META.get("CSRF_COOKIE"):
        return kept[1]
    token = SafeString(get_token(request))
    request._form_token = (request.META["CSRF_COOKIE"], token)  # type: ignore[attr-defined]
    return token
