"""Spreading the store where the server cannot: one sentence, nothing changes; tests/citus does it."""

import pytest
from django.db import connection

from ..models import Statement, StatementId
from ..services import distributing
from .factories import record, said


@pytest.mark.django_db
@pytest.mark.usefixtures("on_one_machine")
def test_without_the_extension_nothing_is_spread():
    kept = record(said(), said())
    with pytest.raises(distributing.NoCitus):
        distributing.distribute()
    assert {str(key) for key in Statement.objects.values_list("id", flat=True)} == set(kept)
    assert StatementId.objects.count() == 2


@pytest.mark.django_db
def test_every_table_that_is_spread_has_its_column_in_its_key():
    with connection.cursor() as cursor:
        for table, (column, _beside) in distributing.SPREAD.items():
            cursor.execute(
                "SELECT bool_and(EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = i.indrelid"
                " AND a.attnum = ANY(i.indkey) AND a.attname = %s)) FROM pg_index i"
                " WHERE i.indrelid = %s::regclass AND i.indisunique",
                [column, table],
            )
            assert cursor.fetchone() == (True,), table
