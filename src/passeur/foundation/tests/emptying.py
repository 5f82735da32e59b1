"""Emptying what a test that commits has left: the tables that hold rows, by their rows.

Django empties all tables by making their files anew, and then writes all content types and permissions again:
half a second of the processor after each such test, whatever it wrote.
"""

from django.db import connection, transaction
from django.test import TransactionTestCase

STAY = {"django_content_type", "auth_permission"}
"""What Django writes after migrating, and after emptying: here it was never taken away."""


def empty_tables() -> None:
    """Those of Django's models. Once more where a trigger, told of what has gone, wrote something."""
    tables = sorted(set(connection.introspection.django_table_names(only_existing=True)) - STAY)
    quoted = ", ".join(map(connection.ops.quote_name, tables))
    with transaction.atomic(), connection.cursor() as cursor:
        # Whoever is still writing is waited for, as emptying by files would: their rows go as well.
        cursor.execute(f"LOCK TABLE {quoted} IN SHARE ROW EXCLUSIVE MODE")
        for _ in range(3):
            filled = _filled(cursor, tables)
            if not filled:
                return
            for table in filled:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608
        raise AssertionError(f"Not emptied: {_filled(cursor, tables)}")


def instead_of_flushing(case: TransactionTestCase) -> None:
    """In the place of what Django does after a test that commits."""
    empty_tables()


def _filled(cursor, tables: list[str]) -> list[str]:
    quoted = ((table, connection.ops.quote_name(table)) for table in tables)
    # `SELECT 1`, as Citus takes no empty list (decision 40): some of these tables may be spread.
    asked = (f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {name})" for table, name in quoted)  # noqa: S608
    cursor.execute(" UNION ALL ".join(asked))
    return [table for (table,) in cursor.fetchall()]
