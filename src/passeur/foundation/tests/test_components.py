"""Each shared component draws what it is given, and nothing it is not."""

import datetime as dt
from dataclasses import dataclass

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django.utils.safestring import mark_safe

from passeur.foundation import slots
from passeur.foundation.forms import MarkdownEditor, Toggle
from passeur.foundation.middleware import ToastsInFragments
from passeur.foundation.pagination import Page
from passeur.foundation.toasts import toast, trouble


@dataclass
class Person:
    """Whoever an avatar can be drawn of."""

    name: str = "Paweł <Nowak>"
    initials: str = "PN"
    tint: int = 4


class Ask(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="Titre", help_text="Une phrase.")
    address = forms.EmailField(label="Adresse", required=False)
    detail = forms.CharField(label="Détails", widget=MarkdownEditor, required=False)
    reads = forms.ChoiceField(
        label="Qui lit", widget=forms.RadioSelect, choices=[("a", "Nous"), ("b", "Tous")]
    )
    charter = forms.BooleanField(label="J’accepte")
    asked = forms.BooleanField(label="Être sollicité", widget=Toggle, required=False)


@pytest.fixture(autouse=True)
def _in_french():
    with translation.override("fr"):
        yield


@pytest.fixture
def request_(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/echanges/?theme=stocks&page=x")
    request.user = AnonymousUser()
    return request


def draw(source: str, request: HttpRequest | None = None, **context: object) -> str:
    return engines["django"].from_string(source).render(context, request)


def test_an_icon_is_silent_beside_a_word_and_named_alone():
    assert 'aria-hidden="true"' in draw('{% icon "check" %}')
    assert "foundation/icons.svg#check" in draw('{% icon "check" %}')
    assert 'role="img" aria-label="Retirer"' in draw('{% icon "x" label="Retirer" %}')


def test_an_avatar_is_decoration():
    assert draw("{% avatar who 's' %}", who=Person()) == '<span class="av a4 s" aria-hidden="true">PN</span>'
    assert "av a6" in draw("{% avatar who %}", who=None)


def test_a_person_is_written_with_what_matters_here():
    html = render_to_string("foundation/_who.html", {"person": Person(), "why": "12 réponses", "url": "/m/1"})
    assert "Paweł &lt;Nowak&gt;" in html
    assert 'href="/m/1"' in html
    assert "12\u00a0réponses" in html


def test_a_moment_is_exact_for_machines():
    html = draw("{% when moment 'depuis' %}", moment=dt.datetime(2024, 3, 1, 10, 0, tzinfo=dt.UTC))
    assert 'datetime="2024-03-01T10:00+00:00"' in html
    assert "depuis le 1er\u00a0mars 2024" in html
    assert draw("{% when moment %}", moment=None) == ""


def test_typography_escapes_text_and_keeps_html():
    assert draw("{{ text|typo }}", text="<b> Prêt ?") == "&lt;b&gt; Prêt\u202f?"
    assert draw("{{ text|typo }}", text=mark_safe("<b>Prêt</b> ?")) == "<b>Prêt</b>\u202f?"
    with translation.override("en"):
        assert draw("{{ text|typo }}", text="Ready ?") == "Ready ?"


def test_an_extract_is_cut_at_a_word():
    assert draw("{{ html|plain_extract:12 }}", html="<p>Un <b>deux</b> trois quatre</p>") == "Un deux…"
    assert draw("{{ html|plain_extract }}", html="<p>a &lt;b&gt;</p>") == "a &lt;b&gt;"


def test_numbers_and_durations():
    assert draw("{{ n|number }} {{ d|duration }}", n=1284, d=dt.timedelta(hours=7)) == "1\u202f284 7\u00a0h"


def test_a_frame_is_drawn_only_around_something():
    source = "{% around %}<p>{% content %}{{ text }}{% endcontent %}</p>{% endaround %}"
    assert draw(source, text="a") == "<p>a</p>"
    assert draw(source, text=" ") == ""


def test_a_slot_shows_what_rooms_put_into_it(request_, monkeypatch):
    monkeypatch.setattr(slots, "_slots", {"here": [(1, "x", lambda request, n: f"<b>{n}</b>")]})
    assert draw('{% slot "here" n=3 %}', request_) == "<b>3</b>"


def test_an_empty_state_says_the_next_step():
    html = render_to_string(
        "foundation/_empty.html", {"title": "Rien ?", "url": "/a", "label": "Voir", "level": 3}
    )
    assert "<h3>Rien\u202f?</h3>" in html
    assert '<a class="btn" href="/a">Voir</a>' in html


def test_the_pager_keeps_the_filters_of_the_address(request_):
    page: Page[Session] = Page(items=[], next="suite", previous=None)
    html = render_to_string("foundation/_pager.html", {"page": page}, request_)
    assert 'href="?theme=stocks&amp;page=suite"' in html
    assert 'rel="prev"' not in html
    lone: Page[Session] = Page([], None, None)
    assert render_to_string("foundation/_pager.html", {"page": lone}, request_).strip() == ""


def test_fields_name_their_hint_and_their_error():
    html = str(Ask({"address": "x"}))
    assert '<label for="id_title">Titre</label>' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'id="id_title_error"' in html
    assert "(facultatif)" in html
    assert "<legend>Qui lit</legend>" in html
    assert 'role="switch"' in html
    assert "data-editor" in html


def test_several_mistakes_are_summed_up_and_lead_to_their_fields():
    html = str(Ask({"address": "x"}))
    assert 'role="alert"' in html
    for name in ("title", "address", "reads", "charter"):
        assert f'href="#id_{name}"' in html
        assert f'id="id_{name}"' in html


def test_one_mistake_needs_no_summary():
    html = str(Ask({"title": "a", "reads": "a", "charter": "on", "address": "x"}))
    assert "summary" not in html
    assert 'aria-invalid="true"' in html


def test_the_switcher_marks_where_one_is():
    options = [{"name": "Stocks", "url": "/c/1", "current": True}, {"name": "Vente", "url": "/c/2"}]
    html = render_to_string("foundation/_switcher.html", {"current": "Stocks", "options": options})
    assert '<a href="/c/1" aria-current="true">' in html


def said(request: HttpRequest, response: HttpResponse) -> str:
    ToastsInFragments(lambda _: response)(request)
    return response.content.decode()


@pytest.fixture
def fragment(rf: RequestFactory) -> HttpRequest:
    request = rf.post(
        "/signaux/1/fait/",
        headers={"hx-request": "true", "hx-current-url": "https://passeur.test/jour/?vue=tout"},
    )
    request.user = AnonymousUser()
    setattr(request, "_messages", CookieStorage(request))  # noqa: B010 - what the messages middleware does
    return request


def test_a_fragment_brings_its_toast_and_its_undo(fragment):
    toast(fragment, "Signal reporté !", undo="/signaux/1/defait/")
    html = said(fragment, HttpResponse("<li>…</li>"))
    assert html.startswith("<li>…</li>")
    assert 'hx-swap-oob="beforeend"' in html
    assert "Signal reporté\u202f!" in html
    assert '<form action="/signaux/1/defait/" method="post"' in html
    assert 'name="next" value="/jour/?vue=tout"' in html


def test_trouble_stays_until_it_is_dismissed(fragment):
    trouble(fragment, "Ce signal est déjà traité.")
    html = said(fragment, HttpResponse(""))
    assert 'data-toast="stays"' in html
    assert "data-dismiss" in html


def test_a_toast_waits_when_the_answer_leads_elsewhere(fragment):
    toast(fragment, "Fait.")
    assert said(fragment, HttpResponse("", headers={"HX-Redirect": "/"})) == ""
    assert said(fragment, HttpResponse("{}", content_type="application/json")) == "{}"
    assert "Fait." in said(fragment, HttpResponse(""))


def test_the_page_and_the_gate_are_whole(request_):
    for name in ("foundation/page.html", "foundation/gate.html"):
        html = render_to_string(name, {}, request_)
        assert html.count("<h1>") == 1
        assert html.count('id="contenu"') == 1
        assert 'class="skip" href="#contenu"' in html
        ids = [part.split('"')[0] for part in html.split(' id="')[1:]]
        assert len(ids) == len(set(ids))
