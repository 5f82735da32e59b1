import tempfile
from pathlib import Path

import pytest

from tests.faults.house import opened


@pytest.fixture(scope="session")
def house():
    """One Passeur for all the faults: each must leave it working for the next.

    Not in a folder of pytest's own: another run of it would close that to the server's account.
    """
    with (
        tempfile.TemporaryDirectory(prefix="passeur-house-") as folder,
        opened(Path(folder).resolve()) as made,
    ):
        yield made
