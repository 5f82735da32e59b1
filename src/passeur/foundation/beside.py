"""Questions that were asked one by one, put into one text with their values beside it.

Whoever asked the same with other values asked the same text: PostgreSQL need not plan it anew for each page.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from .arrays import array

Values = Sequence[Any] | Mapping[str, Any] | None

_PLACE = re.compile(r"%%|%s|%\((\w+)\)s")
_ARRAYS = {int: "bigint[]", str: "text[]"}
"""What a list of these is to the server, also where it is short or its numbers are small."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A question in pieces, and what stands between them; `is_beside`: its values went beside its text."""

    pieces: tuple[str, ...]
    values: tuple[Any, ...]
    is_beside: bool


def noted(sql: str, values: Values, *, is_beside: bool) -> Noted:
    """The question with its values in the order of their places, each as often as it stands there."""
    if values is None:
        return Noted((sql.replace("%", "%%"),), (), is_beside)
    pieces, start = [], 0
    given: list[Any] = []
    for place in _PLACE.finditer(sql):
        if place[0] == "%%":
            continue
        pieces.append(sql[start : place.start()])
        given.append(values[place[1]] if isinstance(values, Mapping) else values[len(given)])
        start = place.end()
    return Noted((*pieces, sql[start:]), tuple(given), is_beside)


def together(
    questions: Iterable[Noted], now: dt.datetime, join: Callable[[list[str]], str]
) -> tuple[str, dict[str, Any]]:
    """One text of all of them, as `join` makes it of theirs, and the values of its places, by name.

    Where a question holds the moment `now`, the place is called so.
    """
    values: dict[str, Any] = {}
    return join([_text(one, now, values) for one in questions]), values


def _text(question: Noted, now: dt.datetime, values: dict[str, Any]) -> str:
    text = [question.pieces[0]]
    for value, piece in zip(question.values, question.pieces[1:], strict=True):
        text += [_place(value, question.is_beside, now, values), piece]
    return "".join(text)


def _place(value: Any, is_beside: bool, now: dt.datetime, values: dict[str, Any]) -> str:
    """What stands in the text for a value: its name, or a word that is always the same (a state, a role)."""
    kind = type(value)
    if kind is dt.datetime and value == now:
        return "%(now)s::timestamptz"
    if not is_beside and kind not in {int, list, dt.datetime, dt.date}:
        return str(connection.ops.compose_sql("%s", [value])).replace("%", "%%")  # type: ignore[attr-defined]
    name = f"v{len(values)}"
    values[name] = value
    if kind is list and value and (of := _ARRAYS.get(type(value[0]))):
        if of == "bigint[]":
            values[name] = array(value)
        return f"%({name})s::{of}"
    return f"%({name})s"
