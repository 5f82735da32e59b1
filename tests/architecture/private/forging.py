"""What a curious person types into an address or changes in a form: private keys, names and addresses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from bs4.filter import SoupStrainer
from django.http import QueryDict

from .addresses import open_doors
from .secret import Secret
from .visitors import Visitor
from .walking import HTMX, Leak, ask, learnt

# What a form needs that nobody chooses, and where it goes back to.
NOT_CHOSEN = {"csrfmiddlewaretoken", "next", "draft", "language"}


def guesses(made: Secret) -> list[str]:
    """What they could put there."""
    things, people = made.things, made.people
    keys = dict.fromkeys(str(thing.pk) for thing in (things["question"], things["theme"], people["member"]))
    return [*keys, made.secret.slug, things["question"].title]


@contextmanager
def what_is_read() -> Iterator[set[str]]:
    """The names of parameters that views look for, whether they came or not."""
    names: set[str] = set()
    with pytest.MonkeyPatch.context() as patch:
        for method in ("get", "getlist", "__getitem__", "__contains__"):
            kept = getattr(QueryDict, method)

            def noted(self: QueryDict, key: Any, *rest: Any, _kept: Any = kept, **more: Any) -> Any:
                names.add(key)
                return _kept(self, key, *rest, **more)

            patch.setattr(QueryDict, method, noted)
        yield names


def through_addresses(made: Secret, visitor: Visitor) -> Iterator[Leak]:
    """Every parameter that a page of theirs reads, with every guess."""
    for name, url in open_doors(made):
        with what_is_read() as parameters:
            plain = ask(visitor, "get", url)
        if plain.status not in {200, 422}:
            continue
        for parameter in sorted(parameters - NOT_CHOSEN):
            for guess in guesses(made):
                door = f"{url}?{urlencode({parameter: guess})}"
                said = ask(visitor, "get", door).text
                yield from learnt(made.mark, visitor, name, f"get {door}", echoless(said, guess))


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a page, as the browser would send it."""

    name: str
    action: str
    method: str
    fields: tuple[tuple[str, str], ...]
    offered: dict[str, str]
    """By field, what is chosen from there: fields alike, as the rows of a table of wishes, say the same."""


def forms(made: Secret, visitor: Visitor) -> list[Form]:
    """Each form that they meet, once."""
    found: dict[tuple[str, tuple[str, ...]], Form] = {}
    for name, url in open_doors(made):
        answer = ask(visitor, "get", url)
        if answer.status != 200 or "<form" not in answer.body:
            continue
        parsed = BeautifulSoup(answer.body, "html.parser", parse_only=SoupStrainer("form"))
        for form in parsed.find_all("form"):
            fields = tuple((str(field["name"]), _value(field)) for field in form.select("[name]"))
            action = str(form.get("action") or url)
            kind = re.sub(r"\d+", "0", action), tuple(sorted({field for field, _value in fields}))
            if "log-out" not in action and "logout" not in action:
                method = str(form.get("method") or "get").lower()
                offered = {str(field["name"]): _offered(field) for field in form.select("[name]")}
                found.setdefault(kind, Form(name, action, method, fields, offered))
    return list(found.values())


def _offered(field: Any) -> str:
    """The choices of a field, or its own name where anything may be typed."""
    if field.name == "select":
        return f"select {sorted(str(option.get('value')) for option in field.select('option'))}"
    if field.get("type") == "checkbox" and not str(field.get("value", "on")).isdigit():
        return f"checkbox {field.get('value', 'on')}"
    return str(field["name"])


def _value(field: Any) -> str:
    chosen = field.select_one("option[selected], option") if field.name == "select" else None
    return str((chosen or field).get("value") or field.text.strip() or "x")


def through_forms(made: Secret, visitor: Visitor) -> Iterator[Leak]:
    """Every field of every form that they meet, with every guess in its place.

    Of the fields of a form that offer the same choices, the first gets every guess, each other one of them.
    """
    for form in forms(made, visitor):
        alike: Counter[str] = Counter()
        for field in dict.fromkeys(name for name, _value in form.fields if name not in NOT_CHOSEN):
            every, before = guesses(made), alike[form.offered[field]]
            alike[form.offered[field]] += 1
            for guess in [every[before % len(every)]] if before else every:
                data = dict(form.fields) | {field: guess}
                headers = HTMX if form.method == "post" else {}
                said = ask(visitor, form.method, form.action, data, headers=headers, follow=True).text
                door = f"{form.method} {form.action} {field}={guess}"
                yield from learnt(made.mark, visitor, form.name, door, echoless(said, guess))


def echoless(text: str, guess: str) -> str:
    """A text without what was typed: a page says it back."""
    for word in re.findall(r"zqvex\w+", guess, re.IGNORECASE):
        text = re.sub(word, "…", text, flags=re.IGNORECASE)
    return text
