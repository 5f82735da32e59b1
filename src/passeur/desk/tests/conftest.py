"""A community with its LCM, and the LCM at her desk."""

import pytest
from django.core.signals import request_started

from passeur.communities.queries import scopes

from .. import services
from .factories import Place


@pytest.fixture
def place(db) -> Place:
    return Place()


@pytest.fixture
def naima(client, place):
    """The browser of the LCM. What factories make publishes no events, so before each request everything is
    judged; that events alone keep the desk right is proved in `test_kept_up.py`.
    """

    def take_in(**_kwargs):
        for community in scopes.every():
            services.fill(community)

    request_started.connect(take_in)
    client.force_login(place.manager)
    yield client
    request_started.disconnect(take_in)
