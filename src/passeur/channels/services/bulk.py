"""Set-based writing: statements with a name, and the columns of a table that a row must fill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from psycopg import ClientCursor, Connection


@dataclass(frozen=True, slots=True)
class Statement:
    """One SQL statement; `name` says what its rows are, in the counts of a run."""

    name: str
    sql: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def text(self, connection: Connection[Any]) -> bytes:
        """The statement with its values in place, quoted."""
        cursor = ClientCursor(connection)
        return (cursor.mogrify(self.sql, self.values) if self.values else self.sql).encode()


def insert_into(label: str, source: str, given: Mapping[str, str], values: Mapping[str, Any], name: str) -> Statement:
    """An INSERT into a model's table of `given` (column: SQL expression) from `source`.

    Columns that may not be null and are not given get the model's own default: a room that adds a
    column to its model need not know the importer.
    """
    model = apps.get_model(label)
    columns = dict(given)
    filled = dict(values)
    for model_field in model._meta.concrete_fields:
        column = model_field.column
        if model_field.primary_key or column in columns or (model_field.null and not model_field.has_default()):
            continue
        key = f"default_{column}"
        columns[column] = f"%({key})s"
        filled[key] = model_field.get_db_prep_save(model_field.get_default(), _django())
    names = ", ".join(f'"{column}"' for column in columns)
    return Statement(
        name,
        f"insert into {model._meta.db_table} ({names}) select {', '.join(columns.values())} {source}",
        filled,
    )


def _django() -> Any:
    from django.db import connection

    return connection
