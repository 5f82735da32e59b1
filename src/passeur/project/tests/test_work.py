"""Being told to stop while the database is away."""

import asyncio
import os
import signal
from contextlib import asynccontextmanager

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


@pytest.mark.parametrize(("app", "told"), [(Away(), True), (Cut(), False)])
def test_who_was_told_stops_though_the_database_is_away_and_who_was_not_goes_on(monkeypatch, app, told):
    monkeypatch.setattr(work, "AGAIN", 0)
    assert asyncio.run(work._until_told(app, concurrency=1, wait=True, queues=())) is told
