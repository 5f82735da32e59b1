"""The migration of the key of statements: month by month, while they come in, and back."""

import datetime as dt
from importlib import import_module

import pytest
from django.db import connection

from .factories import StatementFactory

KEYS = """
SELECT conrelid::regclass::text, pg_get_constraintdef(c.oid), coninhcount
FROM pg_constraint c WHERE contype = 'p' AND conrelid::regclass::text ~ '^records_statement(_|$)' ORDER BY 1
"""
UNSOUND = "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT (indisvalid AND indisready)"
TABLES = ["records_statement", "records_statement_2031_01", "records_statement_2031_02"]
migration = import_module("passeur.records.migrations.0007_key_of_statements_by_time")


def rows(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


@pytest.mark.django_db(transaction=True)
def test_each_month_gives_its_key_to_the_whole_there_and_back():
    ids = [StatementFactory.create(stored=dt.datetime(2031, month, 1, tzinfo=dt.UTC)).id for month in (1, 2)]
    with connection.cursor() as cursor:  # as an upgrade leaves it that was interrupted
        cursor.execute(
            "CREATE INDEX IF NOT EXISTS records_statement_2031_01_key ON records_statement_2031_01 (verb)"
        )
    for columns in (migration.BY_ID, migration.BY_TIME):
        migration.change(connection, columns)
        found = {table: (key, inherited) for table, key, inherited in rows(KEYS)}
        assert {table: found[table] for table in TABLES} == {
            table: (f"PRIMARY KEY ({columns})", 0 if table == TABLES[0] else 1) for table in TABLES
        }
        assert rows(UNSOUND) == []
    assert {row[0] for row in rows("SELECT id FROM records_statement")} == set(ids)
