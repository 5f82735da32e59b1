"""What is looked up in fewer steps is what Django finds, failures included."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.template import Context, Engine, TemplateSyntaxError
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import mark_safe


class Role(models.TextChoices):
    LCM = "lcm", "Passeur"


class Thing:
    name = "<Mei>"
    nothing = None

    def said(self) -> str:
        return "dit"

    def of(self, whom: str) -> str:
        return whom

    def erase(self) -> str:
        return "effacé"

    erase.alters_data = True  # type: ignore[attr-defined]

    @property
    def lost(self) -> str:
        raise ObjectDoesNotExist

    @property
    def broken(self) -> str:
        raise AttributeError("inside")

    @property
    def failing(self) -> str:
        raise ZeroDivisionError


class Keyed(dict):
    items = "of the class"  # type: ignore[assignment]


VALUES: dict[str, Any] = {
    "thing": Thing(),
    "lazy": SimpleLazyObject(Thing),
    "keyed": Keyed(name="key", items="of the key"),
    "list": ["a", ("b", "c")],
    "pairs": [(1, "un"), (2, "deux")],
    "none": None,
    "safe": mark_safe("<b>"),
    "number": 12345,
    "share": 0.5,
    "yes": True,
    "at": dt.datetime(2026, 3, 29, 12, tzinfo=dt.UTC),
    "day": dt.date(2026, 3, 29),
    "role": Role.LCM,
    "roles": Role,
    "call": lambda: "appelé",
    "needs": lambda one: one,
    "it": iter("xy"),
}
SAYINGS = [
    "{{ thing.name }} {{ lazy.name }} {{ keyed.name }} {{ keyed.items }} {{ keyed.lost }}",
    "{{ list.0 }} {{ list.1.1 }} {{ list.9 }} {{ list.x }} {{ nowhere }} {{ nowhere.at.all }} {{ none.x }}",
    "{{ thing.said }} {{ thing.of }} {{ thing.erase }} {{ thing.lost }} {{ call }} {{ needs }}",
    "{{ safe }} {{ number }} {{ share }} {{ yes }} {{ at }} {{ day }} {{ role }} {{ roles.LCM }} {{ none }}",
    "{{ nowhere|default:thing.name }} {{ thing.nothing|default:'-' }} {{ at|date:'H:i' }} {{ safe|upper }}",
    "{{ thing.name|lower|cut:'<' }} {{ list|length }} {{ 'a&b' }} {{ 3 }}",
    "{% if thing.lost %}a{% elif nowhere == none %}b{% endif %}{% if nowhere.x %}c{% else %}d{% endif %}",
    "{% for one in list %}{{ forloop.counter }}{{ forloop.last }}{{ one }}{% empty %}-{% endfor %}",
    "{% for n, word in pairs reversed %}{{ n }}{{ word }}{{ forloop.revcounter0 }}{% endfor %}{{ word }}",
    "{% for one in nowhere %}{{ one }}{% empty %}vide{% endfor %}{% for one in it %}{{ one }}{% endfor %}",
    "{% for a in list %}{% for b in pairs %}{{ forloop.parentloop.counter }}{{ b }}{% endfor %}{% endfor %}",
    "{% autoescape off %}{{ thing.name }}{% endautoescape %}{% with x=thing.name %}{{ x }}{% endwith %}",
]
BROKEN = [
    "{{ thing.name|default:nowhere }}",
    "{{ thing.failing }}",
    "{{ thing.broken }}",
    "{% for a, b in list %}{{ a }}{% endfor %}",
]


def engine(parts: dict[str, str], *, quick: bool) -> Engine:
    inner = [("django.template.loaders.locmem.Loader", parts)]
    return Engine(loaders=[("passeur.foundation.templating.Loader", inner)] if quick else inner)


def said(parts: dict[str, str], name: str, *, quick: bool) -> str:
    values = VALUES | {"it": iter("xy")}
    return engine(parts, quick=quick).get_template(name).render(Context(values))


@pytest.mark.parametrize("saying", SAYINGS)
def test_the_same_is_found(saying):
    parts = {"one.html": saying}
    assert said(parts, "one.html", quick=True) == said(parts, "one.html", quick=False)


@pytest.mark.parametrize("saying", BROKEN)
def test_the_same_fails(saying):
    raised = []
    for quick in (True, False):
        with pytest.raises(Exception) as caught:  # noqa: PT011 - which one is what is compared
            said({"one.html": saying}, "one.html", quick=quick)
        raised.append(caught.type)
    assert raised[0] is raised[1]


LAYERS = {
    "base.html": "<{% block head %}h{% block title %}t{% endblock %}{% endblock %}|"
    "{% block foot %}f{% endblock %}>",
    "page.html": '{% extends "base.html" %}{% block title %}{{ block.super }}2{% endblock %}'
    "{% block foot %}{{ thing.name }}{% block more %}m{% endblock %}{% endblock %}",
    "leaf.html": '{% extends "page.html" %}lost{% block title %}[{{ block.super }}]{% endblock %}'
    "{% block more %}{% block inner %}i{% endblock %}{% with x=thing.said %}{{ x }}{% endwith %}"
    "{% endblock %}",
    "scope.html": '{% extends "base.html" %}{% block title %}{% cycle "a" "b" as c %}{% endblock %}'
    "{% block foot %}{{ c }}{% endblock %}",
}


@pytest.mark.parametrize("name", LAYERS)
def test_blocks_are_said_by_the_last_who_says_them(name):
    assert said(LAYERS, name, quick=True) == said(LAYERS, name, quick=False)


def test_what_a_page_extends_stands_in_it():
    parts = {"base.html": "{% extends name %}"}
    with pytest.raises(TemplateSyntaxError, match=r"base\.html"):
        said(parts, "base.html", quick=True)
