"""A community with its LCM, and the LCM at her desk."""

import pytest

from .factories import Place


@pytest.fixture
def place(db) -> Place:
    return Place()


@pytest.fixture
def naima(client, place):
    """The browser of the LCM."""
    client.force_login(place.manager)
    return client
