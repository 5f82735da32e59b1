"""Another store, for tests: a server of its own that keeps what it gets, and can be made to fail."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

PAGE = 3


class Elsewhere:
    """`status`: what it answers to what is sent, 200 while all is well. `unwanted`: ids that it refuses."""

    def __init__(self) -> None:
        self.statements: list[Any] = []
        self.requests: list[tuple[str, str, str]] = []
        self.status = 200
        self.unwanted: set[str] = set()
        self.breaks_after: int | None = None
        self.address = ""
        self.contents: list[tuple[str, bytes]] = []

    def take(self, body: bytes, kind: str) -> int:
        if self.status != 200:
            return self.status
        given = json.loads(body) if kind == "application/json" else json.loads(_first_part(body, kind))
        if any(one["id"] in self.unwanted for one in given):
            return 400
        known = {one["id"] for one in self.statements}
        self.statements += [one for one in given if one["id"] not in known]
        return 200

    def page(self, query: str) -> tuple[int, Any]:
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        pages = sum(method == "GET" for method, _, _ in self.requests)
        if self.breaks_after is not None and pages > self.breaks_after:
            return 503, "later"
        start = int(asked.get("cursor", 0))
        found = [one for one in self.statements if one["stored"] > asked.get("since", "")]
        more = f"/xapi/statements?cursor={start + PAGE}&since={asked.get('since', '')}&attachments=true"
        told = found[start : start + PAGE]
        return 200, {"statements": told, "more": more if len(found) > start + PAGE else ""}

    def parts(self, told: Any) -> bytes:
        """The page with the contents that its statements name, as multipart/mixed with the boundary `b`."""
        wanted = {one["sha2"] for row in told["statements"] for one in row.get("attachments", [])}
        made = b"--b\r\nContent-Type: application/json\r\n\r\n" + json.dumps(told).encode()
        for sha2, content in self.contents:
            if sha2 in wanted:
                made += b"\r\n--b\r\nContent-Type: text/plain\r\nX-Experience-API-Hash: " + sha2.encode()
                made += b"\r\n\r\n" + content
        return made + b"\r\n--b--\r\n"


def _first_part(body: bytes, kind: str) -> bytes:
    boundary = kind.split("boundary=")[1].encode()
    return body.split(b"--" + boundary)[1].split(b"\r\n\r\n", 1)[1].rsplit(b"\r\n", 1)[0]


@contextmanager
def another_store(kind: str = "application/json") -> Iterator[Elsewhere]:
    """It listens on this machine until the end; what it answers is said to be of a kind."""
    store = Elsewhere()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self, status: int, told: Any, kind: str = "application/json") -> None:
            body = told if isinstance(told, bytes) else json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _note(self) -> None:
            store.requests.append(
                (self.command, self.headers["Authorization"], self.headers["X-Experience-API-Version"])
            )

        def do_POST(self) -> None:
            self._note()
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self._answer(store.take(body, self.headers["Content-Type"]), [])

        def do_GET(self) -> None:
            self._note()
            query = urlsplit(self.path).query
            status, told = store.page(query)
            if status == 200 and store.contents and "attachments=true" in query:
                self._answer(status, store.parts(told), "multipart/mixed; boundary=b")
            else:
                self._answer(status, told, kind)

        def log_message(self, *_: Any) -> None:
            """Nothing on the terminal of the tests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    store.address = f"http://127.0.0.1:{server.server_address[1]}/xapi/"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield store
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
