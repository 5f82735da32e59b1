"""Keeping what is in the database, and putting it back before each journey: quicker than living it again."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction

# The audit log only grows: what journeys add to it stays.
# The names come from the catalogue of the test database: nobody typed them (S608).
TABLES = """
    SELECT c.oid::regclass::text, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
      AND c.relname NOT IN ('django_migrations', 'foundation_auditentry')
    GROUP BY c.oid ORDER BY 1
"""
# Their foreign keys are checked at once, not at the end of the transaction.
LAST = ["procrastinate_periodic_defers", "procrastinate_jobs", "procrastinate_workers"]


@dataclass(frozen=True)
class Snapshot:
    """All tables, and the columns of those that hold something. Copies stand in a schema of that name.

    Sequences go on from where they are: no test may count on a key.
    """

    name: str
    everything: list[str]
    filled: dict[str, str]

    @classmethod
    def take(cls, name: str) -> Snapshot:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(TABLES)
            tables = dict(cursor.fetchall())
            cursor.execute(f"DROP SCHEMA IF EXISTS {name} CASCADE")
            cursor.execute(f"CREATE SCHEMA {name}")
            filled = {}
            for table, columns in tables.items():
                cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608
                if cursor.fetchone():
                    cursor.execute(f"CREATE TABLE {name}.{table} AS SELECT {columns} FROM {table}")  # noqa: S608
                    filled[table] = columns
        everything = sorted(tables, key=lambda table: LAST.index(table) if table in LAST else -1)
        return cls(name, everything, filled)

    def restore(self) -> None:
        """Foreign keys are checked when the transaction ends, so the order of the tables does not matter."""
        with transaction.atomic(), connection.cursor() as cursor:
            for table in self.everything:
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608
            for table, columns in self.filled.items():
                copy = f"SELECT {columns} FROM {self.name}.{table}"  # noqa: S608
                # Keys that the server always makes itself are put back as they were, too.
                cursor.execute(f"INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE {copy}")

    def forget(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA {self.name} CASCADE")
