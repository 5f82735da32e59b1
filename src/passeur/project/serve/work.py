"""The worker: does the queued jobs, a few at a time, until it is told to stop."""

import asyncio
import signal
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, cast

from django.db import connection
from procrastinate.contrib.django.django_connector import DjangoConnector

from passeur.foundation import jobs


def work(*, concurrency: int, until_empty: bool = False, queues: Sequence[str] = ()) -> None:
    """Do jobs, of these queues or of all; on SIGTERM or SIGINT take no new one and finish those begun."""
    app = jobs.app()
    connector = cast("DjangoConnector", app.connector)
    before: set[int] = set()
    while True:
        with app.replace_connector(connector.get_worker_connector()) as ready:
            was_told = asyncio.run(
                _until_told(ready, concurrency=concurrency, wait=not until_empty, queues=queues)
            )
        if was_told or not until_empty:
            return
        # A job that waited for the lock of another is to be done yet; one that cannot move keeps nobody.
        left = _due(queues)
        if not left or left == before:
            return
        before = left


_DUE = """
SELECT id FROM procrastinate_jobs WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now()
   AND (%s::text[] = '{}' OR queue_name = ANY(%s::text[]))
"""


def _due(queues: Sequence[str]) -> set[int]:
    """The jobs that could be done now."""
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [list(queues), list(queues)])
        return {row[0] for row in cursor.fetchall()}


async def _until_told(app: Any, *, concurrency: int, wait: bool, queues: Sequence[str]) -> bool:
    """Whether it was told to stop."""
    # Our own handlers: procrastinate's would let a second signal (Ctrl-C reaches the whole process
    # group, then `serve` asks too) kill a job half-way.
    async with app.open_async():
        running = asyncio.create_task(
            app.run_worker_async(
                queues=list(queues) or None,
                concurrency=concurrency,
                wait=wait,
                delete_jobs="successful",
                install_signal_handlers=False,
            )
        )
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, running.cancel)
        with suppress(asyncio.CancelledError):
            await running
            return False
    return True
