"""Templates folded when they are read say what unfolded ones say, to each reader and in each language."""

import pytest
from django.template import Context, Engine, TemplateDoesNotExist
from django.template.base import TextNode
from django.utils import translation

from passeur.foundation.quick import Address, Constant

PARTS = {
    "named.html": '{% translate "Menu" as word %}{{ word }}',
    "around.html": '{% include "named.html" %}[{{ word }}]',
    "plain.html": '<b>{% translate "Menu" %}</b>',
    "twice.html": 'a{% include "plain.html" %}{% comment %}x{% endcomment %}{% translate "Menu" %}c',
    "deep.html": '{{ n }}{% if n < 3 %}{% with n=n|add:1 %}{% include "deep.html" %}{% endwith %}{% endif %}',
    "with.html": '{% include "who.html" with who="<Mei>" %}{{ who }}',
    "who.html": "{{ who }},",
    "base.html": "({% block part %}{% translate 'Menu' %}{% endblock %})",
    "child.html": '{% extends "base.html" %}{% block part %}{{ block.super }}{{ who }}{% endblock %}',
    "link.html": '<a href="{% url "conversations:detail" key %}">',
    "list.html": '<a href="{% url "conversations:everywhere" %}">',
    "raw.html": '{% autoescape off %}{% include "who.html" %}{% endautoescape %}',
    "lost.html": 'a{% if who %}{% include "nowhere.html" %}{% endif %}',
}


@pytest.fixture
def engine() -> Engine:
    builtins = [f"django.templatetags.{name}" for name in ("i18n", "static")]
    inner = [("django.template.loaders.locmem.Loader", PARTS)]
    loaders = [("passeur.foundation.templating.Loader", inner)]
    return Engine(builtins=[*builtins, "passeur.foundation.templatetags.foundation"], loaders=loaders)


def drawn(engine: Engine, name: str, language: str = "fr", **values: object) -> str:
    with translation.override(language):
        return engine.get_template(name).render(Context(values))


def unfolded(name: str, language: str = "fr", **values: object) -> str:
    builtins = [f"django.templatetags.{name}" for name in ("i18n", "static")]
    loaders = [("django.template.loaders.locmem.Loader", PARTS)]
    engine = Engine(builtins=[*builtins, "passeur.foundation.templatetags.foundation"], loaders=loaders)
    return drawn(engine, name, language, **values)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", [name for name in PARTS if name != "lost.html"])
def test_a_folded_template_says_the_same(engine, name, language):
    for values in ({"who": "<Mei>", "key": 7, "n": 1}, {"who": "Awa", "key": 8, "n": 2}):
        assert drawn(engine, name, language, **values) == unfolded(name, language, **values)


def test_what_is_the_same_for_everybody_is_one_node(engine):
    [node] = engine.get_template("twice.html").nodelist
    assert isinstance(node, Constant)


def test_an_included_template_that_names_something_keeps_it_to_itself(engine):
    assert drawn(engine, "around.html", word="dehors") == "Menu[dehors]"


def test_a_template_may_include_itself(engine):
    assert drawn(engine, "deep.html", n=1) == "123"


def test_an_address_follows_its_key(engine):
    assert [type(node) for node in engine.get_template("link.html").nodelist] == [TextNode, Address, TextNode]
    assert drawn(engine, "link.html", key=7) != drawn(engine, "link.html", key=8)


def test_a_missing_part_is_missed_only_where_it_is_drawn(engine):
    assert drawn(engine, "lost.html") == "a"
    with pytest.raises(TemplateDoesNotExist):
        drawn(engine, "lost.html", who="Mei")
