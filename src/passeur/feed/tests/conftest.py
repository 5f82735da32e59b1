"""Karim's home."""

import pytest

from .factories import Home


@pytest.fixture
def home(db) -> Home:
    return Home()


@pytest.fixture
def karim(client, home):
    """His browser."""
    client.force_login(home.karim)
    return client
