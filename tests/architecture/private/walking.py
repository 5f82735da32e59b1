"""Asking at doors, and looking for marked words in all that comes out of them."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.contrib.messages.storage.cookie import CookieStorage
from django.db import transaction
from django.http import HttpRequest

from .addresses import Door, doors, open_doors
from .markers import Markers
from .secret import Secret
from .visitors import Visitor

HTMX = {"HX-Request": "true"}


@dataclass(frozen=True, slots=True)
class Leak:
    """Somebody learnt something at a door; `address` is its name."""

    visitor: str
    address: str
    door: str
    what: str


@dataclass(slots=True)
class Answer:
    """What came out of a door: its headers and cookies too, and what a toast would say on the next page."""

    status: int
    location: str
    headers: str
    body: str

    @property
    def text(self) -> str:
        return f"{self.headers}\n{self.body}"


def ask(
    visitor: Visitor, method: str, url: str, data: Any = None, *, headers: Any = None, follow: bool = False
) -> Answer:
    """Ask, and leave everything as it was. With `follow`, what the act leads to is in the answer."""
    kept = copy.deepcopy(visitor.client.cookies)
    with transaction.atomic():
        answer = _asked(visitor, method, url, data, headers)
        if follow and answer.location.startswith("/"):
            answer.body += "\n" + _asked(visitor, "get", answer.location, None, None).text
        transaction.set_rollback(True)
    visitor.client.cookies = kept
    return answer


def _asked(visitor: Visitor, method: str, url: str, data: Any, headers: Any) -> Answer:
    response = getattr(visitor.client, method)(url, data or {}, headers=headers or {})
    said = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    toasts = response.cookies["messages"].value if "messages" in response.cookies else ""
    told = _toasts_in(toasts)
    words = "\n".join(f"{toast.message} {toast.extra_tags}" for toast in told if hasattr(toast, "message"))
    location = response.headers.get("Location", "")
    return Answer(response.status_code, location, f"{said}\n{words}", _body(response))


def _toasts_in(cookie: str) -> list[Any]:
    """What waits in a cookie for the next page; there it is packed, and no word of it can be read."""
    storage: Any = CookieStorage(HttpRequest())
    return list(storage._decode(cookie) or [])


def _body(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if response.headers.get("Content-Type") != "application/zip":
        return str(content.decode(errors="replace"))
    archive = zipfile.ZipFile(io.BytesIO(content))
    inside = (f"{name}\n{archive.read(name).decode(errors='replace')}" for name in archive.namelist())
    return "\n".join(inside)


def leaks(
    made: Secret, visitor: Visitor, *, thorough: bool = True, rooms: Collection[str] = ()
) -> Iterator[Leak]:
    """At every address: the pages of oneself and of everybody, then each thing of the private community.

    `thorough` asks for each thing that can stand behind an address; without it, for one. With `rooms`, only
    their addresses.
    """

    def is_walked(name: str) -> bool:
        return not rooms or name.split(":")[0] in rooms

    for name, url in open_doors(made):
        if not is_walked(name):
            continue
        for headers in ({}, HTMX) if thorough else ({},):
            answer = ask(visitor, "get", url, headers=headers)
            yield from learnt(made.mark, visitor, name, f"get {url}", answer.text)
    nothing: dict[tuple[str, str], Answer] = {}
    posted: set[str] = set()
    for door in doors(made, each_thing=thorough):
        if not is_walked(door.name):
            continue
        for method in ("get",) if door.name in posted else ("get", "post"):
            if (method, door.absent) not in nothing:
                nothing[method, door.absent] = ask(visitor, method, door.absent)
            yield from at(made, visitor, door, method, nothing[method, door.absent])
        posted.add(door.name)


def at(made: Secret, visitor: Visitor, door: Door, method: str, nothing: Answer) -> Iterator[Leak]:
    """Ask at a door to a private thing: it answers as one to nothing does, and says no marked word."""
    yield from told_apart(made, visitor, door, method, ask(visitor, method, door.url), nothing)


def told_apart(
    made: Secret, visitor: Visitor, door: Door, method: str, real: Answer, nothing: Answer
) -> Iterator[Leak]:
    """What a door's answer tells that the one to nothing does not."""
    named = f"{method} {door.url}"
    yield from learnt(made.mark, visitor, door.name, named, without(real.text, door.url))
    if real.status != nothing.status:
        what = f"{real.status}, and {nothing.status} where nothing is"
        yield Leak(visitor.name, door.name, named, what)
    elif _told(real, door.url) != _told(nothing, door.absent):
        yield Leak(visitor.name, door.name, named, "it answers otherwise than where nothing is")


_OF_EACH_ANSWER = re.compile(
    r'csrfmiddlewaretoken" value="[^"]*|csrfToken[^,}]*|[A-Za-z0-9_-]{30,}|Content-Length: \d+'
    r"|X-Request-ID: \S+|\d+-\d{4,}"
)


def _told(answer: Answer, url: str) -> str:
    """What an answer says, without what each answer has of its own and what was asked for."""
    return _OF_EACH_ANSWER.sub("", without(answer.text, url))


def without(text: str, url: str) -> str:
    """A text without the words that the visitor brought along in the address."""
    for said in (url, quote(url), quote(url, safe="")):
        text = text.replace(said, "…")
    return text


def learnt(mark: Markers, visitor: Visitor, name: str, door: str, text: str) -> list[Leak]:
    """A leak for each marked word in a text."""
    return [Leak(visitor.name, name, door, what) for what in sorted(mark.found_in(text))]
