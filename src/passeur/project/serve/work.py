"""The worker: does the queued jobs, a few at a time, until it is told to stop."""

import asyncio
import logging
import signal
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, cast

import psycopg
import psycopg_pool
from django.db import connection
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import ConnectorException

from passeur.foundation import jobs

log = logging.getLogger(__name__)

GONE = (psycopg.OperationalError, psycopg_pool.PoolTimeout, ConnectorException)
AGAIN = 2  # seconds until the database is tried again


def work(*, concurrency: int, until_empty: bool = False, queues: Sequence[str] = ()) -> None:
    """Do jobs, of these queues or of all; on SIGTERM or SIGINT take no new one and finish those begun.

    A database that goes away is waited for, however long it takes: unless only until no job is left.
    """
    app = jobs.app()
    connector = cast("DjangoConnector", app.connector)
    before: set[int] = set()
    while True:
        with app.replace_connector(connector.get_worker_connector()) as ready:
            was_told = asyncio.run(
                _until_told(ready, concurrency=concurrency, wait=not until_empty, queues=queues)
            )
        if was_told:
            return
        if not until_empty:
            continue
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
    """Whether it was told to stop; otherwise nothing is left to do, or the database went away."""
    running = asyncio.create_task(_doing(app, concurrency=concurrency, wait=wait, queues=queues))
    loop, told = asyncio.get_running_loop(), asyncio.Event()

    def tell() -> None:
        # Noted by itself: where the database is away, what is cancelled ends by an error of its own.
        told.set()
        running.cancel()

    # Our own handlers: procrastinate's would let a second signal (Ctrl-C reaches the whole process
    # group, then `serve` asks too) kill a job half-way.
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, tell)
    with suppress(asyncio.CancelledError):
        await running
    if wait and not told.is_set():
        # It ended though nobody told it to: one of its lines to the database was cut.
        log.warning("The database does not answer; trying again in %s s.", AGAIN)
        with suppress(TimeoutError):
            await asyncio.wait_for(told.wait(), AGAIN)
    return told.is_set()


async def _doing(app: Any, *, concurrency: int, wait: bool, queues: Sequence[str]) -> None:
    try:
        async with app.open_async():
            await app.run_worker_async(
                queues=list(queues) or None,
                concurrency=concurrency,
                wait=wait,
                delete_jobs="successful",
                install_signal_handlers=False,
            )
    except GONE:
        if not wait:
            raise
