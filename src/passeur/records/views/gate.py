"""The gate of /xapi/: who asks, in which edition, how often; and refusals as answers of HTTP."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from passeur.algorithms.xapi import Invalid, TooLarge
from passeur.algorithms.xapi.statements import Edition
from passeur.foundation import limits
from passeur.foundation.access import programs

from ..errors import NoLongerSo, Refusal
from ..models import Client
from ..queries import clients
from . import asked as asking
from .asked import Asked

VERSION = "X-Experience-API-Version"
# Credentials come with each request and no cookie counts, so any page may ask: content is served elsewhere.
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": f"ETag, Last-Modified, {VERSION}, X-Experience-API-Consistent-Through",
}
PREFLIGHT = {
    "Access-Control-Allow-Headers": "Authorization, Content-Type, If-Match, If-None-Match, Accept-Language, "
    f"{VERSION}, X-Experience-API-Hash",
    "Access-Control-Max-Age": "3600",
}
LEASE = 50  # requests counted at once, so that counting does not cost more than answering

Handler = Callable[[Asked], HttpResponse]
Headers = Callable[[Asked], dict[str, str]]
_left: dict[int, int] = {}


def resource(
    headers: Headers = lambda asked: {}, *, confirms: bool = False, **handlers: Handler
) -> Callable[[HttpRequest], HttpResponseBase]:
    """A view of these methods; HEAD is answered as GET; each answer to both has `headers`.

    `confirms`: GET has a client that is remembered confirmed by the same way to the server as what it reads.
    """

    def let_in(request: HttpRequest) -> Asked | HttpResponseBase:
        if request.method == "OPTIONS":
            return preflight(asking.known_methods(set(handlers)))
        try:
            asked = asking.read(request)
            return _entered(asked, may_remember=confirms and asked.method in {"GET", "HEAD"})
        except Invalid as error:
            return told(error)
        except _Stopped as stopped:
            return stopped.answer

    @programs(let_in)
    def view(request: HttpRequest, asked: Asked) -> HttpResponseBase:
        try:
            response = _carried_out(asked, handlers)
        except _Stopped as stopped:
            return stopped.answer
        always = headers(asked) if asked.method in {"GET", "HEAD"} else {}
        for name, value in always.items():
            response.headers[name] = value
        return _dressed(response, asked.edition.value)

    return view


def _carried_out(asked: Asked, handlers: Mapping[str, Handler]) -> HttpResponse:
    if asked.is_remembered:
        tried = replace(asked)
        try:
            response = handlers["GET"](tried)
        except (NoLongerSo, Invalid, Refusal):
            # Nothing is refused to a client that nobody has confirmed.
            asked.client, asked.is_remembered = _client(asked, may_remember=False)
        else:
            asked.through = tried.through
            return response
    handler = handlers.get("GET" if asked.method == "HEAD" else asked.method)
    if handler is None:
        allowed = asking.known_methods(set(handlers))
        return answer(405, f"This resource answers {allowed}.", asked.edition, {"Allow": allowed})
    try:
        return handler(asked)
    except Invalid as error:
        return told(error, asked.edition)
    except Refusal as refusal:
        return answer(refusal.status, str(refusal), asked.edition)


class _Stopped(Exception):
    """At the gate; with what is answered."""

    def __init__(self, answer: HttpResponse) -> None:
        super().__init__()
        self.answer = answer


def _entered(asked: Asked, *, may_remember: bool) -> Asked:
    asked.client, asked.is_remembered = _client(asked, may_remember=may_remember)
    if wait := _wait(asked.client):
        raise _Stopped(
            answer(429, f"Too many requests: ask again in {wait} s.", headers={"Retry-After": str(wait)})
        )
    asked.edition = _edition(asked.header(VERSION.lower()))
    if asked.edition is Edition.TWO and "method" in asked.parameters:
        raise _Stopped(told(Invalid("method", "xAPI 2.0 has no requests in forms"), Edition.TWO))
    if asked.header("content-encoding").strip().lower() not in {"", "identity"}:
        raise _Stopped(
            answer(
                415, "Content-Encoding: send the body as it is, not compressed.", asked.edition,
                {"Accept-Encoding": "identity"},
            )
        )  # fmt: skip
    return asked


def _edition(version: str) -> Edition:
    start, _, patch = version.rpartition(".")
    for edition, major in ((Edition.ONE, "1.0"), (Edition.TWO, "2.0")):
        if version == major or (start == major and patch.isascii() and patch.isdigit()):
            return edition
    if version:
        raise _Stopped(answer(400, f"{VERSION}: 1.0.x and 2.0.x are spoken here.", Edition.TWO))
    # A request that says no version is one of xAPI 0.9, which had no such header (1.0.3, Communication 3.3).
    response = answer(400, f"{VERSION}: this header is required, with 1.0.3 or 2.0.0.")
    response.headers[VERSION] = "0.9"
    raise _Stopped(response)


def _client(asked: Asked, *, may_remember: bool) -> tuple[Client, bool]:
    """Who asks, and whether that is only remembered; it never is where the limit is to be counted first."""
    if given := _credentials(asked.header("authorization")):
        client = clients.remembered(*given) if may_remember else None
        if client is not None and _left.get(client.pk):
            return client, True
        client = clients.by_credentials(*given)
        if client is not None:
            return client, False
    challenge = {"WWW-Authenticate": 'Basic realm="xAPI", charset="UTF-8"'}
    raise _Stopped(answer(401, "Give the key and the secret of a client (HTTP Basic).", headers=challenge))


def _credentials(header: str) -> tuple[str, str] | None:
    """(key, secret)."""
    kind, _, given = header.partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        key, colon, secret = base64.b64decode(given.strip(), validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    return (key, secret) if colon and "\0" not in key else None


def _wait(client: Client) -> int:
    """Seconds until the client may ask again; 0 while it is within its limit."""
    left = _left.get(client.pk, 0)
    if left:
        _left[client.pk] = left - 1
        return 0
    lease = min(LEASE, client.per_minute)
    wait = limits.spend(limits.Limit("records", client.per_minute // lease, 60), client.pk)
    if not wait:
        _left[client.pk] = lease - 1
    return wait


def told(error: Invalid, edition: Edition | None = None) -> HttpResponse:
    """What is wrong, in its one sentence."""
    return answer(413 if isinstance(error, TooLarge) else 400, str(error), edition)


def preflight(allowed: str) -> HttpResponse:
    """What a browser asks before a page of elsewhere may."""
    return answer(204, headers={"Allow": allowed, "Access-Control-Allow-Methods": allowed, **PREFLIGHT})


def answer(
    status: int, text: str = "", edition: Edition | None = None, headers: dict[str, str] | None = None
) -> HttpResponse:
    """An answer in plain words."""
    response = HttpResponse(
        text, status=status, content_type="text/plain; charset=utf-8", headers=headers or {}
    )
    return _dressed(response, (edition or Edition.TWO).value)


def _dressed(response: HttpResponse, version: str) -> HttpResponse:
    response.headers.setdefault(VERSION, version)
    for name, value in CORS.items():
        response.headers[name] = value
    response.headers["Cache-Control"] = "no-store"
    return response


def json_answer(text: str, headers: dict[str, Any] | None = None) -> HttpResponse:
    """An answer in JSON that is written already."""
    return HttpResponse(text.encode(), content_type="application/json", headers=headers or {})
