"""Signing in, staying signed in, finding the way back: and what nobody learns from it."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from ..models import Member
from ..services import close_account, reopen_account
from .factories import AdministratorFactory, ImportedMemberFactory, MemberFactory, VerifiedAddressFactory

pytestmark = pytest.mark.django_db
PASSWORD = "quatre mots sur la rivière"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def member():
    member = MemberFactory.create(email="karim@orvelle.example", secret=PASSWORD)
    VerifiedAddressFactory.create(user=member)
    return member


def sign_in(client, email, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def is_signed_in(client):
    return client.get(reverse("accounts:preferences")).status_code == 200


@pytest.mark.parametrize("typed", ["karim@orvelle.example", " Karim@Orvelle.Example "])
def test_one_signs_in_by_address_and_password_whatever_the_case_of_the_address(client, member, typed):
    assert sign_in(client, typed).status_code == 302
    assert is_signed_in(client)


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, member):
    known = sign_in(client, member.email, "un autre mot de passe")
    unknown = sign_in(client, "nobody@orvelle.example")
    assert known.status_code == unknown.status_code == 200
    words = "Cette adresse et ce mot de passe ne vont pas ensemble."
    assert words in known.content.decode()
    assert words in unknown.content.decode()


def test_nobody_signs_in_as_an_imported_member(client):
    imported = ImportedMemberFactory.create(secret=PASSWORD)
    for address in ("", imported.name, "None"):
        sign_in(client, address)
        assert not is_signed_in(client)


def test_a_leaver_is_out_at_once_and_comes_back_only_by_signing_in_again(client, member):
    administrator = AdministratorFactory.create()
    sign_in(client, member.email)
    close_account(member=member, by=administrator)
    assert not is_signed_in(client)
    assert (
        "fermé"
        in client.post(
            reverse("account_login"), {"login": member.email, "password": PASSWORD}, follow=True
        ).content.decode()
    )
    assert not is_signed_in(client)
    reopen_account(member=member, by=administrator)
    assert not is_signed_in(client)
    sign_in(client, member.email)
    assert is_signed_in(client)


def test_signing_out_takes_a_post(client, member):
    sign_in(client, member.email)
    assert "Se déconnecter ?" in client.get(reverse("account_logout")).content.decode().replace("\u202f", " ")
    assert is_signed_in(client)
    client.post(reverse("account_logout"))
    assert not is_signed_in(client)


def test_nobody_signs_up_alone(client):
    page = client.post(reverse("account_signup"), {"email": "a@b.example", "password1": PASSWORD})
    assert "sur invitation" in page.content.decode()
    assert not Member.objects.exists()


def test_asking_for_a_new_password_answers_the_same_for_anybody_and_mails_members_only(
    client, member, run_jobs, mailoutbox
):
    gone = MemberFactory.create(is_active=False)
    answers = [
        client.post(reverse("account_reset_password"), {"email": address})
        for address in (member.email, "nobody@orvelle.example", gone.email)
    ]
    assert {(a.status_code, a["Location"]) for a in answers} == {
        (302, reverse("account_reset_password_done"))
    }
    run_jobs()
    assert [mail.to for mail in mailoutbox] == [[member.email]]


@pytest.mark.parametrize(("language", "html"), [("fr", '<html lang="fr">'), ("en", '<html lang="en">')])
def test_the_link_of_the_mail_changes_the_password_once_and_ends_the_sessions(
    client, member, run_jobs, mailoutbox, language, html
):
    Member.objects.filter(pk=member.pk).update(language=language)
    sign_in(client, member.email)
    client.post(reverse("account_reset_password"), {"email": member.email.upper()})
    run_jobs()
    [mail] = mailoutbox
    [link] = re.findall(r"http://testserver(/accounts/\S+)", mail.body)
    assert html in mail.alternatives[0].content
    assert link in mail.alternatives[0].content
    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    assert client.post(address, {"password1": "court"}).status_code == 200
    assert client.post(address, {"password1": "cinq autres mots pour partir"}).status_code == 302
    assert not is_signed_in(client)
    assert "ne sert plus" in client.get(link, follow=True).content.decode()
    sign_in(client, member.email, "cinq autres mots pour partir")
    assert is_signed_in(client)


@pytest.mark.parametrize(
    "weak",
    [
        "court",
        "MotDePasse2026!",
        "azertyazerty1",
        "abababababab",
        "password1234",
        "karim@orvelle.example",
        "Karim Haddad",
    ],
)
def test_a_password_is_long_uncommon_and_not_the_person_themself(client, weak, member):
    Member.objects.filter(pk=member.pk).update(name="Karim Haddad")
    sign_in(client, member.email)
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": weak})
    member.refresh_from_db()
    assert member.check_password(PASSWORD)


def test_changing_the_password_keeps_this_session_and_ends_the_others(client, member):
    from django.test import Client

    elsewhere = Client()
    sign_in(client, member.email)
    sign_in(elsewhere, member.email)
    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "cinq autres mots pour partir"},
    )
    assert is_signed_in(client)
    assert not is_signed_in(elsewhere)


def test_trying_passwords_is_slowed_down(client, member):
    for _ in range(6):
        sign_in(client, member.email, "un autre mot de passe")
    assert "Trop d’essais" in sign_in(client, member.email).content.decode()
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("karim.haddad", "Il manque le « @ »"),
        ("karim.haddad@orvelle", "Il manque la fin de l’adresse"),
        ("@orvelle.fr", "Il manque le début"),
    ],
)
def test_an_address_that_cannot_be_one_says_what_is_missing(client, typed, said):
    page = sign_in(client, typed).content.decode().replace("\u00a0", " ").replace("\u202f", " ")
    assert said in page


def test_no_other_page_of_allauth_has_an_address(client, member):
    client.force_login(member)
    for path in (
        "email/",
        "confirm-email/",
        "reauthenticate/",
        "login/code/",
        "login/code/confirm/",
        "3rdparty/",
    ):
        assert client.get(f"/accounts/{path}").status_code == 404


def test_the_time_of_the_last_visit_is_not_kept(client, member):
    sign_in(client, member.email)
    assert not {"last_login", "last_seen"} & {field.name for field in Member._meta.get_fields()}
