"""Passkeys, codes, sessions that one sees and ends, proving oneself again."""

import datetime as dt
import json
import time
from typing import Any

import pytest
from allauth.account.utils import url_str_to_user_pk
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from fido2 import cbor
from fido2.utils import websafe_decode, websafe_encode
from soft_webauthn import SoftWebauthnDevice  # type: ignore[import-untyped]

from ..models import OpenSession
from ..queries import has_second_factor
from .factories import AdministratorFactory, MemberFactory, VerifiedAddressFactory

pytestmark = pytest.mark.django_db
PASSWORD = "quatre mots sur la rivière"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def karim():
    member = MemberFactory.create(name="Karim Haddad", email="karim@orvelle.example", secret=PASSWORD)
    VerifiedAddressFactory.create(user=member)
    return member


def sign_in(client, member, password=PASSWORD):
    return client.post(
        reverse("account_login"), {"login": member.email, "password": password}, HTTP_USER_AGENT=FIREFOX
    )


def prove(client, where):
    """Ask for a page that asks for a proof, and give the password."""
    asked = client.get(where)
    assert asked.status_code == 302
    return client.post(asked["Location"], {"password": PASSWORD, "next": where})


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def with_generator(client):
    where = reverse("mfa_activate_totp")
    prove(client, where)
    page = client.get(where)
    secret = page.context["form"].secret
    client.post(where, {"code": code_of(secret)})
    return secret


def is_signed_in(client):
    return client.get(reverse("accounts:preferences")).status_code == 200


