"""Open streams end when the server begins to stop: it waits for what is under way, and they never end.

A pipe that nobody writes to, made before the processes part. The first of them closes its end when it is told
to stop, and each of the others, which serve, sees that; it sees it too when the first one was killed.
"""

import asyncio
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

_NAME = "PASSEUR_LEAVING"  # the two ends of the pipe, for processes made later


def prepare() -> Callable[[], None]:
    """Make the pipe. What is given back is to be called once the server has set its signal handlers."""
    reading, writing = os.pipe()
    os.environ[_NAME] = f"{reading} {writing}"

    def chain() -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _say_first(writing, signal.getsignal(number)))

    return chain


def _say_first(writing: int, before: object) -> Callable[[int, FrameType | None], None]:
    def told(number: int, frame: FrameType | None) -> None:
        with suppress(OSError):  # told a second time
            os.close(writing)
        if callable(before):
            before(number, frame)

    return told


def watch(then: Callable[[], None]) -> None:
    """In a process that serves, and in its loop: call `then` when the server begins to stop.

    Where processes are not made by forking there is no pipe to see; streams are then cut by the server's own
    deadline.
    """
    ends = os.environ.get(_NAME, "").split()
    if len(ends) != 2:
        return
    reading, writing = int(ends[0]), int(ends[1])
    loop = asyncio.get_running_loop()

    def closed() -> None:
        loop.remove_reader(reading)
        then()

    with suppress(OSError):
        os.close(writing)
        loop.add_reader(reading, closed)
