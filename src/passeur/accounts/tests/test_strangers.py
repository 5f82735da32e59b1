"""What somebody who tries learns, however many processes answer: nothing about who has an account."""

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from .factories import MemberFactory, VerifiedAddressFactory

PASSWORD = "quatre mots sur la rivière"
WRONG = "cinq autres mots de travers"
KNOWN, UNKNOWN, CLOSED = "karim@orvelle.example", "nobody@orvelle.example", "closed@orvelle.example"

OTHER_PROCESS = """
from django.conf import settings
settings.DATABASES["default"]["NAME"] = {database!r}
import django
django.setup()
from django.test import Client
from django.urls import reverse
given = {{"login": {address!r}, "password": {password!r}}}
answer = Client(headers={{"host": "localhost"}}).post(reverse("account_login"), given)
print(answer.status_code, "Trop d" in answer.content.decode())
"""


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


@pytest.fixture
def people(db):
    member = MemberFactory.create(email=KNOWN, secret=PASSWORD)
    VerifiedAddressFactory.create(user=member)
    VerifiedAddressFactory.create(user=MemberFactory.create(email=CLOSED, secret=PASSWORD, is_active=False))
    return member


@contextmanager
def hashing():
    """Counts how often a password is hashed, which is what an answer's time is made of."""
    with patch.object(
        MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode
    ) as encode:
        yield encode


def words_of(answer):
    return re.sub(r'value="[^"]*"|content="[^"]*"', "", answer.content.decode())


@pytest.mark.django_db(transaction=True)
def test_the_tries_of_all_processes_count_together(client, people):
    host = {"host": "localhost"}
    for _ in range(5):
        client.post(reverse("account_login"), {"login": KNOWN, "password": WRONG}, headers=host)
    script = OTHER_PROCESS.format(database=connection.settings_dict["NAME"], address=KNOWN, password=PASSWORD)
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "passeur.project.settings"},
        check=False,
    )
    assert done.stdout.split() == ["200", "True"], done.stderr


def test_signing_in_answers_alike_and_hashes_alike_for_anybody(client, people):
    seen = []
    for address in (KNOWN, UNKNOWN, CLOSED):
        with hashing() as encode, CaptureQueriesContext(connection) as queries:
            answer = client.post(reverse("account_login"), {"login": address, "password": WRONG})
        seen.append((answer.status_code, words_of(answer), encode.call_count))
        assert encode.call_count == 1
        assert len(queries) < 40
    assert seen[0] == seen[1] == seen[2]


def test_asking_for_a_link_answers_alike_and_works_alike_for_anybody(client, people):
    seen = []
    for address in (KNOWN, UNKNOWN, CLOSED):
        with hashing() as encode, CaptureQueriesContext(connection) as queries:
            answer = client.post(reverse("account_reset_password"), {"email": address})
        kinds = [query["sql"].split()[0] for query in queries]
        seen.append((answer.status_code, answer["Location"], answer.content, encode.call_count, kinds))
    assert seen[0] == seen[1] == seen[2]


def test_beginning_with_a_passkey_names_nobody_and_asks_after_nobody(client, people):
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
    asked = answer.json()["request_options"]["publicKey"]
    assert not asked.get("allowCredentials")
    assert not [query for query in queries if "accounts_member" in query["sql"]]


@pytest.mark.parametrize("address", [KNOWN, UNKNOWN, CLOSED])
def test_too_many_tries_are_slowed_down_whether_the_account_is_there_or_not(client, people, address):
    for _ in range(5):
        client.post(reverse("account_login"), {"login": address, "password": WRONG})
    answer = client.post(reverse("account_login"), {"login": address, "password": WRONG})
    assert "Trop d’essais" in answer.content.decode()


@pytest.mark.parametrize("taken", [True, False], ids=["somebody's address", "nobody's"])
def test_nobody_opens_an_account_alone_whoever_has_the_address(client, people, taken):
    given = {"email": KNOWN if taken else UNKNOWN, "password1": PASSWORD}
    answer = client.post(reverse("account_signup"), given)
    assert answer.status_code == 200
    assert "sur invitation" in answer.content.decode()


def test_behind_a_proxy_the_tries_are_those_of_the_browser(client, people, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(10):
        one = {"login": f"{number}@orvelle.example", "password": WRONG}
        client.post(reverse("account_login"), one, headers={"X-Forwarded-For": "192.0.2.7"})
    given = {"login": KNOWN, "password": PASSWORD}
    stopped = client.post(reverse("account_login"), given, headers={"X-Forwarded-For": "192.0.2.7"})
    assert stopped.status_code == 200
    spoofed = {"X-Forwarded-For": "198.51.100.1, 192.0.2.7"}
    assert client.post(reverse("account_login"), given, headers=spoofed).status_code == 200
    other = client.post(reverse("account_login"), given, headers={"X-Forwarded-For": "192.0.2.8"})
    assert other.status_code == 302
