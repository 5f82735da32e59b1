"""Administrators let programs in, give them another secret and shut them out; nobody else sees them."""

import re

import pytest
from django.urls import reverse

from passeur.accounts.tests.factories import MemberFactory
from passeur.foundation.models import AuditEntry

from ..choices import Act
from ..models import Client
from .factories import ClientFactory, said
from .programs import Program

pytestmark = pytest.mark.django_db

SECRET = re.compile(r"<b>Secret</b><code>([^<]+)</code>")


@pytest.fixture
def at_the_page(client, administrator):
    client.force_login(administrator)
    return client


def test_a_client_is_made_and_its_secret_shown_once(at_the_page):
    response = at_the_page.post(
        reverse("records:create_client"), {"name": "Moodle", "scopes": ["statements/write"]}
    )
    (secret,) = SECRET.findall(response.content.decode())
    assert "no-store" in response.headers["Cache-Control"]
    made = Client.objects.get()
    assert secret not in at_the_page.get(reverse("records:clients")).content.decode()
    assert Program(made, secret=secret).post(said()).status_code == 200
    assert Program(made, secret=secret).get().status_code == 403


@pytest.mark.parametrize(("said_", "is_", "status"), [("2", 2, 200), ("", 6_000, 200), ("0", None, 422)])
def test_how_often_it_may_ask_is_set_when_it_is_made(at_the_page, said_, is_, status):
    given = {"name": "Moodle", "scopes": ["all/read"], "per_minute": said_}
    response = at_the_page.post(reverse("records:create_client"), given)
    assert response.status_code == status
    assert [one.per_minute for one in Client.objects.all()] == ([is_] if is_ else [])


@pytest.mark.parametrize(("language", "said_"), [("fr", "Vide\u00a0: 6\u202f000."), ("en", "Empty: 6,000.")])
def test_what_is_usual_is_said_beside_the_field(at_the_page, administrator, language, said_):
    administrator.language = language
    administrator.save(update_fields=["language"])
    assert said_ in at_the_page.get(reverse("records:create_client")).content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ("Écrire des traces", "Écrire des traces · tout lire")),
        ("en", ("Write statements", "Write statements · read everything")),
    ],
)
def test_what_it_may_do_begins_with_a_capital_where_it_begins_a_line(
    at_the_page, administrator, language, words
):
    administrator.language = language
    administrator.save(update_fields=["language"])
    ClientFactory.create(scopes=["statements/write", "all/read"])
    assert words[0] in at_the_page.get(reverse("records:create_client")).content.decode()
    assert words[1] in at_the_page.get(reverse("records:clients")).content.decode()


def test_a_client_says_its_name_and_what_it_may(at_the_page):
    response = at_the_page.post(reverse("records:create_client"), {"name": "", "scopes": ["everything"]})
    assert response.status_code == 422
    assert not Client.objects.exists()


def test_another_secret_then_out(at_the_page):
    made = ClientFactory.create()
    response = at_the_page.post(reverse("records:rotate", args=[made.pk]))
    (secret,) = SECRET.findall(response.content.decode())
    assert Program(made, secret=secret).get().status_code == 200
    at_the_page.post(reverse("records:revoke", args=[made.pk]))
    assert Program(made, secret=secret).get().status_code == 401
    assert at_the_page.post(reverse("records:rotate", args=[made.pk])).status_code == 404
    assert made.name in at_the_page.get(reverse("records:clients")).content.decode()


def test_a_client_is_shut_out_once_asked(at_the_page):
    made = ClientFactory.create()
    address = reverse("records:revoke", args=[made.pk])
    listed = at_the_page.get(reverse("records:clients")).content.decode()
    assert f'href="{address}"' in listed
    assert f'action="{address}"' not in listed
    asked = at_the_page.get(address)
    assert asked.status_code == 200
    assert f"Révoquer «\u00a0{made.name}\u00a0»" in asked.content.decode()
    assert Client.objects.filter(revoked_at=None).exists()
    assert at_the_page.post(address).status_code == 302
    assert not Client.objects.filter(revoked_at=None).exists()
    assert at_the_page.get(address).url == reverse("records:clients")


def test_those_that_are_let_in_stand_before_those_that_were_shut_out(at_the_page):
    shut = ClientFactory.create(name="Ancien LMS")
    ClientFactory.create(name="Nouveau LMS")
    at_the_page.post(reverse("records:revoke", args=[shut.pk]))
    listed = at_the_page.get(reverse("records:clients")).content.decode()
    assert listed.index("<b>Nouveau LMS</b>") < listed.index("<b>Ancien LMS</b>")


def test_each_act_leaves_a_line_in_the_audit_log(at_the_page, administrator):
    at_the_page.post(reverse("records:create_client"), {"name": "Moodle", "scopes": ["statements/write"]})
    made = Client.objects.get()
    at_the_page.post(reverse("records:rotate", args=[made.pk]))
    for _again in range(2):
        at_the_page.post(reverse("records:revoke", args=[made.pk]))
    kept = AuditEntry.objects.order_by("pk").values_list("act", "by", "details__client")
    acts = [Act.CLIENT_CREATED, Act.CLIENT_ROTATED, Act.CLIENT_REVOKED]
    assert list(kept) == [(act, administrator.pk, made.pk) for act in acts]


def test_the_list_takes_as_many_queries_whatever_its_length(at_the_page, django_assert_max_num_queries):
    ClientFactory.create_batch(20)
    at_the_page.get(reverse("records:clients"))
    with django_assert_max_num_queries(10):
        at_the_page.get(reverse("records:clients"))


def test_nobody_else(client):
    client.force_login(MemberFactory.create())
    made = ClientFactory.create()
    assert client.get(reverse("records:clients")).status_code == 403
    assert client.get(reverse("records:create_client")).status_code == 403
    assert client.post(reverse("records:rotate", args=[made.pk])).status_code == 403
    assert client.get(reverse("records:revoke", args=[made.pk])).status_code == 403
    assert client.post(reverse("records:revoke", args=[made.pk])).status_code == 403
    assert "records/clients" not in client.get(reverse("communities:list")).content.decode()


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"name": "LMS"},
        {"scopes": "all"},
        {"name": "\0", "scopes": "all"},
        {"name": "x" * 101, "scopes": "all"},
        {"name": "   ", "scopes": "all"},
        {"name": "LMS", "scopes": "root"},
        {"name": "LMS", "scopes": ["all", "\0"]},
        {"name": "LMS", "scopes": "all" * 1000},
        {"name": "LMS", "scopes[]": "all"},
    ],
)
def test_a_form_that_says_nothing_of_use_makes_no_client(at_the_page, given):
    response = at_the_page.post(reverse("records:create_client"), given)
    assert response.status_code == 422
    assert not Client.objects.exists()


@pytest.mark.parametrize("name", ["rotate", "revoke"])
@pytest.mark.parametrize("number", [0, 10**9, 2**63, 10**30])
def test_a_client_that_is_none(at_the_page, name, number):
    assert at_the_page.post(f"/records/clients/{number}/{name}/").status_code == 404