def test_a_code_generator_asks_for_a_proof_first_and_then_for_a_code_at_each_sign_in(
    client, karim, mailoutbox, run_jobs, django_capture_on_commit_callbacks
):
    sign_in(client, karim)
    assert "/accounts/prove/" in client.get(reverse("mfa_activate_totp"))["Location"]
    with django_capture_on_commit_callbacks(execute=True):
        secret = with_generator(client)
    stored = Authenticator.objects.get(user=karim, type="totp").data["secret"]
    assert secret not in stored
    run_jobs()
    assert "générateur de codes" in "".join(mail.body for mail in mailoutbox)
    elsewhere = Client()
    assert sign_in(elsewhere, karim)["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(elsewhere)
    page = elsewhere.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "pas le bon" in page.content.decode()
    cache.clear()  # the code of this half minute was used once
    elsewhere.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert is_signed_in(elsewhere)


def test_a_recovery_code_opens_once(client, karim):
    sign_in(client, karim)
    with_generator(client)
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert len(codes) == 10
    for expected in (True, False):
        elsewhere = Client()
        sign_in(elsewhere, karim)
        elsewhere.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert is_signed_in(elsewhere) is expected


def _made(device, options):
    asked = options["publicKey"]
    asked["challenge"] = websafe_decode(asked["challenge"])
    asked["user"]["id"] = websafe_decode(asked["user"]["id"])
    made = device.create(options, "http://testserver")
    attested: Any = cbor.decode(made["response"]["attestationObject"])
    flags = bytearray(attested["authData"])
    flags[32] |= 0x04  # the device of the tests says that it saw the person, as phones do
    attested["authData"] = bytes(flags)
    made["response"]["attestationObject"] = cbor.encode(attested)
    return _json(made)


def _given(device, options):
    asked = options["publicKey"]
    asked["challenge"] = websafe_decode(asked["challenge"])
    return _json(device.get(options, "http://testserver"))


def _json(credential):
    said = {
        key: websafe_encode(value)
        for key, value in credential["response"].items()
        if isinstance(value, bytes)
    }
    return json.dumps(
        {
            "id": websafe_encode(credential["rawId"]),
            "rawId": websafe_encode(credential["rawId"]),
            "type": credential["type"],
            "clientExtensionResults": {"credProps": {"rk": True}},
            "response": said,
        }
    )


def with_passkey(client, member):
    where = reverse("mfa_add_webauthn")
    prove(client, where)
    options = json.loads(client.get(where).context["options"])
    device = SoftWebauthnDevice()
    return device, client.post(where, {"name": "Mon téléphone", "credential": _made(device, options)})


def test_a_passkey_stands_as_second_factor(client, karim):
    sign_in(client, karim)
    device, added = with_passkey(client, karim)
    assert added.status_code == 302, added.content.decode()[:400]
    assert "Mon téléphone" in client.get(reverse("accounts:security")).content.decode()
    elsewhere = Client()
    sign_in(elsewhere, karim)
    assert not is_signed_in(elsewhere)
    options = json.loads(elsewhere.get(reverse("mfa_authenticate")).context["options"])
    elsewhere.post(reverse("mfa_authenticate"), {"credential": _given(device, options)})
    assert is_signed_in(elsewhere)
    assert Authenticator.objects.filter(user=karim).exclude(last_used_at=None).count() == 0


def test_a_passkey_is_offered_as_second_step_to_who_has_one_only(client, karim):
    sign_in(client, karim)
    with_passkey(client, karim)
    elsewhere = Client()
    sign_in(elsewhere, karim)
    assert "data-passkey" in elsewhere.get(reverse("mfa_authenticate")).content.decode()
    Authenticator.objects.create(user=karim, type=Authenticator.Type.TOTP, data={})
    Authenticator.objects.filter(user=karim, type=Authenticator.Type.WEBAUTHN).delete()
    assert "data-passkey" not in elsewhere.get(reverse("mfa_authenticate")).content.decode()


@pytest.mark.parametrize("number", [7, 39, 100_000])
def test_the_handle_that_a_passkey_gives_back_is_the_persons(number):
    member = MemberFactory.build(pk=number)
    handle = get_adapter().get_public_key_credential_user_entity(member)["id"]
    assert url_str_to_user_pk(handle.decode()) == number


def test_one_sees_where_one_is_signed_in_and_ends_it(client, karim):
    sign_in(client, karim)
    elsewhere = Client()
    sign_in(elsewhere, karim)
    page = client.get(reverse("accounts:security")).content.decode()
    assert page.count("Firefox, Windows") >= 2
    other = OpenSession.objects.latest("pk")
    client.post(reverse("accounts:end_session", args=[other.pk]))
    assert is_signed_in(client)
    assert not is_signed_in(elsewhere)


def test_nobody_ends_the_session_of_somebody_else(client, karim):
    stranger = MemberFactory.create(secret=PASSWORD)
    VerifiedAddressFactory.create(user=stranger)
    elsewhere = Client()
    sign_in(elsewhere, stranger)
    sign_in(client, karim)
    client.post(reverse("accounts:end_session", args=[OpenSession.objects.get(member=stranger).pk]))
    assert is_signed_in(elsewhere)


def test_two_browsers_of_one_kind_are_told_apart_by_when_they_signed_in(client, karim):
    sign_in(Client(), karim)
    OpenSession.objects.update(opened_at=timezone.now() - dt.timedelta(hours=3))
    sign_in(client, karim)
    page = client.get(reverse("accounts:security")).content.decode().replace("\u00a0", " ")
    assert "il y a 3 h" in page
    assert "à l’instant" in page


def test_all_others_end_at_once_and_signing_out_leaves_no_line(client, karim):
    others = [Client(), Client()]
    for one in others:
        sign_in(one, karim)
    sign_in(client, karim)
    client.post(reverse("accounts:end_others"))
    assert [is_signed_in(one) for one in others] == [False, False]
    assert OpenSession.objects.filter(member=karim).count() == 1
    client.post(reverse("account_logout"))
    assert not OpenSession.objects.filter(member=karim).exists()


def test_after_a_change_of_password_this_browser_is_still_among_ones_own(client, karim):
    sign_in(client, karim)
    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "cinq autres mots pour partir"},
    )
    assert "celui-ci" in client.get(reverse("accounts:security")).content.decode()


def test_where_a_factor_is_asked_of_administrators_nothing_else_opens_before(client):
    boss = AdministratorFactory.create(secret=PASSWORD, email="boss@orvelle.example")
    VerifiedAddressFactory.create(user=boss)
    sign_in(client, boss)
    settings.SECOND_FACTOR = "administrators"
    try:
        assert client.get(reverse("accounts:preferences"))["Location"] == reverse("accounts:security")
        with_generator(client)
        assert has_second_factor(boss)
        assert is_signed_in(client)
        client.post(reverse("mfa_deactivate_totp"))
        assert not is_signed_in(client)
    finally:
        settings.SECOND_FACTOR = "nobody"


def test_a_factor_is_asked_of_nobody_who_need_not_have_one(client, karim):
    sign_in(client, karim)
    settings.SECOND_FACTOR = "administrators"
    try:
        assert is_signed_in(client)
    finally:
        settings.SECOND_FACTOR = "nobody"


def test_signing_in_twice_in_one_browser_is_one_open_session(client, karim):
    client.force_login(karim)
    client.force_login(karim)
    assert OpenSession.objects.filter(member=karim).count() == 1
