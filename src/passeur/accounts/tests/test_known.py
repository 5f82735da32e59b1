"""« Ce que Passeur sait de moi »: switches, the export, and what a stranger learns by signing in."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.core.cache import cache
from django.urls import reverse

from ..models import Member
from ..protocols import holders
from .factories import MemberFactory, VerifiedAddressFactory

pytestmark = pytest.mark.django_db
PASSWORD = "quatre mots sur la rivière"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def karim(client):
    member = MemberFactory.create(name="Karim Haddad", email="karim@orvelle.example", secret=PASSWORD)
    VerifiedAddressFactory.create(user=member)
    client.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    return member


def prove(client, where):
    """Ask for what takes a proof, and give it; the page where one then is."""
    asked = client.get(where)
    assert "/prove/" in asked["Location"]
    return client.post(asked["Location"], {"password": PASSWORD, "next": where}, follow=True)


def export(client):
    prove(client, reverse("accounts:export"))
    answer = client.get(reverse("accounts:export_file"))
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


@pytest.mark.parametrize("key", ["receives_questions", "introducible"])
def test_each_switch_is_set_and_set_back(client, karim, key):
    for on, sent in ((False, {"key": key}), (True, {"key": key, "on": "on"})):
        client.post(reverse("accounts:choose"), sent)
        karim.refresh_from_db()
        assert getattr(karim, key) is on
    assert client.post(reverse("accounts:choose"), {"key": "is_administrator", "on": "on"}).status_code == 400


def test_the_page_is_about_oneself_only_and_asks_a_fixed_number_of_queries(
    client, karim, django_assert_max_num_queries
):
    with django_assert_max_num_queries(50):
        page = client.get(reverse("accounts:known")).content.decode()
    assert "Karim Haddad" in page
    client.logout()
    assert client.get(reverse("accounts:known")).status_code == 302


def test_the_export_takes_a_proof_and_is_json_with_a_part_for_each_room(client, karim):
    told = json.loads(export(client).read("passeur.json"))
    assert told["format"] == 1
    assert told["accounts"]["account"]["address"] == karim.email
    assert "password" not in json.dumps(told)
    parts = {room for room, held in holders() if held.export(karim)}
    assert set(told) == {"format", "made_at", *parts}


def test_after_the_proof_one_stands_where_the_file_is_taken_and_the_file_alone_takes_the_same_proof(
    client, karim
):
    assert client.get(reverse("accounts:export_file"))["Location"] == reverse("accounts:export")
    page = prove(client, reverse("accounts:export"))
    assert reverse("accounts:export_file") in page.content.decode()


def test_every_key_of_the_export_is_in_the_reference(karim):

    text = (Path(__file__).parents[4] / "docs" / "reference" / "personal-data.md").read_text()
    for room, held in holders():
        for key in held.export(karim):
            assert f"`{room}.{key}`" in text, f"{room}.{key}"


def test_an_invitation_that_never_was_answers_like_one_that_ended(client):
    assert client.get("/invitations/nothing-such/").status_code in {404, 410}
    assert not Member.objects.exists()
