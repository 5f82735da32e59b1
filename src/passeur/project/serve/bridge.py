"""Pages, which are synchronous, behind a server that is not: a counted number of threads and connections.

A thread holds a request only while Django works on it. The body is there before it begins, and the answer is
taken whole (in memory, a large one on disk) and sent afterwards: who sends or reads slowly holds neither a
thread nor a connection to the database.
"""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Any

log = logging.getLogger("passeur.serve")

IN_MEMORY = 1024 * 1024  # bytes of a body or an answer; the rest of it goes through a file
LARGEST_BODY = 64 * 1024 * 1024  # bytes
MOST_WAITING = 500  # requests, in one process
PART = 256 * 1024  # bytes sent at once

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Environ = dict[str, Any]


@dataclass(slots=True)
class Answer:
    """What Django gave back."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: IO[bytes]


class Bridge:
    """An ASGI application that calls a WSGI one in `threads` threads."""

    def __init__(self, application: Callable[..., Iterable[bytes]], *, threads: int) -> None:
        self._application = application
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="page")
        self._waiting = 0

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """One request."""
        if self._waiting >= MOST_WAITING:
            await _refuse(send, 503, b"retry-after", b"5")
            return
        with SpooledTemporaryFile(IN_MEMORY) as body:
            try:
                await _take(receive, body)
            except _TooLarge:
                await _refuse(send, 413, b"connection", b"close")
                return
            except _Gone:
                await _refuse(send, 400, b"connection", b"close")
                return
            self._waiting += 1
            try:
                answer = await asyncio.get_running_loop().run_in_executor(
                    self._pool, self._ask, environ(scope, body)
                )
            finally:
                self._waiting -= 1
        with answer.body:
            await _give(answer, send)

    def _ask(self, asked: Environ) -> Answer:
        """Call Django and take all that it answers; runs in a thread of the pool."""
        answer = _nothing()

        def start(status: str, headers: list[tuple[str, str]], problem: object = None) -> Callable[..., Any]:
            answer.status = int(status[:3])
            answer.headers = [
                (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers
            ]
            return answer.body.write

        try:
            parts = self._application(asked, start)
            try:
                for part in parts:
                    answer.body.write(part)
            finally:
                if close := getattr(parts, "close", None):
                    close()
        except Exception:
            # Django answers for its views; this is an answer that broke while it was being read.
            log.exception("An answer could not be read to its end.")
            answer.body.close()
            return _nothing()
        return answer


def _nothing() -> Answer:
    body = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed once it was sent
    return Answer(500, [(b"content-type", b"text/plain")], body)


def environ(scope: Message, body: IO[bytes]) -> Environ:
    """The request as WSGI says it (PEP 3333)."""
    size = body.seek(0, 2)
    body.seek(0)
    host, port = scope.get("server") or ("localhost", 80)
    made: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": str(host),
        "SERVER_PORT": str(port),
        "REMOTE_ADDR": (scope.get("client") or ("", 0))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        if "_" in name:
            continue  # it would pass for the header with hyphens, which a proxy vouches for
        key = f"HTTP_{name.upper().replace('-', '_')}"
        separator = "; " if key == "HTTP_COOKIE" else ","
        made[key] = f"{made[key]}{separator}{value}" if key in made else value
    made.pop("HTTP_CONTENT_LENGTH", None)
    made["CONTENT_LENGTH"] = str(size)
    made["CONTENT_TYPE"] = made.pop("HTTP_CONTENT_TYPE", "")
    return made


class _TooLarge(Exception):
    """A body larger than any that we take."""


class _Gone(Exception):
    """The body ended before all of it was there: half a body is no request, and may look like one."""


async def _take(receive: Receive, body: IO[bytes]) -> None:
    """Read the whole body of a request."""
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Gone
        body.write(message.get("body", b""))
        more = message.get("more_body", False)
        if body.tell() > LARGEST_BODY:
            raise _TooLarge


async def _give(answer: Answer, send: Send) -> None:
    size = answer.body.tell()
    answer.body.seek(0)
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    while size > PART:
        size -= PART
        await send({"type": "http.response.body", "body": answer.body.read(PART), "more_body": True})
    await send({"type": "http.response.body", "body": answer.body.read(), "more_body": False})


async def _refuse(send: Send, status: int, name: bytes, value: bytes) -> None:
    headers = [(b"content-type", b"text/plain"), (name, value)]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
