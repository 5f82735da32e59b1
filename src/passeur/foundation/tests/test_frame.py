"""The frame of each response: language, clock, and what a browser may not do."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from passeur.foundation.middleware import POLICY


@pytest.fixture
def member(db):
    return get_user_model().objects.create_user(
        email="mei@orvelle.fr", password="un deux trois", name="Mei Tran"
    )


@pytest.fixture
def signed_in(member):
    client = Client()
    client.force_login(member)
    return client


def test_the_browser_is_told_what_it_may_not_do(client, db):
    response = client.get("/nulle-part")
    assert response["Content-Security-Policy"] == POLICY
    assert "unsafe" not in POLICY
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize(("accepts", "language"), [("en-GB,en", "en"), ("de", "fr"), ("", "fr")])
def test_a_stranger_reads_their_browsers_language_else_french(client, db, accepts, language):
    response = client.get("/nulle-part", headers={"accept-language": accepts})
    assert response["Content-Language"] == language
    assert f'<html lang="{language}"' in response.content.decode()
    assert "Accept-Language" in response["Vary"]


def test_a_member_reads_their_own_language_whatever_the_browser(signed_in, member):
    member.language = "en"
    member.save()
    assert signed_in.get("/nulle-part", headers={"accept-language": "fr"})["Content-Language"] == "en"


def test_a_stranger_keeps_the_language_they_chose(client, db):
    client.post(reverse("foundation:language"), {"language": "en", "next": "/x"})
    assert client.get("/nulle-part", headers={"accept-language": "fr"})["Content-Language"] == "en"


def test_a_member_keeps_the_language_they_chose_everywhere(signed_in, member):
    response = signed_in.post(reverse("foundation:language"), {"language": "en", "next": "/echanges?page=2"})
    assert response["Location"] == "/echanges?page=2"
    member.refresh_from_db()
    assert member.language == "en"


@pytest.mark.parametrize("elsewhere", ["https://ailleurs.exemple/", "//ailleurs.exemple", "javascript:x", ""])
def test_the_language_switch_leads_nowhere_else(client, db, elsewhere):
    response = client.post(reverse("foundation:language"), {"language": "en", "next": elsewhere})
    assert response["Location"] == "/"


def test_an_unknown_language_is_an_error(client, db):
    assert client.post(reverse("foundation:language"), {"language": "xx"}).status_code == 400


def test_who_asks_for_a_part_of_a_page_signed_out_is_led_back_to_the_page(client, db):
    asked = {"HX-Request": "true", "HX-Current-URL": "http://testserver/ask/?kind=question"}
    answer = client.post(reverse("foundation:preview"), {"text": "a"}, headers=asked)
    assert answer.status_code == 401
    assert answer["HX-Redirect"].endswith("?next=/ask/%3Fkind%3Dquestion")


def test_the_chosen_appearance_is_on_the_page(signed_in, member):
    member.appearance = "dark"
    member.shortcuts = False
    member.save()
    page = signed_in.get("/nulle-part").content.decode()
    assert 'data-theme="dark"' in page
    assert 'data-shortcuts="off"' in page


def test_a_preview_shows_safe_html(signed_in):
    response = signed_in.post(reverse("foundation:preview"), {"text": "**a** <script>x</script>"})
    assert "<strong>a</strong>" in response.content.decode()
    assert "<script>" not in response.content.decode()


def test_strangers_get_no_preview_and_no_palette(client, db):
    assert client.post(reverse("foundation:preview"), {"text": "a"}).status_code == 302
    assert client.get(reverse("foundation:palette")).status_code == 302


def test_an_error_page_needs_neither_database_nor_session():
    from django.template.loader import render_to_string

    for code in ("400", "403", "403_csrf", "404", "500"):
        page = render_to_string(f"{code}.html")
        assert "<h1>" in page
        assert "Passeur" in page
