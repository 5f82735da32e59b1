"""One line to the database in each process that serves: what is announced is fanned out in memory.

Where a page stands is a *position*, `<start of the server>-<transaction>`: everything that older transactions
announced has been heard. It means the same in every process, so a page that comes back may meet any of them.
What was heard lately is kept (`KEPT`), and a page that stands within it is told exactly what it missed; from
further back, or after the line was cut, it is told to ask for what it shows. Either way it misses nothing.
"""

import asyncio
import json
import logging
import random
from collections import defaultdict, deque
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

import psycopg
from django.db import close_old_connections, connections

from passeur.foundation import metrics

from . import rights
from .announcing import CHANNEL, PERSON
from .listener import Listener
from .topics import Topic

log = logging.getLogger("passeur.live")
T = TypeVar("T")

KEPT = 10_000  # announcements
BEAT = 15.0  # seconds between two looks at the line, and between two signs of life on a stream
GATHER = 0.03  # seconds in which announcements are told together
REVIEW = 30.0  # seconds between two looks at everybody's rights
LONGEST_PAUSE = 20.0  # seconds between two tries to reach the database
THREADS = 2  # that ask the database about rights, each with a connection

_POSITION = """
SELECT extract(epoch FROM pg_postmaster_start_time())::bigint,
       pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
       pg_snapshot_xmax(pg_current_snapshot())::text::bigint
"""


@dataclass(frozen=True, slots=True)
class Heard:
    """One announcement: by which transaction, about what, with which ids."""

    by: int
    on: str
    ids: dict[str, int]


