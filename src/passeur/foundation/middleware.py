"""The frame of each response: the member's language and clock, and what a browser may not do."""

import zoneinfo
from collections.abc import Callable

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import LazyObject

from .fragments import page_of
from .quick import behind

Next = Callable[[HttpRequest], HttpResponseBase]

POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
# For the one page that draws a secret, which must lie at no address: images may come inside the page.
DRAWN_IN_THE_PAGE = POLICY.replace("img-src 'self'", "img-src 'self' data:")
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class BrowserLimits:
    """Security headers on each response, unless a view set its own."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for header, value in HEADERS.items():
            response.headers.setdefault(header, value)
        return response


class MemberLocale:
    """The member's language and time zone; for a stranger the cookie, then the browser, then French."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if isinstance(request.user, LazyObject):  # who asks is asked here: nothing after it need look behind
            request.user = behind(request.user)
        member = request.user if request.user.is_authenticated else None
        language = member.language if member else translation.get_language_from_request(request)
        zone = member.time_zone if member else settings.TIME_ZONE
        request.LANGUAGE_CODE = language
        with translation.override(language), timezone.override(_zone(zone)):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie", "HX-Request"] + ([] if member else ["Accept-Language"]))
        return response


def _zone(name: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo(settings.TIME_ZONE)


class ToastsInFragments:
    """A fragment brings the toasts of the act that made it, out of band; a whole page shows its own."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not (isinstance(response, HttpResponse) and request.headers.get("HX-Request")):
            return response
        goes_elsewhere = response.has_header("HX-Redirect") or response.has_header("HX-Refresh")
        is_html = response.headers.get("Content-Type", "").startswith("text/html")
        if goes_elsewhere or not is_html or response.status_code not in {200, 201, 422}:
            return response
        if messages := list(get_messages(request)):
            context = {"messages": messages, "swapped": True, "came_from": page_of(request)}
            response.content += render_to_string("foundation/_toasts.html", context, request).encode()
        return response
