"""What Django makes of rows, worked out once for a query: it does so each time it asks.

Of models, of values and of lists of values, with what `select_related` and annotations bring along.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet, query
from django.db.models.sql.compiler import SQLCompiler

Maker = Callable[[list[Any]], list[Any]]


def maker(queryset: QuerySet[Any, Any], compiler: SQLCompiler) -> Maker:
    """What makes of the rows of the server what `queryset` gives; `compiler` has worked out its SQL.

    TypeError for the few kinds of querysets whose rows are made otherwise.
    """
    asked: Any = queryset
    kind = asked._iterable_class
    columns = [column for column, *_ in compiler.select[: compiler.col_count]]
    if (
        kind not in _KINDS
        or asked._known_related_objects
        or asked._prefetch_related_lookups
        or compiler.has_extra_select
        or compiler.has_composite_fields(columns)
    ):
        raise TypeError(f"Rows of {kind.__name__} cannot be prepared like this.")
    converters = compiler.get_converters(columns)
    make = _KINDS[kind](queryset, compiler)
    if not converters:
        return make
    return lambda rows: make(compiler.apply_converters(rows, converters))


def _models(queryset: Any, compiler: Any) -> Callable[[Iterable[Any]], list[Any]]:
    about = compiler.klass_info
    first, last = about["select_fields"][0], about["select_fields"][-1] + 1
    names = [column.target.attname for column, *_ in compiler.select[first:last]]
    django: Any = query
    populators = django.get_related_populators(about, compiler.select, DEFAULT_DB_ALIAS)
    annotations = list(compiler.annotation_col_map.items())
    model = about["model"]

    def made(row: Any) -> Any:
        one = model.from_db(DEFAULT_DB_ALIAS, names, row[first:last])
        for populator in populators:
            populator.populate(row, one)
        for name, place in annotations:
            setattr(one, name, row[place])
        return one

    return lambda rows: [made(row) for row in rows]


def _values(queryset: Any, compiler: Any) -> Callable[[Iterable[Any]], list[Any]]:
    asked = queryset.query
    names = list(asked.selected or (*asked.extra_select, *asked.values_select, *asked.annotation_select))
    return lambda rows: [dict(zip(names, row, strict=True)) for row in rows]


def _tuples(queryset: Any, compiler: Any) -> Callable[[Iterable[Any]], list[Any]]:
    return lambda rows: list(map(tuple, rows))


def _flat(queryset: Any, compiler: Any) -> Callable[[Iterable[Any]], list[Any]]:
    return lambda rows: [row[0] for row in rows]


_KINDS: dict[Any, Callable[[Any, Any], Callable[[Iterable[Any]], list[Any]]]] = {
    query.ModelIterable: _models,
    query.ValuesIterable: _values,
    query.ValuesListIterable: _tuples,
    query.FlatValuesListIterable: _flat,
}