class Hub:
    """The listeners of this process, and what was heard. All of it happens in one event loop."""

    def __init__(self) -> None:
        self._by_topic: dict[str, set[Listener]] = defaultdict(set)
        self._listeners: set[Listener] = set()
        self._kept: deque[Heard] = deque()
        self._waiting: list[Heard] = []
        self._came = asyncio.Event()
        self._start = 0  # of the database server, seconds
        self._from = 0  # all that this transaction and later ones announced was heard
        self._until = 0  # and all that earlier ones announced
        self._next = 0  # what `_until` becomes at the next beat
        self._telling = False
        self._connected = False
        self._tasks: list[asyncio.Task[None]] = []
        self._asking = ThreadPoolExecutor(THREADS, thread_name_prefix="live")

    @property
    def position(self) -> str:
        """Where a page that is read from now on stands; empty while the line is cut."""
        return f"{self._start}-{self._until}" if self._connected else ""

    @property
    def told(self) -> str:
        """Where a page stands that was told all there is; empty while something waits to be told."""
        return "" if self._waiting or self._telling else self.position

    @property
    def size(self) -> int:
        """How many pages listen."""
        return len(self._listeners)

    def of(self, member: int) -> int:
        """How many pages a member has open."""
        return sum(1 for listener in self._listeners if listener.claim.member == member)

    # Coming and going

    def open(self) -> None:
        """Start listening, in the running loop."""
        if not self._tasks:
            self._came = asyncio.Event()
            self._tasks = [
                asyncio.create_task(work()) for work in (self._listen, self._deliver, self._review)
            ]

    async def close(self) -> None:
        """End every stream, then the line."""
        self.end_all()
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task
        self._tasks = []
        self._connected = False

    def end_all(self) -> None:
        """End every stream: the pages come back by themselves, to whoever serves then."""
        for listener in self._listeners:
            listener.end(for_good=False)

    def join(self, listener: Listener, since: str) -> None:
        """Tell `listener` what happened since it was last told, and what happens from now on."""
        self._listeners.add(listener)
        metrics.STREAMS.set(self.size)
        for thing in listener.topics:
            self._by_topic[str(thing)].add(listener)
        stood = self._transaction(since)
        if stood is None:
            listener.ask_again(known=self.position)
            return
        names = {str(thing) for thing in listener.topics}
        missed = [(heard.on, heard.ids) for heard in self._kept if heard.by >= stood and heard.on in names]
        listener.known = self.position
        if missed:
            listener.tell(missed, known=self.position)

    def leave(self, listener: Listener) -> None:
        """It is gone."""
        self._listeners.discard(listener)
        metrics.STREAMS.set(self.size)
        for thing in listener.topics:
            self._forget(thing, listener)

    def _forget(self, thing: Topic, listener: Listener) -> None:
        among = self._by_topic.get(str(thing))
        if among is not None:
            among.discard(listener)
            if not among:
                del self._by_topic[str(thing)]

    def _transaction(self, position: str) -> int | None:
        """The transaction of a position from which everything announced is kept here, else None."""
        start, _, transaction = position.partition("-")
        if not self._connected or start != str(self._start) or not transaction.isdecimal():
            return None
        return int(transaction) if int(transaction) >= self._from else None

    # Hearing

    async def _listen(self) -> None:
        tries = 0
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(**_address(), autocommit=True) as line:
                    await line.execute(f"LISTEN {CHANNEL}")
                    await self._begin(line)
                    tries = 0
                    while True:
                        async for note in line.notifies(timeout=BEAT):
                            self._hear(note.payload)
                        await asyncio.wait_for(self._beat(line), BEAT)
            except (psycopg.Error, OSError, TimeoutError) as problem:
                if self._connected:
                    log.warning("The live line is cut (%s); trying again.", type(problem).__name__)
                self._connected = False
            tries += 1
            await asyncio.sleep(min(LONGEST_PAUSE, 0.5 * 2**tries) * random.uniform(0.5, 1))  # noqa: S311

    async def _begin(self, line: psycopg.AsyncConnection[Any]) -> None:
        """The line is there. What was announced before cannot be known here: open pages ask."""
        self._start, oldest, following = await _look(line)
        self._from, self._until, self._next = following, oldest, oldest
        self._kept.clear()
        self._waiting.clear()
        self._connected = True
        for listener in self._listeners:
            listener.ask_again(known=self.position)

    async def _beat(self, line: psycopg.AsyncConnection[Any]) -> None:
        """Move on although nothing is said.

        What a transaction announced arrives shortly after it is seen to have ended: so the position is that
        of the beat before.
        """
        _start, oldest, _following = await _look(line)
        self._until, self._next = max(self._until, self._next), oldest

    def _hear(self, payload: str) -> None:
        said = json.loads(payload)
        heard, oldest = Heard(int(said["by"]), said["on"], said["ids"]), int(said["oldest"])
        if len(self._kept) == KEPT:
            self._from = max(self._from, self._kept.popleft().by + 1)
        self._kept.append(heard)
        # Nothing older was running when it spoke, and it has ended: then everything up to it was heard.
        self._until = max(self._until, heard.by + 1 if oldest >= heard.by else oldest)
        if heard.on in self._by_topic or heard.on.startswith(f"{PERSON}:"):
            self._waiting.append(heard)
            self._came.set()

    # Telling

    async def _deliver(self) -> None:
        """Tell in the order heard, those who still may listen, a few announcements at a time."""
        while True:
            await self._came.wait()
            await asyncio.sleep(GATHER)
            self._came.clear()
            told, self._waiting, self._telling = self._waiting, [], True
            known = self.position
            names = {heard.on for heard in told}
            concerned = {one for name in names for one in self._by_topic.get(name, ())}
            changed = {one for one in self._listeners if f"{PERSON}:{one.claim.member}" in names}
            try:
                await self._judge(concerned - changed, names)
                await self._judge(changed, None)
            except Exception as problem:  # the database is away: nothing is told before it was asked
                log.warning("Rights could not be asked (%s); trying again.", type(problem).__name__)
                await asyncio.sleep(1)
                self._waiting = [*told, *self._waiting]
                self._came.set()
                continue
            for listener in concerned:
                mine = {str(thing) for thing in listener.topics}
                if changes := [(heard.on, heard.ids) for heard in told if heard.on in mine]:
                    listener.tell(changes, known=known)
            self._telling = False

    async def _review(self) -> None:
        """Look at everybody's rights now and then: a right can be lost while nothing is announced."""
        while True:
            await asyncio.sleep(REVIEW * random.uniform(0.8, 1.2))  # noqa: S311
            with suppress(Exception):  # the database is away; the next look is soon
                await self._judge(set(self._listeners), None)

    async def _judge(self, listeners: Collection[Listener], names: Collection[str] | None) -> None:
        """End the streams of those who are gone; take away from the others what they may no longer hear."""
        if not listeners:
            return
        wanted = rights.wanted_by(listeners)
        if names is not None:
            wanted = {thing: members for thing, members in wanted.items() if str(thing) in names}
        verdict = await self.ask(lambda: rights.judge({one.claim for one in listeners}, wanted))
        for listener in listeners:
            if listener.claim in verdict.ended:
                listener.end()
                continue
            for thing in list(listener.topics):
                if listener.claim.member in verdict.refused.get(thing, ()):
                    self._forget(thing, listener)
                    listener.lose(thing)

    async def ask(self, question: Callable[[], T]) -> T:
        """Put a question to the database in one of the few threads that may."""
        return await asyncio.get_running_loop().run_in_executor(self._asking, _on_live_connections, question)


def _on_live_connections(question: Callable[[], T]) -> T:
    """These threads live as long as the process: connections that the server closed are dropped."""
    close_old_connections()
    try:
        return question()
    finally:
        close_old_connections()


async def _look(line: psycopg.AsyncConnection[Any]) -> tuple[int, int, int]:
    row = await (await line.execute(_POSITION)).fetchone()
    start, oldest, following = row or (0, 0, 0)
    return int(start), int(oldest), int(following)


def _address() -> dict[str, Any]:
    """Where Django's own connections go."""
    given = connections["default"].get_connection_params()
    kept = {name: value for name, value in given.items() if name not in {"cursor_factory", "context"}}
    return {**kept, "application_name": "passeur live"}


hub = Hub()
