"""A part that is kept is given again only for what is the same to the letter."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any, cast

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
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


def test_how_long_ago_is_said_each_time_and_at_each_depth(monkeypatch):
    at = dt.datetime(2026, 11, 28, 8, tzinfo=dt.UTC)
    said = []
    for hours in (1, 2, 26, 2, 26):  # once, the clock is set back
        monkeypatch.setattr(timezone, "now", lambda hours=hours: at + dt.timedelta(hours=hours))
        said.append(pure.drawn_from("a.html", outer, at=at))
    with translation.override("en"):
        said.append(pure.drawn_from("a.html", outer, at=at))
    assert [re.sub(r"<.*?>|\s", "", one) for one in said] == [
        "(ilya1h)", "(ilya2h)", "(hier,9h)", "(ilya2h)", "(hier,9h)", "(yesterday,9:00)"
    ]  # fmt: skip
    assert len(pure._kept) == 4, "two templates in two languages"


def outer(at):
    return {"inside": pure.drawn("b.html", at=at)}


@pytest.fixture(autouse=True)
def _templates(settings):
    texts = {"a.html": "({{ inside }})", "b.html": "{% load foundation %}{% when at %}", "c.html": "{{ of }}"}
    with_ours = [{**one, "OPTIONS": {**one["OPTIONS"]}} for one in settings.TEMPLATES]
    loaders = with_ours[0]["OPTIONS"]["loaders"]
    with_ours[0]["OPTIONS"]["loaders"] = [*loaders, ("django.template.loaders.locmem.Loader", texts)]
    settings.TEMPLATES = with_ours


def of(value, other):
    made.append(value)
    return {"of": f"{value} {other}"}


made: list[object] = []


def test_values_are_made_once_for_what_is_given():
    made.clear()
    first = pure.drawn_from("c.html", of, value=1, other="a")
    assert pure.drawn_from("c.html", of, value=1, other="a") is first == "1 a"
    assert pure.drawn_from("c.html", of, value=1, other="b") == "1 b"
    assert made == [1, 1]


def test_what_makes_the_values_may_know_nothing_else():
    secret = "of one reader"
    knowing: Any
    for knowing in (lambda value: {"of": secret}, partial(of, other=secret), secret.format):
        with pytest.raises(TypeError, match="may know no more"):
            pure.drawn_from("c.html", knowing, value=1)


def ask(value):
    return {"of": connection.cursor().execute("SELECT 1")}


def test_while_a_part_is_drawn_nothing_is_asked(db):
    with pytest.raises(RuntimeError, match="asks the database nothing"):
        pure.drawn_from("c.html", ask, value=1)
    assert connection.cursor().execute("SELECT 1")
    assert not pure.is_drawing()


def test_no_more_is_kept_than_said(monkeypatch):
    first = switcher("a")
    monkeypatch.setattr(pure, "MOST", 2 * pure._weight + 200)
    switcher("b")
    assert switcher("a") is first  # asked again: now "b" goes first
    switcher("c")
    assert switcher("a") is first
    assert len(pure._kept) == 2
    assert pure._weight == sum(part.weight for part in pure._kept.values()) <= pure.MOST


def test_what_it_is_kept_by_weighs_too():
    pure.drawn_from("c.html", of, value="a" * 10_000, other="")
    assert pure._weight > 20_000


def test_a_heavy_part_is_drawn_each_time(monkeypatch):
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
