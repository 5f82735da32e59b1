"""Parts of a page that are made of what they are given and of nothing else, and therefore kept.

`drawn` renders a template with values and no request: nothing there knows who reads, what they may do, or
what time it is. What was given, the language and the time zone are the whole key: two readers share what is
drawn only where it is the same to the letter, and nothing has to be forgotten when a row changes, since it is
then given otherwise. Why: `docs/decisions/0031-parts-that-are-kept.md`.
"""

from __future__ import annotations

import dataclasses
import secrets
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from contextvars import ContextVar
from enum import Enum
from threading import Lock
from typing import Any

from django.template.loader import get_template
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST = 4_000
"""How many parts a process keeps; those not asked for longest go first."""
LONGEST = 40_000
"""A part of more characters is drawn each time."""

_kept: OrderedDict[Hashable, SafeString] = OrderedDict()
_lock = Lock()
_drawing: ContextVar[bool] = ContextVar("drawing", default=False)
_fields: dict[type, tuple[str, ...]] = {}


def drawn(template: str, **values: Any) -> SafeString:
    """The template with these values: texts, numbers, dates, and tuples and frozen dataclasses of them."""
    key = (template, get_language(), timezone.get_current_timezone_name(), _key(tuple(values.items())))
    kept = _kept.get(key)
    if kept is not None:
        with _lock:
            if key in _kept:
                _kept.move_to_end(key)
        return kept
    token = _drawing.set(True)
    try:
        made = SafeString(get_template(template).render(values))
    finally:
        _drawing.reset(token)
    if len(made) <= LONGEST:
        with _lock:
            _kept[key] = made
            if len(_kept) > MOST:
                _kept.popitem(last=False)
    return made


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
    """Whether a part is being drawn that will be kept: nothing may be asked then that changes by itself."""
    return _drawing.get()


def forget() -> None:
    """Keep nothing: for tests."""
    with _lock:
        _kept.clear()


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
