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
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import update_wrapper
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field, ForeignObject, Lookup, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler

from . import lasting, rows

Row = TypeVar("Row")
Asked = Any
"""A parameter of a prepared query, where it is said; it goes wherever a value goes in a filter."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value goes among the parameters of the SQL."""

    name: str


@dataclass(frozen=True, slots=True)
class _Form:
    """A query as it was worked out for one connection."""

    compiler: SQLCompiler
    make: Callable[[list[Any]], list[Any]]
    sql: str
    places: tuple[str, ...]
    names: tuple[str, ...]

    def given(self, values: Mapping[str, object]) -> tuple[Any, ...]:
        """The parameters of the SQL."""
        return tuple(values[name] for name in self.places)


class Prepared(Generic[Row]):
    """A query that is asked by calling it with its values."""

    def __init__(self, say: Callable[..., QuerySet[Any, Row]], *, is_lasting: bool = False) -> None:
        update_wrapper(self, say)
        self._say, self._is_lasting = say, is_lasting
        self._kept = threading.local()  # a connection belongs to a thread

    def __call__(self, **values: object) -> list[Row]:
        form = self._form()
        return form.make(lasting.fetched(form.sql, form.given(values), is_lasting=self._is_lasting))

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
        sql, places = _said_once(*compiler.as_sql())
        form = self._kept.form = _Form(
            compiler, rows.maker(queryset, compiler), sql, places, _names(queryset.query)
        )
        return form


def _said_once(sql: str, values: Iterable[Any]) -> tuple[str, tuple[str, ...]]:
    """The SQL with what never changes (a state, a role) in its text, and the names of what does, in order.

    So a plan for any reader is still one for that state: it may use an index of these rows alone.
    """
    values = tuple(values)
    words = tuple("%s" if isinstance(one, _Place) else _literal(one) for one in values)
    return sql.replace("%%", "%%%%") % words, tuple(one.name for one in values if isinstance(one, _Place))


def _literal(value: object) -> str:
    operations: Any = connections[DEFAULT_DB_ALIAS].ops
    return str(operations.compose_sql("%s", [value])).replace("%", "%%")


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
    (said,) = lasting.fetched(f"SELECT {statement}", [value for one in asked for value in one.given])
    return list(said)


def prepared(say: Callable[..., QuerySet[Any, Row]]) -> Prepared[Row]:
    """Make a query of a function that gives a queryset."""
    return Prepared(say)


def planned_once(say: Callable[..., QuerySet[Any, Row]]) -> Prepared[Row]:
    """The same for one that nearly each page asks by itself: a connection keeps its plan, for any values.

    Only where such a plan is as good for every reader (`benchmarks/plans.py`).
    """
    return Prepared(say, is_lasting=True)


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
