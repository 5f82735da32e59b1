"""Another address, closing an account, and being erased, as far as this room goes."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from ..errors import AddressLinkEnded
from ..models import Erasure, OpenSession
from ..protocols import Traces
from ..services import close_account, confirm_address, erase, finish_erasures, reopen_account
from .factories import AdministratorFactory, MemberFactory, VerifiedAddressFactory

pytestmark = pytest.mark.django_db
PASSWORD = "quatre mots sur la rivière"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def karim():
    member = MemberFactory.create(
        name="Karim Haddad", email="karim@orvelle.example", handle="karim-haddad", secret=PASSWORD
    )
    VerifiedAddressFactory.create(user=member)
    return member


def sign_in(client, email, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def is_signed_in(client):
    return client.get(reverse("accounts:preferences")).status_code == 200


def prove(client, where):
    asked = client.get(where)
    assert asked.status_code == 302
    client.post(asked["Location"], {"password": PASSWORD, "next": where})


def ask_for(client, address):
    prove(client, reverse("accounts:address"))
    return client.post(reverse("accounts:address"), {"address": address})


def test_a_new_address_proves_itself_and_the_old_one_is_told(client, karim, run_jobs, mailoutbox):
    sign_in(client, karim.email)
    assert "karim.h@orvelle.example" in ask_for(client, "Karim.H@orvelle.example").content.decode()
    run_jobs()
    assert {mail.to[0] for mail in mailoutbox} == {"karim.h@orvelle.example", "karim@orvelle.example"}
    [link] = re.findall(r"(/address/\S+)", next(m for m in mailoutbox if "karim.h" in m.to[0]).body)
    client.get(link)
    karim.refresh_from_db()
    assert karim.email == "karim@orvelle.example"  # opening the link is not confirming
    client.post(link)
    karim.refresh_from_db()
    assert karim.email == "karim.h@orvelle.example"
    mailoutbox.clear()
    run_jobs()
    assert [mail.to for mail in mailoutbox] == [["karim@orvelle.example"]]
    assert client.get(link).status_code == client.post(link).status_code == 410
    sign_in(elsewhere := Client(), "karim.h@orvelle.example")
    assert is_signed_in(elsewhere)


def test_a_link_that_was_never_ours_says_so_before_it_offers_anything(client):
    page = client.get("/address/rien-de-tel/")
    assert page.status_code == 410
    assert "<button" not in page.content.decode().split("<main")[1].split("</main")[0]


def test_whether_an_address_is_somebodys_is_told_to_its_owner_alone(client, karim, run_jobs, mailoutbox):
    MemberFactory.create(email="mei@orvelle.example")
    sign_in(client, karim.email)
    taken = ask_for(client, "mei@orvelle.example")
    free = client.post(reverse("accounts:address"), {"address": "new@orvelle.example"})
    assert taken.status_code == free.status_code
    words = [
        re.sub(r'(mei|new)@|csrf-token" content="\w+|value="\w{64}"', "", page.content.decode())
        for page in (taken, free)
    ]
    assert words[0] == words[1]
    run_jobs()
    told = {mail.to[0]: mail.body for mail in mailoutbox}
    assert "déjà la vôtre" in told["mei@orvelle.example"]
    assert "/address/" not in told["mei@orvelle.example"]
    assert "/address/" in told["new@orvelle.example"]


def test_the_link_ends_with_the_password(karim):
    from ..services import token_for

    token = token_for(karim, "other@orvelle.example")
    karim.set_password("cinq autres mots pour partir")
    karim.save()
    with pytest.raises(AddressLinkEnded):
        confirm_address(token)


def test_a_closed_account_is_out_everywhere_and_reopening_gives_everything_back_but_sessions(client, karim):
    boss = AdministratorFactory.create()
    sign_in(client, karim.email)
    close_account(member=karim, by=boss)
    assert not is_signed_in(client)
    assert not OpenSession.objects.filter(member=karim).exists()
    reopen_account(member=karim, by=boss)
    assert not is_signed_in(client)
    sign_in(client, karim.email)
    assert is_signed_in(client)


def test_erasing_oneself_takes_a_proof_and_ones_own_name(client, karim, run_jobs):
    where = reverse("accounts:erase")
    sign_in(client, karim.email)
    assert "/prove/" in client.get(where)["Location"]
    prove(client, where)
    assert "Ce qui reste" in client.get(where).content.decode()
    assert client.post(where, {"name": "Karim"}).status_code == 422
    assert client.post(where, {"name": "karim haddad"})["Location"] == reverse("accounts:erased")
    assert not is_signed_in(client)
    run_jobs()
    karim.refresh_from_db()
    assert (karim.name, karim.email, karim.handle) == ("Membre parti", None, None)
    assert karim.erased_at is not None
    sign_in(client, "karim@orvelle.example")
    assert not is_signed_in(client)


def test_an_erasure_whose_job_died_is_finished_and_doing_it_twice_changes_nothing(karim):
    erase(member=karim, by=karim)
    assert finish_erasures() == 1
    first = Erasure.objects.get(member=karim).done_at
    assert finish_erasures() == 0
    assert Erasure.objects.get(member=karim).done_at == first


def test_only_oneself_and_administrators_erase(karim):
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        erase(member=karim, by=MemberFactory.create())
    erase(member=karim, by=AdministratorFactory.create())


KARIM = Traces(names=["Hélène Lévêque"], addresses=["helene@orvelle.example"], handles=["helene"])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Merci Hélène Lévêque !", "Merci Membre parti !"),
        ("merci helene  leveque", "merci Membre parti"),
        ("HÉLÈNE\nLÉVÊQUE", "Membre parti"),
        ("@helene, peux-tu ?", "@membre-parti, peux-tu ?"),
        ("écrire à Helene@Orvelle.example.", "écrire à adresse-effacee."),
        ("Hélène a raison", "Hélène a raison"),
        ("@helene-b et helene@ailleurs.example", "@helene-b et helene@ailleurs.example"),
        ("Marie-Hélène Lévêquette", "Marie-Hélène Lévêquette"),
    ],
)
def test_a_name_is_taken_out_whatever_its_accents_and_nothing_else_is(text, left):
    assert KARIM.without(text) == left


def test_a_name_of_one_word_counts_only_near_the_person():
    pierre = Traces(names=["Pierre"], addresses=[], handles=[])
    assert pierre.without("Pierre dit : une pierre") == "Pierre dit : une pierre"
    assert pierre.without("Pierre dit : une pierre", near=True) == "Membre parti dit : une pierre"
