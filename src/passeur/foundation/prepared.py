"""Queries whose SQL is worked out once: asked again, only their values change.

Django works out the SQL of a query each time it is asked, and on a page of many small queries that costs more
than all of them do in the database. `@prepared` makes of a function that says a query one that asks it:

    @prepared
    def open_notes(member: Asked) -> QuerySet[Note]:
        return Note.objects.filter(to=member, done_at=None)

    open_notes(member=12)  # a list

Its parameters stand for one value each: a key, a moment, or a list of keys (`community__among=keys`), never
None. What changes from one time to the next is a parameter, the present moment too. Rows are not kept.
"""

from __future__ import annotations

import inspect
import re
import secrets
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import update_wrapper
from typing import Any, Generic, Self, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field, ForeignObject, Lookup, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler
from psycopg import ClientCursor, Cursor
from psycopg.types.numeric import Int8

Row = TypeVar("Row")
Asked = Any
"""A parameter of a prepared query, where it is said; it goes wherever a value goes in a filter."""

_MARK = f"place{secrets.token_hex(16)}x"
_MARKED = re.compile(f"'{_MARK}([A-Za-z0-9_]+)x'")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value goes among the parameters of the SQL."""

    name: str


@dataclass(frozen=True, slots=True)
class _Form:
    """A query as it was worked out for one connection. What never changes stands in its SQL."""

    queryset: QuerySet[Any, Any]
    compiler: SQLCompiler
    sql: str
    places: tuple[str, ...]
    names: tuple[str, ...]

    def given(self, values: Mapping[str, object]) -> tuple[Any, ...]:
        """The parameters of the SQL."""
        return tuple([values[name] for name in self.places])


class Prepared(Generic[Row]):
    """A query that is asked by calling it with its values."""

    def __init__(self, say: Callable[..., QuerySet[Any, Row]]) -> None:
        update_wrapper(self, say)
        self._say = say
        self._kept = threading.local()  # a connection belongs to a thread

    def __call__(self, **values: object) -> list[Row]:
        form = self._form()
        given = form.given(values)
        asking = copy(form.compiler)
        vars(asking)["as_sql"] = lambda *options, **more: (form.sql, given)
        rows: Any = form.queryset._iterable_class
        return list(rows(_Standing(form.queryset, _Standing(form.queryset.query, asking))))

    def asked(self, **values: object) -> Question:
        """The question and its values, to be asked with others: by `together` where it lists keys, by
        `reading.ask` where it lists `values`.
        """
        form = self._form()
        return Question(form.sql, form.given(values), form.names)

    def counted(self, **values: object) -> Question:
        """How many rows it gives, for `reading.ask`; of a query that is cut (`[:1001]`), at most that."""
        form = self._form()
        return Question(f"SELECT count(*) FROM ({form.sql}) counted", form.given(values), ("count",))  # noqa: S608 - Django's own SQL

    def _form(self) -> _Form:
        connection = connections[DEFAULT_DB_ALIAS]
        kept: _Form | None = getattr(self._kept, "form", None)
        if kept is not None and kept.compiler.connection is connection:
            return kept
        names = inspect.signature(self._say).parameters
        queryset = self._say(**{name: Value(_Place(name)) for name in names})
        compiler = queryset.query.get_compiler(using=DEFAULT_DB_ALIAS)
        sql, places = _with_constants(*compiler.as_sql())
        form = self._kept.form = _Form(queryset, compiler, sql, places, _names(queryset.query))
        return form


def _with_constants(sql: str, given: Sequence[Any]) -> tuple[str, tuple[str, ...]]:
    """The SQL with what never changes written into it, and the names of what does, in its order."""
    marks = [f"{_MARK}{one.name}x" if isinstance(one, _Place) else one for one in given]
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        written = str(cursor.cursor.mogrify(sql, marks))
    places = tuple(_MARKED.findall(written))
    return _MARKED.sub("%s", written.replace("%", "%%")), places


def _names(query: Any) -> tuple[str, ...]:
    """What the columns of a query of values are called, in their order; nothing for one of models."""
    return tuple(query.selected or (*query.extra_select, *query.values_select, *query.annotation_select))


@dataclass(frozen=True, slots=True)
class Question:
    """A query and its values; `names` of its columns where it lists values."""

    sql: str
    given: tuple[Any, ...]
    names: tuple[str, ...] = ()


def together(questions: Iterable[Question]) -> list[list[int]]:
    """What each of them lists, all asked in one statement. One query, none where there is no question."""
    asked = list(questions)
    if not asked:
        return []
    statement = ", ".join(f"ARRAY({one.sql})" for one in asked)
    return list(planned_once(f"SELECT {statement}", [value for one in asked for value in one.given]))


def planned_once(statement: str, given: Sequence[Any]) -> tuple[Any, ...]:
    """The one row of a statement that PostgreSQL plans once for a connection, and not each time.

    For statements that find each row by its key: a plan that does not know the values is as good there, and
    to plan a page costs five times what it costs to read it. Not where the plan hangs on the values.
    """
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.cursor = _Planned(cursor.cursor.connection)  # Django's own writes values into the statement
        cursor.execute(statement, [_as_key(value) for value in given])
        row: tuple[Any, ...] = cursor.fetchone()
    return row


class _Planned(Cursor[Any]):
    """A cursor that can be asked what it asked, as Django's logs of statements do."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Self:
        super().execute(query, params, **options)
        self._query = _Written(self.connection, query, params)  # type: ignore[assignment]
        return self


@dataclass(frozen=True, slots=True)
class _Written:
    connection: Any
    statement: str
    given: Sequence[Any]

    @property
    def query(self) -> bytes:
        """The statement with its values written into it."""
        return ClientCursor(self.connection).mogrify(self.statement, self.given).encode()


def _as_key(value: Any) -> Any:
    """Whole numbers are sent as long as keys are, so that the statement is one and the same for all."""
    if type(value) is int:
        return Int8(value)
    return [_as_key(one) for one in value] if isinstance(value, list) else value


def prepared(say: Callable[..., QuerySet[Any, Row]]) -> Prepared[Row]:
    """Make a query of a function that gives a queryset."""
    return Prepared(say)


class _Standing:
    """What Django's makers of rows are given in place of a queryset, and of its query."""

    def __init__(self, behind: Any, query: Any) -> None:
        self._behind, self.query = behind, query
        self.db = DEFAULT_DB_ALIAS

    def get_compiler(self, *using: object, **options: object) -> Any:
        return self.query

    def __getattr__(self, name: str) -> Any:
        return getattr(self._behind, name)


@ForeignObject.register_lookup
@Field.register_lookup
class Among(Lookup):
    """`key__among=keys`: one of a list that goes to the database as one value."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, of_left = self.process_lhs(compiler, connection)
        right, of_right = self.process_rhs(compiler, connection)
        return f"{left} = ANY({right})", (*of_left, *of_right)
