"""Bytes received, read as JSON: strictly, and keeping each value as it was written.

Python's own reader lets through what another program reads otherwise: a key given twice, NaN, half a
character (a lone surrogate), a null character, which PostgreSQL cannot keep. Each of them is refused here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import isinf
from typing import Any, NoReturn

from .errors import Invalid, TooLarge

DEEPEST = 100  # levels of nesting
LARGEST = 16 * 1024 * 1024  # bytes; read, they take up to 25 times that

_SPACES = frozenset(" \t\n\r")
_space: Any = re.compile(r"[ \t\n\r]*").match
_DEPTH_MATTERS = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[{]|[\]}]', re.DOTALL)
_ESCAPED = re.compile(r'\\(u[0-9a-fA-F]{4}|["\\/bfnrt])')


@dataclass(frozen=True, slots=True)
class Written:
    """A JSON object: its members read, and its text as it was written."""

    members: dict[str, Any]
    text: str

    def texts(self) -> dict[str, str]:
        """Each member as it was written."""
        return _split(self.text)


def text_of(raw: bytes, where: str = "body", *, most: int | None = None) -> str:
    """Bytes as text: UTF-8, and nothing else; at most so many, else what a request may have."""
    most = most or LARGEST
    if len(raw) > most:
        raise TooLarge(where, f"more than {most} bytes of JSON are not read at once: send less at a time")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Invalid(where, f"byte {error.start} is not UTF-8") from None


def value_of(text: str, where: str = "body") -> Any:
    """One JSON value, and nothing behind it."""
    _forbid(text, where)
    with _in_words(where):
        value, end = _scan(text, _skip(text, 0))
    _limit_depth(text, 0, end, where)
    _end(text, end, where)
    return value


class NotPlain(Exception):
    """Not what can be read quickly; whoever has time says whether something is wrong with it."""


def plain(text: str, *, most: int) -> Any:
    """One JSON value, nothing around it, of at most so many arrays and objects; else `NotPlain`."""
    if text.count("[") + text.count("{") > most:
        raise NotPlain
    try:
        _forbid(text, "")
        value, end = _scan(text, 0)
    except (ValueError, StopIteration, _Twice, _Constant):
        raise NotPlain from None
    if end != len(text):
        raise NotPlain
    return value


def objects_of(text: str, where: str = "body") -> tuple[list[Written], bool]:
    """One JSON object, or an array of them, with their members as written; and whether it was an array."""
    _forbid(text, where)
    start = _skip(text, 0)
    if text[start : start + 1] != "[":
        written, end = _object(text, start, where)
        _end(text, end, where)
        return [written], False
    found: list[Written] = []
    position = _skip(text, start + 1)
    if text[position : position + 1] == "]":
        _end(text, position + 1, where)
        return found, True
    while True:
        written, end = _object(text, position, f"{where}[{len(found)}]")
        found.append(written)
        position = _skip(text, end)
        mark = text[position : position + 1]
        if mark == "]":
            _end(text, position + 1, where)
            return found, True
        if mark != ",":
            _refuse(where, position)
        position = _skip(text, position + 1)


def _object(text: str, start: int, where: str) -> tuple[Written, int]:
    """The object that begins at `start`, and where it ends."""
    if text[start : start + 1] != "{":
        raise Invalid(where, "expected a JSON object")
    with _in_words(where):
        members, end = _scan(text, start)
    _limit_depth(text, start, end, where)
    return Written(members, text[start:end]), end


def _split(text: str) -> dict[str, str]:
    """The members of an object that was read before, as they were written."""
    texts: dict[str, str] = {}
    position = _skip(text, 1)
    while text[position] != "}":
        key, position = _scan(text, position)
        begin = _skip(text, _skip(text, position) + 1)
        _value, end = _scan(text, begin)
        texts[key] = text[begin:end]
        position = _skip(text, end)
        if text[position] == ",":
            position = _skip(text, position + 1)
    return texts


@contextmanager
def _in_words(where: str) -> Iterator[None]:
    """What the reader of the standard library raises, in words for whoever wrote the client."""
    try:
        yield
    except StopIteration as stop:
        _refuse(where, stop.value)
    except json.JSONDecodeError as error:
        _refuse(where, error.pos)
    except _Twice as twice:
        raise Invalid(where, f"the key {twice.key[:60]!r} is given twice") from None
    except _Constant as constant:
        raise Invalid(where, f"{constant} is not a number that can be kept") from None
    except RecursionError:
        raise Invalid(where, f"is nested more than {DEEPEST} levels deep") from None
    except Invalid:
        raise
    except ValueError:
        raise Invalid(where, "holds a number of too many digits") from None


class _Twice(Exception):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class _Constant(Exception):
    pass


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise _Twice(key)
            seen.add(key)
    return made


def _no_constant(word: str) -> NoReturn:
    raise _Constant(word)


def _finite(word: str) -> float:
    number = float(word)
    if isinf(number):
        raise _Constant(word[:40])
    return number


_decoder: Any = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_constant, parse_float=_finite)


_scan: Callable[[str, int], tuple[Any, int]] = _decoder.scan_once


def _skip(text: str, position: int) -> int:
    return _space(text, position).end() if text[position : position + 1] in _SPACES else position


def _end(text: str, position: int, where: str) -> None:
    if _skip(text, position) != len(text):
        _refuse(where, position)


def _refuse(where: str, position: int) -> NoReturn:
    raise Invalid(where, f"not JSON from character {position}") from None


def _forbid(text: str, where: str) -> None:
    """What may stand in no value at all, wherever it is."""
    if "\\u" in text:
        _forbid_escapes(text, where)
    if "\0" in text:
        raise Invalid(where, "holds a null character")


def _limit_depth(text: str, start: int, end: int, where: str) -> None:
    """Not deeper than others can go: who reads it later may stand deeper themself."""
    if text.count("[", start, end) + text.count("{", start, end) <= DEEPEST:
        return
    deep = 0
    for found in _DEPTH_MATTERS.finditer(text, start, end):
        mark = found.group()[0]
        if mark in "[{":
            deep += 1
            if deep > DEEPEST:
                raise Invalid(where, f"is nested more than {DEEPEST} levels deep")
        elif mark in "]}":
            deep -= 1


def _forbid_escapes(text: str, where: str) -> None:
    high_until = -1
    for found in _ESCAPED.finditer(text):
        mark = found.group(1)
        code = int(mark[1:], 16) if mark[0] == "u" else 0x20
        begin, end = found.span()
        if high_until >= 0 and (begin != high_until or not 0xDC00 <= code <= 0xDFFF):
            break
        if high_until >= 0:
            high_until = -1
        elif code == 0:
            raise Invalid(where, "holds a null character")
        elif 0xDC00 <= code <= 0xDFFF:
            break
        elif 0xD800 <= code <= 0xDBFF:
            high_until = end
    else:
        if high_until < 0:
            return
    raise Invalid(where, "holds half a character (a surrogate without its other half)")
