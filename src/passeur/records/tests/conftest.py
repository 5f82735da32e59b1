"""What the tests of the store share."""

import pytest

from passeur.accounts.tests.factories import AdministratorFactory

from ..views import gate


@pytest.fixture
def administrator(db):
    return AdministratorFactory.create()


@pytest.fixture(autouse=True)
def _nothing_left_of_other_limits():
    """Requests counted in advance belong to clients of another test."""
    gate._left.clear()
