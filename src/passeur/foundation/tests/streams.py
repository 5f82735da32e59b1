"""An open page as the tests see it: what comes down its stream, asked of the endpoint itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connections
from django.test import Client

from passeur.foundation.live import endpoint, hub

T = TypeVar("T")

PATIENCE = 60  # seconds; a busy machine is no fault of a stream


@dataclass
class Stream:
    """Events as (kind, words, id), in order of arrival."""

    status: int = 0
    events: list[tuple[str, str, str]] = field(default_factory=list)
    ended: bool = False
    came: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None
    gone: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        else:
            for block in message["body"].decode().split("\n\n"):
                lines = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line)
                if "event" in lines:
                    self.events.append((lines["event"], lines.get("data", ""), lines.get("id", "")))
            self.ended = not message.get("more_body", False)
        self.came.set()

    async def receive(self) -> Any:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    def kinds(self) -> list[str]:
        return [kind for kind, _, _ in self.events]

    @property
    def known(self) -> str:
        """Where the page stands."""
        return [known for _, _, known in self.events if known][-1]

    async def until(self, condition: Any) -> None:
        async with asyncio.timeout(PATIENCE):
            while not condition(self):
                self.came.clear()
                await self.came.wait()

    async def hears(self, kind: str, times: int = 1) -> None:
        await self.until(lambda stream: stream.kinds().count(kind) >= times)

    async def leave(self) -> None:
        self.gone.set()
        if self.task:
            await self.task


def run(day: Coroutine[Any, Any, T]) -> T:
    """Live a day in a loop of its own, in a thread of its own: a browser of the journeys has one here.

    What it asked the database over is closed: an open line keeps the tests' database from being taken away.
    """

    async def whole() -> T:
        try:
            return await day
        finally:
            await sync_to_async(connections.close_all)()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, whole()).result()


def session_of(member: Any) -> str:
    client = Client()
    client.force_login(member, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client.cookies[settings.SESSION_COOKIE_NAME].value


async def opened(session: str, *on: str, since: str = "", **headers: str) -> Stream:
    """Open a page's stream; it has an answer when this gives it back."""
    said = {"host": "localhost", "cookie": f"{settings.SESSION_COOKIE_NAME}={session}", **headers}
    asked = "&".join([*(f"on={topic}" for topic in on), f"since={since}"])
    scope = {
        "type": "http", "method": "GET", "path": endpoint.PATH, "query_string": asked.encode(),
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in said.items()],
    }  # fmt: skip
    stream = Stream()
    stream.task = asyncio.create_task(endpoint.live(scope, stream.receive, stream.send))
    await stream.until(lambda one: one.status)
    return stream


@asynccontextmanager
async def listening() -> AsyncIterator[None]:
    """The line to the database is there."""
    hub.open()
    try:
        await connected()
        yield
    finally:
        await hub.close()


def catching_up(position: str) -> str:
    """How a page that stood there learns what it missed: told; or to ask, where somebody else's transaction
    on this server was older than the line."""
    return "ask" if hub._transaction(position) is None else "change"


async def connected() -> None:
    async with asyncio.timeout(PATIENCE):
        while not hub.position:
            await asyncio.sleep(0.01)


def act(service: Any, **given: Any) -> Any:
    """Call something that writes, from the loop: in a thread, with its own connection."""
    return sync_to_async(_acting, thread_sensitive=False)(service, given)


def _acting(service: Any, given: dict[str, Any]) -> Any:
    from django.db import connection

    try:
        return service(**given)
    finally:
        connection.close()
