"""Parts of a page that are made of what they are given and of nothing else, and therefore kept.

`drawn` renders a template with values and no request: nothing there knows who reads, what they may do, or
what time it is. What was given, the language and the time zone are the whole key: two readers share what is
drawn only where it is the same to the letter, and nothing has to be forgotten when a row changes, since it is
then given otherwise. `drawn_from` is the same where the values of the template have to be worked out first,
of what a page has read (`reading`): that too is done only where nothing is kept. While a part is drawn, the
database is not asked. Why: `docs/decisions/0031-parts-that-are-kept.md`.

How long ago something was (`{% when %}`) is kept as a moment and said each time.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
import re
import secrets
import sys
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum
from threading import Lock
from typing import Any, NoReturn

from django.db import connection
from django.template.loader import get_template
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from . import dates

MOST = 64_000_000
"""Bytes of all that a process keeps, with its keys; what was not asked for longest goes first."""
LONGEST = 2_000_000
"""Bytes: a part that weighs more is drawn each time."""
EACH = 1_000
"""Bytes, about, that a part weighs beside its texts."""

Make = Callable[..., Mapping[str, Any]]

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
_MOMENT = f"moment{secrets.token_hex(16)}x"
_MOMENTS = re.compile(f"{_MOMENT}(-?[0-9]+)x")


class _Part:
    """What was drawn: its text between the moments it says, and the whole as it reads for now."""

    __slots__ = ("_moments", "_now", "_pieces", "weight")

    def __init__(self, marked: str, of_key: int) -> None:
        pieces = _MOMENTS.split(marked)
        self._moments = [_EPOCH + int(one) * _MICROSECOND for one in pieces[1::2]]
        self._pieces = pieces if self._moments else []
        self._now = (SafeString("" if self._moments else marked), -math.inf, -math.inf)
        self.weight = of_key + sys.getsizeof(marked) * (2 if self._moments else 1) + EACH

    def text(self) -> SafeString:
        """As it reads now; inside another part, with its moments left for that one to say."""
        if not self._moments:
            return self._now[0]
        if _drawing.get():
            return self._saying(map(moment, self._moments))
        text, since, until = self._now
        now = timezone.now()
        if not since <= now.timestamp() < until:  # a clock may also be set back
            text = self._saying(conditional_escape(dates.when(one, now)) for one in self._moments)
            until = min(dates.when_until(one, now) for one in self._moments).timestamp()
            self._now = (text, now.timestamp(), until)
        return text

    def _saying(self, moments: Iterable[str]) -> SafeString:
        pieces = self._pieces.copy()
        pieces[1::2] = moments
        return SafeString("".join(pieces))


_kept: OrderedDict[Hashable, _Part] = OrderedDict()
_weight = 0
_lock = Lock()
_drawing: ContextVar[tuple[str | None, str] | None] = ContextVar("drawing", default=None)
"""The language and the zone of the part that is being drawn."""
_fields: dict[type, tuple[str, ...]] = {}


def drawn(template: str, **values: Any) -> SafeString:
    """The template with these values: texts, numbers, dates, and tuples and frozen dataclasses of them."""
    return _drawn(template, None, values)


def drawn_from(template: str, make: Make, **given: Any) -> SafeString:
    """The template with the values that `make` works out of what is given, which is the key as in `drawn`.

    `make` is a function of a module, so that it knows nothing else: TypeError for one that may.
    """
    if "." in getattr(make, "__qualname__", "."):
        raise TypeError("What makes the values of a kept part is a function of a module: it may know no more")
    return _drawn(template, make, given)


def _drawn(template: str, make: Make | None, given: dict[str, Any]) -> SafeString:
    language, zone = setting()
    key = (template, make, language, zone, _key(tuple(given.items())))
    kept = _kept.get(key)
    if kept is not None:
        with _lock:
            if key in _kept:
                _kept.move_to_end(key)
        return kept.text()
    with _knowing_no_more(language, zone):
        part = get_template(template).render(dict(make(**given)) if make else given)
    made = _Part(part, _weight_of(key))
    if made.weight <= LONGEST:
        _keep(key, made)
    return made.text()


def _keep(key: Hashable, part: _Part) -> None:
    global _weight
    with _lock:
        before = _kept.pop(key, None)
        _kept[key] = part
        _weight += part.weight - (before.weight if before else 0)
        while _weight > MOST:
            _weight -= _kept.popitem(last=False)[1].weight


@contextmanager
def _knowing_no_more(language: str | None, zone: str) -> Iterator[None]:
    """Here a part is drawn: it is made of what it was given, so that the database has nothing to say."""
    token = _drawing.set((language, zone))
    try:
        with connection.execute_wrapper(_nothing_is_asked):
            yield
    finally:
        _drawing.reset(token)


def _nothing_is_asked(*asked: object) -> NoReturn:
    raise RuntimeError("What is kept asks the database nothing: give it what it says.")


def moment(at: dt.datetime) -> SafeString:
    """In a part that is drawn to be kept: where it says, each time, how long ago that was."""
    return SafeString(f"{_MOMENT}{(at - _EPOCH) // _MICROSECOND}x")


def mark() -> SafeString:
    """A word that nobody outside this process knows: where `filled` puts what differs each time."""
    return SafeString(f"mark-{secrets.token_hex(16)}")


def filled(part: SafeString, values: Mapping[SafeString, SafeString]) -> SafeString:
    """The part with each mark replaced by what belongs there, which is safe HTML."""
    text = str(part)
    for place, value in values.items():
        text = text.replace(place, conditional_escape(value))
    return SafeString(text)


def is_drawing() -> bool:
    """Whether a part is being drawn that will be kept: nothing may be said then that changes by itself."""
    return _drawing.get() is not None


def setting() -> tuple[str | None, str]:
    """The language and the time zone that one draws in; within a part, those that it is kept by."""
    return _drawing.get() or (get_language(), timezone.get_current_timezone_name())


def forget() -> None:
    """Keep nothing: for tests and measures."""
    global _weight
    with _lock:
        _kept.clear()
        _weight = 0


def _weight_of(value: Any) -> int:
    """Bytes of the texts of a key."""
    if isinstance(value, tuple):
        return sum(map(_weight_of, value))
    return sys.getsizeof(value) if isinstance(value, str) else 0


def _key(value: Any) -> Hashable:
    """Equal only for what is drawn the same: a safe text is not the text, and 1 is neither 1.0 nor True."""
    kind = type(value)
    if kind is str or kind is int or value is None:
        return value  # type: ignore[no-any-return]
    if kind is tuple:
        return tuple([_key(one) for one in value])
    if dataclasses.is_dataclass(kind):
        names = _fields.get(kind)
        if names is None:
            if not kind.__dataclass_params__.frozen:  # type: ignore[attr-defined]
                raise TypeError(f"{kind.__name__} can change: what is kept by it would not")
            names = _fields[kind] = tuple(field.name for field in dataclasses.fields(kind))
        return (kind, *[_key(getattr(value, name)) for name in names])
    if isinstance(value, str | bool | float | Enum) or kind.__module__ in {"datetime", "decimal", "uuid"}:
        return (kind, value)
    raise TypeError(f"{kind.__name__} is not something a part can be kept by")
