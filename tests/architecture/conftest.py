"""The private community and who walks around it, made once for the tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.core import mail
from django.db import transaction

from tests.architecture.private import secret, visitors
from tests.architecture.private.secret import Secret
from tests.architecture.private.visitors import Visitor
from tests.jobs import run_queued


@pytest.fixture(scope="module")
def walked(
    django_db_setup: None, django_db_blocker: Any
) -> Iterator[tuple[Secret, dict[str, Visitor], list[Any]]]:
    """Both communities, the visitors, and the letters that were sent meanwhile: for reading.

    They stand in a transaction around those of the tests, which are undone one by one.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        mail.outbox.clear()
        made = secret.build()
        walkers = visitors.visitors(made, run_queued)
        yield made, walkers, list(mail.outbox)
        transaction.set_rollback(True)


@pytest.fixture
def _theirs(db: None, walked: Any) -> tuple[Secret, dict[str, Visitor]]:
    """A copy for each test: what it does to one is not known to the next."""
    made, walkers, letters = walked
    mail.outbox[:] = letters
    of_each = {name: (one.member, one.client.cookies, one.etags) for name, one in walkers.items()}
    made, of_each = deepcopy((made, of_each))
    return made, {
        name: Visitor(name, member, visitors.browser(cookies), etags)
        for name, (member, cookies, etags) in of_each.items()
    }


@pytest.fixture
def made(_theirs: tuple[Secret, dict[str, Visitor]]) -> Secret:
    return _theirs[0]


@pytest.fixture
def walkers(_theirs: tuple[Secret, dict[str, Visitor]]) -> dict[str, Visitor]:
    return _theirs[1]
