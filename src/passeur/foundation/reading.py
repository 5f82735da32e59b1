"""What a page reads, asked in one statement and taken as text.

    said = reading.ask(
        lines=_lines.asked(community=12, communities=seen),  # @prepared queries of `.values(…)`
        tabs=_tabs.asked(community=12, communities=seen),
    )
    main = pure.drawn_from("…/_main.html", _values, said=said, can_write=True)

    def _values(said: Said, can_write: bool) -> dict[str, Any]:  # called only where this was not drawn yet
        return {"lines": said.rows("lines", Line), "can_write": can_write}

Each query comes back as the text of a JSON list. The texts themselves are what the drawn page is kept by, so
that on a page that was drawn before nothing is decoded. Rows are decoded into frozen dataclasses whose
fields are called as the values of the query are.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from . import lasting
from .prepared import Question

Row = TypeVar("Row")

NOTHING = "[]"


@dataclass(frozen=True, slots=True)
class Said:
    """What the queries of a page said: a name and the text of a JSON list for each."""

    texts: tuple[tuple[str, str], ...]

    def __contains__(self, name: str) -> bool:
        return any(called == name for called, _ in self.texts)

    def text(self, name: str) -> str:
        """What the query of that name said. KeyError where none was asked by that name."""
        for called, text in self.texts:
            if called == name:
                return text
        raise KeyError(name)

    def of(self, *names: str) -> Said:
        """The part of it that these queries said, for what is drawn of nothing else."""
        return Said(tuple((name, self.text(name)) for name in names))

    def replaced(self, later: Said) -> Said:
        """The same, with what was said later under the names of that."""
        said = dict(later.texts)
        return Said(tuple((name, said.get(name, text)) for name, text in self.texts))

    def rows(self, name: str, kind: type[Row]) -> tuple[Row, ...]:
        """The rows as `kind`: a frozen dataclass with a field for each value, or a plain type for one value.

        TypeError where the names of the values are not those of the fields.
        """
        text = self.text(name)
        return () if text == NOTHING else tuple(map(_maker(cast("Any", kind)), json.loads(text)))

    def row(self, name: str, kind: type[Row]) -> Row | None:
        """The first row, None without one."""
        return next(iter(self.rows(name, kind)), None)


def ask(**questions: Question | None) -> Said:
    """What each query says, all asked in one statement; None is a query that has nothing to ask."""
    return _asked(questions, is_lasting=False)


def ask_by_key(**questions: Question | None) -> Said:
    """The same, of queries that find each row by its key or go along one index: a connection keeps the plan.

    It knows no values, and has to be as good as one that does: `benchmarks/plans.py` says.
    """
    return _asked(questions, is_lasting=True)


def _asked(questions: Mapping[str, Question | None], *, is_lasting: bool) -> Said:
    asked = {name: question for name, question in questions.items() if question is not None}
    texts = dict.fromkeys(questions, NOTHING)
    if asked:
        statement = ", ".join(_as_text(one.sql, one.names) for one in asked.values())
        values = [value for one in asked.values() for value in one.given]
        (said,) = lasting.fetched(f"SELECT {statement}", values, is_lasting=is_lasting)
        texts |= zip(asked, said, strict=True)
    return Said(tuple(texts.items()))


@cache
def _as_text(sql: str, names: tuple[str, ...]) -> str:
    if not names:
        raise TypeError("A query of models cannot be read as text: say its .values(…).")
    columns = ", ".join(f'"{name}"' for name in names)
    return f"(SELECT coalesce(json_agg(row_to_json(said)), '[]')::text FROM ({sql}) said ({columns}))"  # noqa: S608 - Django's own SQL, with places for values


@cache
def _maker(kind: Any) -> Callable[[Any], Any]:
    """What makes a row of a JSON object: all of its fields, or the one value that it has."""
    if is_dataclass(kind):
        return _of_fields(kind)
    make = _value_of(kind)
    return lambda row: make(*row.values())


@cache
def _value_of(kind: Any) -> Callable[[Any], Any]:
    """What makes a value of that type of what JSON holds."""
    if kind in {str, int, bool, NoneType}:
        return _as_it_is
    if kind is float:
        return float
    if kind in {dt.datetime, dt.date}:
        return cast("Callable[[Any], Any]", kind.fromisoformat)
    if get_origin(kind) in {Union, UnionType}:
        (given,) = (one for one in get_args(kind) if one is not NoneType)
        make = _value_of(given)
        return lambda value: None if value is None else make(value)
    if get_origin(kind) is tuple:
        make = _value_of(get_args(kind)[0])
        return lambda value: tuple(map(make, value or ()))
    if is_dataclass(kind):
        return _of_fields(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    raise TypeError(f"{kind} cannot be read from text")


def _of_fields(kind: Any) -> Callable[[Any], Any]:
    if not kind.__dataclass_params__.frozen:
        raise TypeError(f"{kind.__name__} can change: what is drawn of it would not")
    types = get_type_hints(kind)
    makers = [(field.name, _value_of(types[field.name])) for field in fields(kind)]
    names = {name for name, _ in makers}

    def make(row: dict[str, Any]) -> Any:
        if row.keys() != names:
            raise TypeError(f"{kind.__name__} has {sorted(names)}, and {sorted(row)} was said")
        return kind(*[make(row[name]) for name, make in makers])

    return make


def _as_it_is(value: Any) -> Any:
    return value
