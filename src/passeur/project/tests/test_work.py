"""Being told to stop while the database is away."""

import asyncio
import os
import signal
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from multiprocessing import get_context

import django
import pytest
from procrastinate.exceptions import ConnectorException

from passeur.project.serve import work


class Away:
    """Told to stop, it says so to a database that does not answer."""

    @asynccontextmanager
    async def open_async(self):
        yield

    async def run_worker_async(self, **options):
        os.kill(os.getpid(), signal.SIGTERM)
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            raise ConnectorException from None


class Cut:
    """Its line to the database was cut, and nobody told it to stop."""

    open_async = Away.open_async

    async def run_worker_async(self, **options):
        return


def was_told(app):
    work.AGAIN = 0
    return asyncio.run(work._until_told(app, concurrency=1, wait=True, queues=()))


@pytest.mark.parametrize(("app", "told"), [(Away(), True), (Cut(), False)])
def test_who_was_told_stops_though_the_database_is_away_and_who_was_not_goes_on(app, told):
    # In a process of its own: the one that drives a browser has a loop already, and keeps its signals.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=django.setup) as apart:
        assert apart.submit(was_told, app).result(timeout=60) is told
