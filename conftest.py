"""What every test may ask for."""

import gc
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from django.db import connections
from django.test import TransactionTestCase

from passeur.foundation.tests import emptying, migrated

sys.path.insert(0, str(Path(__file__).parent))


_DATABASE = {"db", "transactional_db", "live_server", "anew"}
"""Fixtures that ask it: Django's, and the one that makes databases beside it for backups."""

_OWN_SQL = re.compile(r"\.cursor\(|\bRawSQL\(|\.raw\(|\bFunc\(|\btemplate ?= ?\"")
_ROOMS = Path(__file__).parent / "src" / "passeur"

_MADE_ONCE = (
    "restored",
    "anew",
    "own_house",
    "house",
    "data_dir",
    "host",
    "company",
    "written",
    "upgraded",
    "walked",
    "written_once",
)
"""Fixtures that take long to make: the tests that share one run in one process, which makes it once.

Not `lived`: one process would have all journeys.
"""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what another server may answer otherwise: the rest need not run again there.

    Where processes share the tests, what takes long begins first, so that none waits for another at the end.
    """
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        asks = item.get_closest_marker("django_db") or _DATABASE & set(fixtures)
        if asks and _writes_sql(item.path):
            item.add_marker("server")
        if group := next(filter(None, (_group(item, name) for name in _MADE_ONCE if name in fixtures)), None):
            item.add_marker(pytest.mark.xdist_group(group))
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=lambda item: not (item.get_closest_marker("long") or item.get_closest_marker("walk")))


def _writes_sql(test: Path) -> bool:
    """Whether what it tests is a room with SQL of its own, or all of them together, not by their pages."""
    if _ROOMS not in test.parents:
        return test.parent.name not in {"architecture", "journeys"}
    return _has_sql(next(folder for folder in test.parents if folder.name == "tests").parent)


@cache
def _has_sql(room: Path) -> bool:
    """What a room asks through Django's models alone, Django's own tests ask of each server."""
    return any(
        _OWN_SQL.search(module.read_text(encoding="utf-8"))
        for module in room.rglob("*.py")
        if not {"tests", "migrations"} & set(module.relative_to(room).parts)
    )


def pytest_make_parametrize_id(val: object) -> str | None:
    """Long bytes by their place alone: some are made anew in each process, with a time or an id in them, and
    processes that share the tests have to call them the same.
    """
    return "bytes" if isinstance(val, bytes) and len(val) > 16 else None


def pytest_collection_finish() -> None:
    """What was imported and collected stays: it is not gone through again for the rubbish of tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _group(item: pytest.Item, fixture: str) -> str | None:
    """One for all that share it: the tests of a module, or of the session."""
    made = getattr(item, "_fixtureinfo").name2fixturedefs[fixture][-1]  # noqa: B009 - pytest has no other way
    if made.scope == "function":
        return None
    return f"{fixture}-{item.path.parent.name}-{item.path.stem}" if made.scope == "module" else str(fixture)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Where processes share the tests, the database of each is a copy of one that was migrated once."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        connections["default"].settings_dict["TEST"]["TEMPLATE"] = migrated.database()


@pytest.fixture(scope="session", autouse=True)
def _only_what_is_filled_is_emptied() -> Iterator[None]:
    """After each test that commits."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", emptying.instead_of_flushing)
        yield


@pytest.fixture(autouse=True)
def _quick_passwords(settings) -> None:
    """A hasher that is slow on purpose has no place in tests."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _nothing_written_by_another_test_is_known() -> None:
    from passeur.records.services import known

    known.forget_everything()


@pytest.fixture(autouse=True)
def _no_job_outlives_its_test(request) -> Iterator[None]:
    """Emptying the tables after a test that commits leaves its jobs, which would run in another's."""
    marker = request.node.get_closest_marker("django_db")
    if not (marker and marker.kwargs.get("transaction")) and "transactional_db" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    from tests.jobs import forget_queued

    forget_queued()


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
    from tests.jobs import run_queued

    return run_queued
