"""A server that compiles statements does not compile ours."""

from __future__ import annotations

from copy import deepcopy

import pytest
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper


@pytest.mark.django_db(transaction=True)
def test_no_statement_is_compiled_on_a_server_that_would() -> None:
    settings = deepcopy(connection.settings_dict)
    settings["OPTIONS"] = {**settings["OPTIONS"], "options": "-c jit=on"}
    ours = DatabaseWrapper(settings)
    try:
        with ours.cursor() as cursor:
            cursor.execute("SELECT setting, reset_val FROM pg_settings WHERE name = 'jit'")
            assert cursor.fetchone() == ("off", "on")
    finally:
        ours.close()
