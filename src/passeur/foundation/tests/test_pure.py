"""A part that is kept is given again only for what is the same to the letter."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory
from django.utils import timezone, translation
from django.utils.safestring import SafeString

from passeur.foundation import counters, pure
from passeur.foundation.prepared import Question


@dataclass(frozen=True, slots=True)
class Line:
    label: object
    url: str = "/"
    current: bool = False
    icon: str = "menu"
    name: str = ""


@dataclass
class Loose:
    name: str


@pytest.fixture(autouse=True)
def _nothing_kept():
    pure.forget()
    yield
    pure.forget()


def switcher(*names: object, current: str = "ici") -> SafeString:
    options = tuple(Line(label=name, name=name) for name in names)  # type: ignore[arg-type]
    return pure.drawn("foundation/_switcher.html", current=current, options=options, all_url="")


def test_the_same_is_drawn_once_and_anything_else_anew():
    assert switcher("a") is switcher("a")
    assert switcher("a") is not switcher("b")
    assert switcher("a", current="la-bas") is not switcher("a")


@pytest.mark.parametrize("first", ["text", "safe"])
def test_what_is_safe_does_not_make_safe_what_is_not(first):
    given = {"text": "<b>", "safe": SafeString("<b>")}
    for kind in (first, *given.keys() - {first}):
        assert ("<b>" in switcher(given[kind])) == (kind == "safe")


@pytest.mark.parametrize(
    "values", [(1, True, 1.0, Decimal(1)), (0, False, ""), ((1,), (True,)), (None, "None")]
)
def test_equal_things_that_are_drawn_otherwise_are_not_one_key(values):
    assert len({pure._key(value) for value in values}) == len(values)


def test_a_language_and_a_time_zone_have_their_own():
    drawn = []
    for language in ("fr", "en"):
        for zone in ("Europe/Paris", "America/Montreal"):
            with translation.override(language), timezone.override(zone):
                drawn.append(switcher("a"))
    assert len({id(part) for part in drawn}) == len(drawn)


@pytest.mark.parametrize("thing", [Loose("a"), ["a"], {"a": 1}, AnonymousUser(), object()])
def test_what_can_change_by_itself_is_not_taken(thing):
    with pytest.raises(TypeError):
        pure.drawn("foundation/_who.html", person=thing)


def test_what_is_kept_says_no_time_that_passes():
    at = dt.datetime(2026, 11, 28, tzinfo=dt.UTC)
    made: Any = engines["django"].from_string("{% when at %}")
    part = next(iter(made.template.nodelist))
    token = pure._drawing.set(True)
    try:
        with pytest.raises(RuntimeError, match="how long ago"):
            part.func(at)
    finally:
        pure._drawing.reset(token)
    assert "<time" in part.func(at)


def test_no_more_is_kept_than_said(monkeypatch):
    monkeypatch.setattr(pure, "MOST", 2)
    first = switcher("a")
    switcher("b")
    assert switcher("a") is first  # asked again: now "b" goes first
    switcher("c")
    assert switcher("a") is first
    assert len(pure._kept) == 2


def test_a_long_part_is_drawn_each_time(monkeypatch):
    monkeypatch.setattr(pure, "LONGEST", 5)
    assert switcher("a") is not switcher("a")
    assert not pure._kept


def test_marks_are_filled_and_what_fills_them_is_escaped_unless_safe():
    mark = pure.mark()
    part = switcher(mark)
    assert "&lt;i&gt;" in pure.filled(part, {mark: cast("Any", "<i>")})
    assert "<i>" in pure.filled(part, {mark: SafeString("<i>")})
    assert mark != pure.mark()


def test_counters_are_asked_all_at_once_and_of_members_only(db, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(counters, "_counters", {})
    counters.counter("one")(lambda request: Question("SELECT unnest(%s::bigint[])", ([3, 4],)))
    counters.counter("none")(lambda request: None)
    counters.counter("two")(lambda request: Question("SELECT 7 WHERE %s", (False,)))

    class Somebody:
        is_authenticated, pk = True, 1

    request = RequestFactory().get("/")
    request.user = cast("Any", Somebody())
    with django_assert_num_queries(1):
        assert counters.waiting(request, "one") == [3, 4]
    assert counters.waiting(request, "two") == counters.waiting(request, "none") == []
    request.user = AnonymousUser()
    with django_assert_num_queries(0):
        assert counters.waiting(request, "one") == []
