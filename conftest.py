"""What every test may ask for."""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(autouse=True)
def _quick_passwords(settings) -> None:
    """A hasher that is slow on purpose has no place in tests."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="module")
def server_folder() -> Iterator[Path]:
    """A folder for a private server. Not one of pytest's own: each run of it closes their parent again,
    under the feet of a server that runs as another account."""
    with tempfile.TemporaryDirectory(prefix="passeur-server-") as folder:
        yield Path(folder).resolve()


@pytest.fixture
def run_jobs(db) -> Callable[[], int]:
    """Run what is queued, and what that queues, here and now; gives back how many jobs ran.

    A job that fails fails the test. Jobs scheduled for later run too.
    """
    from passeur.foundation.jobs import app

    def run(limit: int = 1000) -> int:
        done = 0
        while (job := _next_job()) is not None:
            identifier, name, arguments = job
            task = app().tasks[name]
            task.func(**arguments)
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [identifier])
            done += 1
            assert done <= limit, f"{name} keeps queueing jobs"
        return done

    return run


def _next_job():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, task_name, args FROM procrastinate_jobs WHERE status = 'todo'"
            " ORDER BY priority DESC, id LIMIT 1"
        )
        row = cursor.fetchone()
    if row is None:
        return None
    return row[0], row[1], row[2] if isinstance(row[2], dict) else json.loads(row[2])
