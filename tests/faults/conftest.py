import pytest

from tests.faults.house import opened


@pytest.fixture(scope="session")
def house(tmp_path_factory):
    """One Passeur for all the faults: each must leave it working for the next."""
    with opened(tmp_path_factory.mktemp("house")) as made:
        yield made
