"""A text is never lost: while typing, in two windows, when the session is over, when the page is too old."""

import datetime as dt

import pytest
from django.conf import settings
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from passeur.accounts.tests.factories import MemberFactory
from passeur.foundation import events as bus
from passeur.writing import errors, queries, services
from passeur.writing.events import DraftExpires
from passeur.writing.models import Draft, Publication

from .factories import DraftFactory

pytestmark = pytest.mark.django_db

PLACE = "tests.bench:7"
BACKEND = settings.AUTHENTICATION_BACKENDS[-1]


@pytest.fixture
def mei():
    return MemberFactory.create(name="Mei Tran", secret="un long secret à elle")


@pytest.fixture
def karim():
    return MemberFactory.create(name="Karim Haddad", secret="un long secret à lui")


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member, backend=BACKEND)
    return client


def save(client, member, body, *, seen="0", place=PLACE, **more):
    token = services.new_token(member, place)
    return client.post(reverse("writing:save"), {"draft": token, "seen": seen, "body": body, **more})


def test_a_draft_is_saved_and_says_when(bench, mei):
    answer = save(signed_in(mei), mei, "Gardez la")
    assert answer.json()["number"] == 1
    assert answer.json()["say"].startswith("Brouillon enregistré à ")
    assert Draft.objects.get().fields == {"body": ["Gardez la"]}


def test_saving_on_keeps_one_draft_a_place(bench, mei):
    client = signed_in(mei)
    save(client, mei, "Gardez la")
    assert save(client, mei, "Gardez la plus récente", seen="1").json()["number"] == 2
    assert Draft.objects.count() == 1


def test_another_window_does_not_overwrite_what_is_newer(bench, mei):
    client = signed_in(mei)
    save(client, mei, "Un")
    save(client, mei, "Un, deux", seen="1")
    answer = save(client, mei, "Un, trois", seen="1")
    assert (answer.status_code, answer.json()["number"]) == (409, 2)
    assert Draft.objects.get().fields["body"] == ["Un, deux"]
    save(client, mei, "Un, trois", seen="1", force="1")
    kept = Draft.objects.get()
    assert (kept.fields, kept.set_aside) == ({"body": ["Un, trois"]}, {"body": ["Un, deux"]})


def test_a_text_begun_beside_a_draft_that_was_not_taken_up_sets_it_aside(bench, mei):
    DraftFactory.create(member=mei, place=PLACE, fields={"body": ["Le premier."]})
    client = signed_in(mei)
    save(client, mei, "Le second", seen="1", apart="1")
    save(client, mei, "Le second, plus long.", seen="2")
    kept = Draft.objects.get()
    assert (kept.fields, kept.set_aside) == ({"body": ["Le second, plus long."]}, {"body": ["Le premier."]})
    save(client, mei, "", seen="3", apart="1")
    assert Draft.objects.get().fields == {"body": ["Le second, plus long."]}


def test_of_two_texts_of_one_place_one_may_take_the_other(bench, mei):
    DraftFactory.create(member=mei, place=PLACE, fields={"body": ["A"]}, set_aside={"body": ["B"]})
    services.swap_draft(by=mei, place=PLACE)
    kept = Draft.objects.get()
    assert (kept.fields, kept.set_aside) == ({"body": ["B"]}, {"body": ["A"]})


def test_emptied_it_is_gone(bench, mei):
    client = signed_in(mei)
    save(client, mei, "Un")
    assert save(client, mei, "  ", seen="1").json()["number"] == 0
    assert not Draft.objects.exists()


def test_a_draft_has_its_bounds(bench, mei):
    answer = save(signed_in(mei), mei, "x" * 200_001)
    assert answer.status_code == 422
    assert "trop long" in answer.json()["say"]


def test_nobody_saves_into_a_draft_of_another(bench, mei, karim):
    assert save(signed_in(karim), mei, "À moi").status_code == 404
    assert not Draft.objects.exists()


def test_where_one_may_not_write_nothing_is_kept(bench, mei):
    bench.add("7")
    assert save(signed_in(mei), mei, "Un").status_code == 404


def test_a_session_that_is_over_is_said_as_such(bench, mei):
    token = services.new_token(mei, PLACE)
    answer = Client().post(
        reverse("writing:save"), {"draft": token, "body": "Un"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 401


def sign_in(client, member, secret, page):
    return client.post(reverse("account_login"), {"login": member.email, "password": secret, "next": page})


def test_what_is_sent_when_the_session_is_over_comes_back_after_signing_in(bench, mei):
    client = Client()
    token = services.new_token(mei, PLACE)
    answer = client.post(reverse("writing:keep"), {"draft": token, "body": "Une longue réponse."})
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))
    assert not Draft.objects.exists()
    page = "/conversations/?draft=restore#ecrire"
    assert "draft%3Drestore" in answer["Location"]
    back = sign_in(client, mei, "un long secret à elle", page)
    assert back["Location"] == page
    assert Draft.objects.get(member=mei).fields == {"body": ["Une longue réponse."]}


def test_somebody_else_who_signs_in_there_finds_nothing(bench, mei, karim):
    client = Client()
    client.post(reverse("writing:keep"), {"draft": services.new_token(mei, PLACE), "body": "Secret de Mei."})
    sign_in(client, karim, "un long secret à lui", "/")
    assert not Draft.objects.exists()
    assert "writing.interrupted" not in client.session


def test_without_a_form_of_ours_a_stranger_fills_no_session(bench, client):
    client.post(reverse("writing:keep"), {"draft": "inventé", "body": "x" * 1000})
    assert "writing.interrupted" not in client.session


