"""For pytest: a server of PostgreSQL for the session when `DATABASE_URL` names none.

A plugin and not a conftest, because Django's settings are read before any conftest is. The processes
of pytest-xdist inherit the address and make a database each.
"""

import os
import shutil
import signal
import tempfile
from contextlib import ExitStack
from pathlib import Path
from types import FrameType

import pytest

from passeur.foundation.postgres import places, server
from passeur.foundation.tests import migrated

_held = ExitStack()
_first = "PASSEUR_TESTS" not in os.environ  # pytest-xdist's processes inherit what the first one made
_serves = _first and not os.environ.get("DATABASE_URL")

if _first:
    _folder = Path(tempfile.mkdtemp(prefix="passeur-tests-")).resolve()
    os.environ["PASSEUR_TESTS"] = os.environ["DATA_DIR"] = str(_folder)
    (_folder / "static").mkdir()
    _held.callback(shutil.rmtree, _folder, ignore_errors=True)
if _serves:
    os.environ["DATABASE_URL"] = places.url(_folder, user=places.ADMIN)
elif _first:
    _held.callback(migrated.forget_database)
os.environ.setdefault("SECRET_KEY", "only for the tests, where nothing is secret, whatever it says")
for name in ("PASSEUR_ADDRESS", "PASSEUR_HOSTS", "PASSEUR_DEBUG", "EMAIL_URL"):
    os.environ.pop(name, None)
# The words of the program are French where the tests read them.
os.environ["LC_ALL"] = "fr_FR.UTF-8"


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Start the server before pytest-xdist starts its processes."""
    if _first:
        signal.signal(signal.SIGTERM, _leave)
    if _serves:
        _held.enter_context(server.running(_folder, settings=server.FAST))


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server, and leave nothing behind."""
    _held.close()


def _leave(number: int, frame: FrameType | None) -> None:
    """End the run. By `sys.exit` the test that is under way would fail, and the others would go on."""
    pytest.exit(f"Stopped by {signal.Signals(number).name}")
