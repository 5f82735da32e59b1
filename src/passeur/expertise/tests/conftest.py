"""What the tests of expertise share: a small community that asks and answers."""

import datetime as dt

import pytest

from passeur.communities.tests.factories import ManagerFactory
from passeur.expertise.tests.factories import Town


@pytest.fixture
def town() -> Town:
    town = Town()
    town.community.quiet_from = town.community.quiet_until = dt.time(0)
    town.community.save()
    town.theme("Données")
    town.theme("Jointures", "Données")
    town.theme("Stocks")
    return town


@pytest.fixture
def lcm(town):
    return ManagerFactory.create(community=town.community).member


@pytest.fixture
def asker(town):
    return town.member("Karim Haddad")
