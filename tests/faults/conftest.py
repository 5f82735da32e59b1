import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.house import House, opened


@contextmanager
def fresh() -> Iterator[House]:
    """Not in a folder of pytest's own: another run of it would close that to the server's account."""
    with (
        tempfile.TemporaryDirectory(prefix="passeur-house-") as folder,
        opened(Path(folder).resolve()) as made,
    ):
        yield made


@pytest.fixture(scope="session")
def house():
    """One Passeur for all the faults: each must leave it working for the next."""
    with fresh() as made:
        yield made


@pytest.fixture(scope="module")
def own_house():
    """One for the faults of a file: a process that is killed too often in two minutes is given up."""
    with fresh() as made:
        yield made
