"""The pieces that statements are made of, checked: language maps, extensions, plain values.

Each function takes the value and where it stands, and raises `Invalid` with that place in its words.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from . import rules
from .errors import Invalid

Json = Any
Object = Mapping[str, Any]


def an_object(value: Json, where: str) -> Object:
    if not isinstance(value, dict):
        raise Invalid(where, "expected an object")
    return value


def an_array(value: Json, where: str) -> list[Json]:
    if not isinstance(value, list):
        raise Invalid(where, "expected an array")
    return value


def only(value: Object, allowed: Set[str], where: str) -> None:
    """No property but these."""
    if not value.keys() <= allowed:
        unknown = sorted(set(value) - set(allowed))[0]
        raise Invalid(where, f"xAPI knows no property {unknown[:60]!r} here")


def a_string(value: Json, where: str) -> str:
    if not isinstance(value, str):
        raise Invalid(where, "expected a string")
    return value


def a_boolean(value: Json, where: str) -> None:
    if not isinstance(value, bool):
        raise Invalid(where, "expected true or false")


def a_number(value: Json, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Invalid(where, "expected a number")
    return value


def an_iri(value: Json, where: str) -> str:
    if not isinstance(value, str) or not rules.is_iri(value):
        raise Invalid(where, "expected an absolute IRI, such as https://example.org/thing")
    return value


def an_irl(value: Json, where: str) -> str:
    if not isinstance(value, str) or not rules.is_irl(value):
        raise Invalid(where, "expected an address, such as https://example.org/page")
    return value


def a_uuid(value: Json, where: str) -> str:
    if not isinstance(value, str) or not rules.is_uuid(value):
        raise Invalid(where, "expected a UUID, such as 5b1f6a0e-3c1d-4a53-9f1e-1d1c7a3c8f10")
    return value


def a_moment(value: Json, where: str) -> None:
    if not isinstance(value, str) or rules.moment(value) is None:
        raise Invalid(where, "expected a date and time of ISO 8601, such as 2026-11-28T09:30:00Z")


def a_language_map(value: Json, where: str) -> None:
    for tag, text in an_object(value, where).items():
        if not rules.is_language(tag):
            raise Invalid(where, f"{tag[:60]!r} is not a language tag of RFC 5646, such as fr or en-GB")
        if not isinstance(text, str):
            raise Invalid(f"{where}.{tag}", "expected a string")


def extensions(value: Json, where: str) -> None:
    """Keys are IRIs; what they hold is free."""
    for key in an_object(value, where):
        if not rules.is_iri(key):
            raise Invalid(where, f"the key {key[:60]!r} is not an IRI")
