"""A template that is drawn by a function says what Django says of it, names within names included."""

from __future__ import annotations

from typing import Any

import pytest
from django import template
from django.template import Context, Engine
from django.utils import translation

from passeur.foundation import strands
from passeur.foundation.woven import Woven

register = template.Library()


@register.simple_tag
def joined(*words: Any, **more: Any) -> str:
    return "<" + "-".join(map(str, [*words, *more.items()])) + ">"


@register.simple_tag(takes_context=True)
def all_around(context: Context) -> str:
    return ",".join(f"{name}={context.get(name)}" for name in ("n", "word", "kept", "title"))


def called() -> str:
    return "appelé"


PARTS = {
    "scopes": "{% for n in numbers %}{% if forloop.first %}{% joined n as kept %}{% endif %}"
    "{{ kept }}{% endfor %}"
    "[{{ kept }}]{% with title='w' %}{{ title }}{% joined 1 as title %}{{ title }}{% endwith %}{{ title }}",
    "pairs": "{% for n, word in pairs %}{{ kept }}{% joined word as kept %}{{ kept }}{% endfor %}"
    "{{ kept }}{{ n }}",
    "branches": "{% if no %}{% joined 1 as title %}{% endif %}{{ title }}{% if yes %}{% joined 2 as title %}"
    "{% endif %}{{ title }}{% if no %}a{% elif title in numbers %}b{% elif not no and yes %}c"
    "{% else %}d{% endif %}",
    "around": "{% for n in numbers %}{% with word=n|add:1 %}{% all_around %}{% include inner %}{% endwith %}"
    "{% endfor %}{% all_around %}",
    "loops": "{% for n in numbers %}{% for word in pairs %}{{ forloop.parentloop.counter }}{{ forloop.last }}"
    "{% endfor %}{{ forloop.revcounter }}{% empty %}-{% endfor %}{% for n in nowhere %}{% empty %}"
    "{{ n }}x{% endfor %}",
    "sentences": "{% blocktranslate with n=title %}a {{ n }} b{{ nowhere }} 5% {{ call }}"
    "{% endblocktranslate %}"
    "{% blocktranslate count n=numbers|length %}{{ n }} un{% plural %}{{ n }} des {{ title }}"
    "{% endblocktranslate %}"
    "{% translate 'Menu' as word %}{{ word }}{% blocktranslate asvar kept %}x{{ n }}"
    "{% endblocktranslate %}{{ kept }}"
    "{% translate title %}{% get_current_language as n %}{{ n }}",
    "filters": "{{ title|default:call|upper }}{{ nowhere|default:numbers.0 }}{{ 5|add:numbers.0 }}"
    "{{ _('Menu') }}"
    "{{ numbers|join:title }}{% joined title n=nowhere %}{{ nowhere.a|default_if_none:'z' }}{{ title|safe }}",
    "addresses": "{% url 'foundation:nothing' as n %}[{{ n }}]{% url 'foundation:language' as n %}{{ n }}",
    "cycle": "{% for n in numbers %}{% cycle 'a' 'b' as word %}{{ word }}{% endfor %}{{ word }}",
    "token": "{% csrf_token %}{% autoescape off %}{{ title }}{% endautoescape %}{% widthratio 5 10 100 %}",
    "inner": "({{ n }}{{ word }}{{ forloop.counter }})",
}


def said(name: str, *, ours: bool, language: str = "fr", **options: Any) -> str:
    parts: list[Any] = [("django.template.loaders.locmem.Loader", PARTS)]
    engine = Engine(
        loaders=[("passeur.foundation.templating.Loader", parts)] if ours else parts,
        libraries={"own": __name__, "i18n": "django.templatetags.i18n"},
        builtins=[__name__, "django.templatetags.i18n"],
        **options,
    )
    values = {
        "numbers": [7, 8],
        "pairs": [(1, "un"), (2, "<deux>")],
        "title": "<titre>",
        "yes": True,
        "no": 0,
        "call": called,
        "inner": "inner",
        "csrf_token": "jeton",
    }
    with translation.override(language):
        drawn: str = engine.get_template(name).render(Context(values))
    return drawn


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", PARTS)
def test_the_same_is_said(name, language):
    ours, theirs = (said(name, ours=who, language=language) for who in (True, False))
    assert ours == theirs
    assert ours


@pytest.mark.parametrize("name", PARTS)
def test_what_is_not_there_is_shown_as_it_is_set(name):
    assert said(name, ours=True, string_if_invalid="??") == said(name, ours=False, string_if_invalid="??")


def test_the_frequent_way_does_not_ask_django(monkeypatch):
    def asked(*given: Any) -> None:
        raise AssertionError(given)

    for name in ("again", "again_if"):
        monkeypatch.setitem(strands.GIVEN, name, asked)
    for name in ("scopes", "branches", "loops"):
        assert said(name, ours=True) == said(name, ours=False)


def test_a_template_is_written_once():
    engine = Engine(
        loaders=[
            ("passeur.foundation.templating.Loader", [("django.template.loaders.locmem.Loader", PARTS)])
        ],
        builtins=[__name__, "django.templatetags.i18n"],
    )
    template = engine.get_template("scopes")
    template.render(Context())
    nodes = template.nodelist
    assert isinstance(nodes, Woven)
    written = nodes.__dict__["_draw"]
    template.render(Context({"numbers": [1]}))
    assert nodes.__dict__["_draw"] is written
    assert written.__name__ == "draw"
