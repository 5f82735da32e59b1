"""An account that an import knows is the same person in statements."""

from __future__ import annotations

import pytest

from passeur.records.services import linking
from passeur.records.tests.factories import AgentFactory

from .factories import ChannelFactory, IdentityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def known():
    return IdentityFactory.create(
        channel=ChannelFactory.create(kind="zulip", address="chat.example.org"), external_id="42"
    )


def agent(home: str, name: str):
    return AgentFactory.create(kind="account", home=home, value=name)


def test_an_account_of_a_known_place_is_its_member(known):
    one = agent("https://chat.example.org", "42")
    assert linking.prove_all() == 1
    one.refresh_from_db()
    assert one.member == known.member


@pytest.mark.parametrize(
    ("home", "name"), [("https://chat.example.com", "42"), ("https://chat.example.org", "43")]
)
def test_another_place_or_another_name_is_not(known, home, name):
    agent(home, name)
    assert linking.prove_all() == 0
