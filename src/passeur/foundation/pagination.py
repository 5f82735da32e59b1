"""Cursor paging: a page starts after a row, not after a number of rows, so nothing is skipped or seen twice.

A query ordered by any fields, the last of them unique (a key), can be paged in both directions. Each page
costs one query, whatever its depth.
"""

import base64
import binascii
import datetime as dt
import decimal
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import BadRequest, FieldDoesNotExist, ValidationError
from django.db.models import Field, Model, Q, QuerySet
from django.utils.translation import gettext as _

M = TypeVar("M", bound=Model)
T = TypeVar("T")

AFTER, BEFORE = "a", "b"
LONGEST = 500  # characters of a cursor; ours are far shorter


class BadCursor(BadRequest):
    """A page address that was not made by us; answered 400."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows in order, and the cursors of the pages around them (None where there is none)."""

    items: Sequence[T]
    next: str | None
    previous: str | None

    def __len__(self) -> int:
        return len(self.items)


@dataclass(frozen=True, slots=True)
class _Order:
    """One field that rows are ordered by."""

    name: str
    descending: bool


def page(queryset: QuerySet[M], cursor: str | None, size: int, field: str | None = None) -> Page[M]:
    """The page of `queryset` that `cursor` names, the first without one; `size` rows at most.

    With `field`, newest (or greatest) first by it, then by key; else in the query's own order.
    """
    if field is not None:
        queryset = queryset.order_by(f"-{field}", "-pk")
    orders = _orders(queryset)
    direction, values = _read(cursor, queryset, orders) if cursor else (AFTER, None)
    backwards = direction == BEFORE
    rows = queryset.filter(_beyond(orders, values, backwards)) if values is not None else queryset
    if backwards:
        rows = rows.reverse()
    found = list(rows[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_next = bool(found) if backwards else more
    has_previous = more if backwards else values is not None
    return Page(
        items=found,
        next=_write(AFTER, found[-1], orders) if has_next and found else None,
        previous=_write(BEFORE, found[0], orders) if has_previous and found else None,
    )


def first(rows: Sequence[T], ordered_by: Sequence[str], size: int) -> Page[T]:
    """The first page, of rows that were asked already: `size` of them, and one more where there are more."""
    shown = rows[:size]
    orders = [_Order(name.lstrip("-"), name.startswith("-")) for name in ordered_by]
    return Page(shown, _write(AFTER, shown[-1], orders) if len(rows) > size else None, None)


def _orders(queryset: QuerySet[M]) -> list[_Order]:
    names = queryset.query.order_by or queryset.model._meta.ordering or ()
    orders = []
    for name in names:
        if not isinstance(name, str) or name == "?":
            raise TypeError("A paged query is ordered by names of fields.")
        orders.append(_Order(name.lstrip("-"), name.startswith("-")))
    if not orders or orders[-1].name not in {"pk", queryset.model._meta.pk.name}:
        raise TypeError("A paged query is ordered by its key last, so that two rows never tie.")
    return orders


def _beyond(orders: list[_Order], values: list[Any], backwards: bool) -> Q:
    """Rows after the place `values`: greater in the first field, or equal there and beyond in the rest."""
    beyond = Q(pk__in=[])
    for order, value in reversed(list(zip(orders, values, strict=True))):
        comparison = "lt" if order.descending != backwards else "gt"
        beyond = Q(**{f"{order.name}__{comparison}": value}) | (Q(**{order.name: value}) & beyond)
    # Said once more on the first field alone, which lets an index start there.
    first, side = orders[0], "lte" if orders[0].descending != backwards else "gte"
    return Q(**{f"{first.name}__{side}": values[0]}) & beyond


def _write(direction: str, row: object, orders: list[_Order]) -> str:
    values = [_json(_value(row, order.name)) for order in orders]
    text = json.dumps([direction, *values], separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _value(row: object, name: str) -> Any:
    value: Any = row
    for part in name.split("__"):
        value = getattr(value, part)
    return value


def _json(value: Any) -> Any:
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return str(value) if isinstance(value, decimal.Decimal | UUID) else value


def _read(cursor: str, queryset: QuerySet[M], orders: list[_Order]) -> tuple[str, list[Any]]:
    """The direction and place a cursor names; every value is checked by its field before it meets SQL."""
    problem = BadCursor(_("Cette adresse de page n’est plus lisible. Revenez à la première page."))
    if len(cursor) > LONGEST:
        raise problem
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        direction, *values = json.loads(raw)
    except (binascii.Error, UnicodeError, ValueError, TypeError) as error:
        raise problem from error
    if direction not in {AFTER, BEFORE} or len(values) != len(orders):
        raise problem
    try:
        return direction, [_checked(queryset, o.name, v) for o, v in zip(orders, values, strict=True)]
    except (ValidationError, TypeError, ValueError, OverflowError) as error:
        raise problem from error


def _checked(queryset: QuerySet[M], name: str, value: Any) -> Any:
    if value is None or isinstance(value, bool | list | dict):
        raise TypeError(name)
    if name in queryset.query.annotations:
        return _as(queryset.query.annotations[name].output_field, value)
    model: Any = queryset.model
    *path, last = name.split("__")
    for part in path:
        model = model._meta.get_field(part).related_model
    try:
        field = model._meta.pk if last == "pk" else model._meta.get_field(last)
    except FieldDoesNotExist as error:
        raise TypeError(name) from error
    return _as(field, value)


def _as(field: "Field[Any, Any]", value: Any) -> Any:
    checked = field.to_python(value)
    if isinstance(checked, int) and not -(2**63) <= checked < 2**63:
        raise OverflowError
    if isinstance(checked, float) and checked != checked:
        raise ValueError
    if isinstance(checked, str) and "\x00" in checked:
        raise ValueError
    return checked
