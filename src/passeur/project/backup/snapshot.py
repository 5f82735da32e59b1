"""One moment of the database, held open: what is counted and what is dumped are of the same moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import connections
from psycopg import sql
from psycopg.conninfo import make_conninfo

# Of the schema, and of no extension.
TABLES = """
SELECT c.relname FROM pg_class c
 WHERE c.relnamespace = to_regnamespace(quote_ident(%s)) AND c.relkind IN ('r', 'p')
   AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
 ORDER BY 1
"""
# Extensions whose types some table has.
_EXTENSIONS = """
SELECT DISTINCT e.extname FROM pg_attribute a
  JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p') AND NOT a.attisdropped
  JOIN pg_depend d ON d.objid = a.atttypid AND d.deptype = 'e'
  JOIN pg_extension e ON e.oid = d.refobjid
 WHERE c.relnamespace = to_regnamespace(quote_ident(%s)) ORDER BY 1
"""
_MIGRATIONS = "SELECT app || '.' || name FROM django_migrations ORDER BY app, name"


def given() -> dict[str, Any]:
    """How Django reaches its database, as psycopg and the programs of PostgreSQL take it."""
    parameters = connections["default"].get_connection_params()
    return {name: value for name, value in parameters.items() if name not in {"cursor_factory", "context"}}


def address() -> tuple[str, str | None]:
    """The connection string without its password, and the password: command lines can be read by others."""
    parameters = given()
    password = parameters.pop("password", None)
    for ours in ("pool", "prepare_threshold"):  # of Django and psycopg, no words of PostgreSQL's programs
        parameters.pop(ours, None)
    return make_conninfo(**{name: value for name, value in parameters.items() if value != ""}), password


@dataclass(frozen=True, slots=True)
class Moment:
    """What one transaction sees, under the name by which other connections can see the same."""

    connection: psycopg.Connection[Any]
    name: str
    schema: str
    major: int
    address: str
    password: str | None

    def tables(self) -> dict[str, int]:
        """Rows by table."""
        names = [name for (name,) in self._all(TABLES)]
        counting = sql.SQL("SELECT count(*) FROM {}.{}")
        return {
            name: self.connection.execute(
                counting.format(sql.Identifier(self.schema), sql.Identifier(name))
            ).fetchone()[0]  # type: ignore[index]
            for name in names
        }

    def migrations(self) -> list[str]:
        return [name for (name,) in self.connection.execute(_MIGRATIONS).fetchall()]

    def extensions(self) -> list[str]:
        return [name for (name,) in self._all(_EXTENSIONS)]

    def size(self) -> int:
        """Of the database, bytes on its disk."""
        row = self.connection.execute("SELECT pg_database_size(current_database())").fetchone()
        return int(row[0]) if row else 0

    def _all(self, query: str) -> list[Any]:
        return self.connection.execute(query.encode(), [self.schema]).fetchall()


@contextmanager
def taken() -> Iterator[Moment]:
    """Take the moment; it is let go when this ends."""
    where, password = address()
    with psycopg.connect(**given(), autocommit=True) as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        row = connection.execute(
            "SELECT pg_export_snapshot(), current_schema(),"
            " current_setting('server_version_num')::int / 10000"
        ).fetchone()
        name, schema, major = row or ("", "public", 0)
        yield Moment(connection, name, schema, int(major), where, password)
