"""What the tests of this room may ask for."""

import pytest
from django.db import connection


@pytest.fixture
def has_pgvector(db) -> None:
    """Skip where the server has no pgvector: a stock one is enough for everything else."""
    with connection.cursor() as cursor:
        cursor.execute("select exists (select 1 from pg_available_extensions where name = 'vector')")
        if not cursor.fetchone()[0]:
            pytest.skip("this server has no pgvector")
