"""Set-based writing: statements with a name, and the columns of a table that a row must fill."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection
from psycopg import ClientCursor, Connection
from psycopg.sql import SQL, Identifier


@dataclass(frozen=True, slots=True)
class Statement:
    """One SQL statement; `name` says what its rows are, in the counts of a run."""

    name: str
    sql: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def text(self, on: Connection[Any]) -> bytes:
        """The statement with its values in place, quoted."""
        cursor = ClientCursor(on)
        return (cursor.mogrify(self.sql, self.values) if self.values else self.sql).encode()


def insert_into(
    label: str, source: str, given: Mapping[str, str], values: Mapping[str, Any], name: str
) -> Statement:
    """An INSERT into a model's table of `given` (column: SQL expression) from `source`.

    Columns that may not be null and are not given get the model's own default: a room that adds a
    column to its model need not know the importer.
    """
    model = apps.get_model(label)
    columns = dict(given)
    filled = dict(values)
    for model_field in model._meta.concrete_fields:
        column = model_field.column
        if (
            model_field.primary_key
            or column in columns
            or (model_field.null and not model_field.has_default())
        ):
            continue
        key = f"default_{column}"
        columns[column] = f"%({key})s"
        filled[key] = model_field.get_db_prep_save(model_field.get_default(), connection)
    names = ", ".join(f'"{column}"' for column in columns)
    return Statement(
        name,
        f"insert into {model._meta.db_table} ({names}) select {', '.join(columns.values())} {source}",
        filled,
    )


@cache
def next_key(label: str) -> str:
    """The SQL for the next key of a model. The sequence is named outright, not looked up for each row."""
    table = apps.get_model(label)._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("select pg_get_serial_sequence(%s, 'id')", [table])
        return f"nextval('{cursor.fetchone()[0]}'::regclass)"


_HELD = "select 1 from {table} where id = %s for key share"


def vouch_for_references(*, holding: Mapping[str, int]) -> None:
    """Leave out the server's check of foreign keys, one query for each key of each row, for this transaction.

    Only for rows whose keys were joined from rows of this same transaction, which nobody else can see,
    let alone delete; the rows of others that they point at, `holding` (table: key), are locked instead.
    A server that does not let us (it takes a superuser, or the right to set this parameter) goes on checking.
    """
    with connection.cursor() as cursor:
        for table, key in holding.items():
            cursor.execute(_HELD.format(table=table), [key])
    _check_references("replica")


def check_references_again() -> None:
    """What follows is checked, and fires triggers, as ever."""
    _check_references("origin")


def _check_references(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select has_parameter_privilege('session_replication_role', 'set')")
        if cursor.fetchone()[0]:
            cursor.execute(f"set local session_replication_role = {role}")


def copy_rows(label: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Stream rows into a model's table by COPY; columns that are not given are filled as by `insert_into`."""
    model = apps.get_model(label)
    defaults = {
        model_field.column: model_field.get_db_prep_save(model_field.get_default(), connection)
        for model_field in model._meta.concrete_fields
        if not model_field.primary_key
        and model_field.column not in columns
        and not (model_field.null and not model_field.has_default())
    }
    names = SQL(", ").join(map(Identifier, [*columns, *defaults]))
    table, rest, count = Identifier(model._meta.db_table), tuple(defaults.values()), 0
    into = SQL("copy {} ({}) from stdin").format(table, names)
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            copy.write_row((*row, *rest))
            count += 1
    return count


def insert_rows(label: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that have the same columns; one that is there already is left alone."""
    if not rows:
        return
    statement = insert_into(
        label, "on conflict do nothing", {column: f"%({column})s" for column in rows[0]}, {}, ""
    )
    with connection.cursor() as cursor:
        cursor.executemany(statement.sql, [{**statement.values, **row} for row in rows])
