"""`/live/?on=conversation:12&on=desk:3`: a stream of server-sent events, for whoever may listen to these.

Events: `known` (where the stream stands), `change` (a topic and ids), `ask` (something may have been missed:
ask for what you show), `lost` (the right to a topic is gone), `beat` (a sign of life), `end` (nothing more).
"""

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from passeur.foundation import metrics

from . import rights
from .hub import BEAT, hub
from .listener import Claim, Listener
from .topics import Topic, parse

log = logging.getLogger("passeur.request")

PATH = "/live/"
EACH, ALL = 12, 5_000  # streams of one member, and of everybody, in one process
MOST_TOPICS = 50

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

OPENED = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]
REFUSED = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]


async def live(scope: Message, receive: Receive, send: Send) -> None:
    """The ASGI application of that address."""
    began = time.perf_counter()
    listener, status = await _open(scope)
    if listener is None:
        await send({"type": "http.response.start", "status": status, "headers": REFUSED})
        await send({"type": "http.response.body", "body": b""})
        _note(scope, status, began)
        return
    asked = _asked(scope)
    hub.join(listener, _header(scope, b"last-event-id") or asked.get("since", [""])[0])
    _note(scope, status, began)
    gone = asyncio.create_task(_wait_until_gone(receive, listener))
    try:
        await send({"type": "http.response.start", "status": status, "headers": OPENED})
        await _stream(listener, send)
    finally:
        hub.leave(listener)
        gone.cancel()


async def _stream(listener: Listener, send: Send) -> None:
    async def say(text: str) -> None:
        await send({"type": "http.response.body", "body": text.encode(), "more_body": True})

    await say(_event("known", "", listener.known))
    while True:
        with suppress(TimeoutError):
            await asyncio.wait_for(listener.woken.wait(), BEAT)
        if not listener.woken.is_set():
            listener.known = hub.told or listener.known
            await say(_event("beat", "", listener.known))
            continue
        listener.woken.clear()
        if text := "".join(_news(listener)):
            await say(text)
        if listener.over:
            break
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _news(listener: Listener) -> Iterator[str]:
    """What the listener is to be told, as events; after this nothing is left to tell."""
    told, listener.told = listener.told, {}
    lost, listener.lost = listener.lost, []
    for name in lost:
        yield _event("lost", name, "")
    if listener.must_ask:
        listener.must_ask = False
        yield _event("ask", "", listener.known)
    else:
        for name, ids in told.items():
            yield _event(
                "change", json.dumps({"on": name, "ids": ids}, separators=(",", ":")), listener.known
            )
    if listener.over and listener.for_good:
        yield _event("end", "", "")


def _event(kind: str, words: str, known: str) -> str:
    return f"event: {kind}\ndata: {words}\n" + (f"id: {known}\n" if known else "") + "\n"


async def _open(scope: Message) -> tuple[Listener | None, int]:
    """The listener that this request may be, or the status of the refusal."""
    if scope["method"] != "GET":
        return None, 405
    if not _is_ours(scope):
        return None, 403
    asked = _asked(scope).get("on", [])
    things = parse(asked[: MOST_TOPICS + 1])
    if not things or len(things) > MOST_TOPICS:
        return None, 404
    if hub.size >= ALL:
        return None, 503
    try:
        claim, allowed = await hub.ask(lambda: _identify(_header(scope, b"cookie"), things))
    except Exception:
        log.exception("GET /live/")
        return None, 503
    if claim is None:
        return None, 401
    if not allowed:
        return None, 404  # as the page of what one may not see: it does not exist
    if hub.of(claim.member) >= EACH:
        return None, 429
    return Listener(claim, allowed, lost=[str(thing) for thing in things if thing not in allowed]), 200


def _identify(cookies: str, things: list[Topic]) -> tuple[Claim | None, set[Topic]]:
    claim = rights.claim_of(cookies)
    if claim is None:
        return None, set()
    return claim, {thing for thing in things if claim.member in thing.readers([claim.member])}


def _is_ours(scope: Message) -> bool:
    """Asked by a page of ours, at an address of ours, over https where we ask for it."""
    host, _port = split_domain_port(_header(scope, b"host"))
    if not (host and validate_host(host, settings.ALLOWED_HOSTS)):
        return False
    if settings.SECURE_SSL_REDIRECT:
        header, value = settings.SECURE_PROXY_SSL_HEADER
        if _header(scope, header.removeprefix("HTTP_").replace("_", "-").lower().encode()) != value:
            return False
    return _header(scope, b"sec-fetch-site") in {"", "same-origin", "none"}


def _asked(scope: Message) -> dict[str, list[str]]:
    return parse_qs(scope["query_string"].decode("latin-1")[:4000], max_num_fields=60)


def _header(scope: Message, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name), "")


def _note(scope: Message, status: int, began: float) -> None:
    """The line of a request, when the stream opens: how long it lasts is nobody's business."""
    spent = (time.perf_counter() - began) * 1000
    method = "GET" if scope["method"] == "GET" else "other"
    metrics.REQUESTS.labels(method, "live", status).inc()
    facts = {
        "method": method, "route": PATH, "view": "live", "status": status, "milliseconds": round(spent, 1),
    }  # fmt: skip
    log.info("%s %s %d %.0f ms", method, PATH, status, spent, extra={"facts": facts})


async def _wait_until_gone(receive: Receive, listener: Listener) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    listener.end(for_good=False)
