"""The worker: does the queued jobs, a few at a time, until it is told to stop."""

import asyncio
import signal
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, cast

from procrastinate.contrib.django.django_connector import DjangoConnector

from passeur.foundation import jobs


def work(*, concurrency: int, until_empty: bool = False, queues: Sequence[str] = ()) -> None:
    """Do jobs, of these queues or of all; on SIGTERM or SIGINT take no new one and finish those begun."""
    app = jobs.app()
    connector = cast("DjangoConnector", app.connector)
    with app.replace_connector(connector.get_worker_connector()) as ready:
        asyncio.run(_until_told(ready, concurrency=concurrency, wait=not until_empty, queues=queues))


async def _until_told(app: Any, *, concurrency: int, wait: bool, queues: Sequence[str]) -> None:
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