def test_a_form_whose_page_was_too_old_comes_back_with_its_text_and_nothing_is_done(bench, mei):
    client = Client(enforce_csrf_checks=True)
    client.force_login(mei, backend=BACKEND)
    answer = client.post(
        reverse("writing:keep"), {"draft": services.new_token(mei, PLACE), "body": "Une longue réponse."}
    )
    assert answer["Location"] == "/conversations/?draft=restore#ecrire"
    assert Draft.objects.get().fields == {"body": ["Une longue réponse."]}


def test_a_form_made_elsewhere_is_refused_as_before(bench, mei, karim):
    client = Client(enforce_csrf_checks=True)
    client.force_login(mei, backend=BACKEND)
    forged = client.post(
        reverse("writing:keep"), {"draft": services.new_token(karim, PLACE), "body": "Piégé"}
    )
    assert forged.status_code == 403
    assert not Draft.objects.exists()


def test_too_old_and_the_session_over_as_well(bench, mei):
    client = Client(enforce_csrf_checks=True)
    answer = client.post(reverse("writing:keep"), {"draft": services.new_token(mei, PLACE), "body": "Un."})
    assert answer["Location"].startswith(reverse("account_login"))
    assert client.session["writing.interrupted"]["fields"] == {"body": ["Un."]}


def form(member, body) -> QueryDict:
    posted = QueryDict(mutable=True)
    posted["draft"], posted["body"] = services.new_token(member, PLACE), body
    return posted


def test_a_form_is_published_once_and_its_draft_goes_with_it(bench, mei):
    DraftFactory.create(member=mei, place=PLACE)
    done: list[int] = []
    posted = form(mei, "Un.")

    def act() -> str:
        done.append(1)
        return "/conversations/3/"

    for _ in range(2):
        assert services.publish_once(posted=posted, by=mei, place=PLACE, act=act) == "/conversations/3/"
    assert done == [1]
    assert not Draft.objects.exists()
    posted["body"] = "Un autre texte, écrit en revenant à cette page."
    services.publish_once(posted=posted, by=mei, place=PLACE, act=act)
    assert done == [1, 1]


def test_the_draft_stays_when_publishing_fails(bench, mei):
    DraftFactory.create(member=mei, place=PLACE)

    def act() -> str:
        raise errors.TooMuchText

    with pytest.raises(errors.TooMuchText):
        services.publish_once(posted=form(mei, "Un."), by=mei, place=PLACE, act=act)
    assert Draft.objects.exists()
    assert not Publication.objects.exists()


def test_a_browser_learns_whether_its_text_was_published(bench, mei):
    client, posted = signed_in(mei), form(mei, "Un.")
    asked = {"draft": posted["draft"]}
    assert client.post(reverse("writing:state"), asked).json() == {"published": False, "number": 0}
    services.publish_once(posted=posted, by=mei, place=PLACE, act=lambda: "/")
    assert client.post(reverse("writing:state"), asked).json()["published"] is True


def test_ones_drafts_are_listed_with_their_text_and_when_they_go(bench, mei, django_assert_num_queries):
    DraftFactory.create(member=mei, place=PLACE, fields={"body": ["Gardez la plus récente."]})
    bench.add("8")
    DraftFactory.create(member=mei, place="tests.bench:8", fields={"body": ["Perdu ?"], "version": ["3"]})
    DraftFactory.create(place=PLACE, fields={"body": ["À quelqu’un d’autre."]})
    page = signed_in(mei).get(reverse("writing:drafts")).content.decode()
    assert "Votre texte n° 7" in page
    assert "Gardez la plus récente." in page
    assert "dont la place n’est plus ouverte" in page
    assert "Perdu" in page
    assert "À quelqu’un d’autre" not in page


def test_a_draft_is_forgotten_on_demand_and_only_ones_own(bench, mei, karim):
    DraftFactory.create(member=mei, place=PLACE)
    signed_in(karim).post(reverse("writing:discard"), {"listed": Draft.objects.get().pk})
    assert Draft.objects.exists()
    signed_in(mei).post(reverse("writing:discard"), {"listed": Draft.objects.get().pk})
    assert not Draft.objects.exists()


def test_the_list_does_not_say_where_a_place_was_that_is_closed(bench, mei):
    DraftFactory.create(member=mei, place="conversations.start:projet-aubier/question")
    page = signed_in(mei).get(reverse("writing:drafts")).content.decode()
    assert "dont la place n’est plus ouverte" in page
    assert "projet-aubier" not in page


def test_a_draft_goes_after_ninety_days_and_never_without_a_notice(mei, monkeypatch):
    told: list[bus.Event] = []
    monkeypatch.setattr(bus, "publish", told.append)
    now = timezone.now()
    old = DraftFactory.create(member=mei, saved_at=now - dt.timedelta(days=200))
    DraftFactory.create(member=mei, saved_at=now - dt.timedelta(days=75))
    assert services.collect_drafts() == 0
    assert services.collect_drafts() == 0
    assert [event.draft for event in told if isinstance(event, DraftExpires)] == [old.pk]
    Draft.objects.filter(pk=old.pk).update(warned_at=now - dt.timedelta(days=15))
    assert services.collect_drafts() == 1


def test_who_else_writes_on_the_same_text_is_named_and_no_stranger_of_other_places(bench, mei, karim):
    DraftFactory.create(member=karim, place="tests.edit:1")
    DraftFactory.create(member=mei, place="tests.edit:1")
    DraftFactory.create(place="tests.edit:2")
    old = DraftFactory.create(place="tests.edit:1")
    Draft.objects.filter(pk=old.pk).update(saved_at=timezone.now() - dt.timedelta(days=2))
    assert [fellow.member for fellow in queries.fellows(mei, "tests.edit:1")] == [karim]
