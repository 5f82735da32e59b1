"""What the tests of the store share."""

import pytest
from django.db import connection

from passeur.accounts.tests.factories import AdministratorFactory

from ..views import gate


@pytest.fixture
def administrator(db):
    return AdministratorFactory.create()


@pytest.fixture
def on_one_machine(db):
    """Not on a cluster, where these tests run too (tests/citus)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'citus'")
        if cursor.fetchone():
            pytest.skip("this server has Citus")


@pytest.fixture(autouse=True)
def _nothing_left_of_other_limits():
    """Requests counted in advance belong to clients of another test."""
    gate._left.clear()
