"""Another learning record store: its statements read page by page, ours sent to it.

Credentials go to the address that was given and nowhere else: no redirection is followed, and `more` counts
only where it stays on that server.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from passeur.algorithms.xapi import Invalid, multipart, reading
from passeur.algorithms.xapi.reading import Written

from ..errors import Elsewhere, TurnedAway

VERSION = "1.0.3"  # what every store speaks
TIMEOUT = 30  # seconds
LARGEST = 256 * 1024 * 1024
PAGE = 100
_HERE = {"localhost", "127.0.0.1", "::1"}
_JSON = "application/json"


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *arguments: Any, **named: Any) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Page:
    """Statements in order of `stored`, as they were written; `more` is the address of the next page.

    `parts` are the contents of attachments that came along, each with the SHA-2 that it is said to have.
    """

    statements: list[Written]
    more: str
    parts: Sequence[tuple[str, bytes]] = field(default=())


@dataclass(frozen=True, slots=True)
class Lrs:
    """A store at an address (its `…/xapi/`), with the credentials of a client."""

    address: str
    key: str
    secret: str

    def __post_init__(self) -> None:
        parts = urlsplit(self.address)
        is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)
        if not is_safe or not parts.hostname or parts.username or parts.query or parts.fragment:
            raise Elsewhere("an address of a store begins with https:// and has no user, no ? and no #")

    def first(self, since: str = "") -> Page:
        """The oldest statements, or the oldest of those stored after a moment."""
        asked = {
            "ascending": "true",
            "attachments": "true",
            "limit": str(PAGE),
            **({"since": since} if since else {}),
        }
        return self._page(f"{self._root}statements?{urlencode(asked)}")

    def following(self, more: str) -> Page:
        """The page after."""
        address = urljoin(self._root, more)
        if urlsplit(address)[:2] != urlsplit(self._root)[:2]:
            raise Elsewhere("the next page is said to be on another server")
        return self._page(address)

    def send(
        self, statements: Sequence[str], contents: Mapping[str, tuple[Any, bytes]], version: str
    ) -> None:
        """Send a batch, all of it or nothing. `contents`: by SHA-2, the attachment and its bytes.

        `TurnedAway` where the store will never take it as it is, `Elsewhere` for all that may pass.
        """
        body = f"[{','.join(statements)}]".encode()
        headers = {"Content-Type": _JSON, "X-Experience-API-Version": version}
        if contents:
            parts = [multipart.Part({"Content-Type": _JSON}, body)]
            for sha2, (told, content) in contents.items():
                described = {
                    "Content-Type": told["contentType"],
                    "Content-Transfer-Encoding": "binary",
                    "X-Experience-API-Hash": sha2,
                }
                parts.append(multipart.Part(described, content))
            boundary = f"part-{token_hex(16)}"
            body, headers["Content-Type"] = (
                multipart.written(parts, boundary),
                f"multipart/mixed; boundary={boundary}",
            )
        self._ask(Request(f"{self._root}statements", body, headers, method="POST"))  # noqa: S310 - checked above

    @property
    def _root(self) -> str:
        return self.address.rstrip("/").removesuffix("/statements") + "/"

    def _page(self, address: str) -> Page:
        told, kind = self._ask(Request(address, headers={"X-Experience-API-Version": VERSION}))  # noqa: S310
        try:
            told, parts = _parted(told, kind)
            whole, _ = reading.objects_of(reading.text_of(told))
            texts = whole[0].texts()
            found, is_array = reading.objects_of(texts["statements"])
            more = json.loads(texts.get("more", '""')) or ""
        except (Invalid, KeyError, IndexError) as error:
            raise Elsewhere(f"what it answers is no page of statements: {error}") from error
        if not is_array or not isinstance(more, str):
            raise Elsewhere("what it answers is no page of statements")
        return Page(found, more, parts)

    def _ask(self, request: Request) -> tuple[bytes, str]:
        """What it answers, and of which kind that is."""
        token = b64encode(f"{self.key}:{self.secret}".encode()).decode()
        request.add_header("Authorization", f"Basic {token}")
        try:
            with build_opener(_NoRedirect).open(request, timeout=TIMEOUT) as answer:
                told: bytes = answer.read(LARGEST + 1)
                kind: str = answer.headers.get("Content-Type", "")
        except HTTPError as error:
            words = " ".join(error.read(2000).decode(errors="replace").split())[:300]
            if "html" in error.headers.get("Content-Type", ""):
                words = "a page for people answers there, not a record store"
            said = f"HTTP {error.code}: {words}" if words else f"HTTP {error.code}"
            raise (TurnedAway if error.code in {400, 409, 413, 422} else Elsewhere)(said) from error
        except URLError as error:
            # In words, without the number that a system has for it.
            words = getattr(error.reason, "strerror", None) or str(error.reason)
            raise Elsewhere(words[:300]) from error
        except (OSError, ValueError) as error:
            raise Elsewhere(f"{type(error).__name__}: {error}"[:300]) from error
        if len(told) > LARGEST:
            raise Elsewhere(f"a page has more than {LARGEST // 1024**2} MB with its attachments")
        return told, kind


def _parted(told: bytes, header: str) -> tuple[bytes, list[tuple[str, bytes]]]:
    """(the page, contents of attachments); a store without attachments on a page may answer plain JSON."""
    kind, parameters = multipart.media_type(header)
    if kind != "multipart/mixed":
        return told, []
    first, *others = multipart.parts_of(told, parameters.get("boundary"))
    parts = [(part.headers.get("x-experience-api-hash", "").lower(), part.content) for part in others]
    return first.content, parts
