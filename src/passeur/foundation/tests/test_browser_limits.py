"""Where images of a page may come from."""

import pytest

from passeur.foundation.middleware import DRAWN_IN_THE_PAGE

pytestmark = pytest.mark.django_db


def test_images_come_from_here_and_from_nowhere_else(client):
    policy = client.get("/accounts/login/").headers["Content-Security-Policy"].split("; ")
    assert "img-src 'self'" in policy


def test_only_the_page_of_the_authenticator_draws_one_inside_itself(client):
    assert "img-src 'self' data:" in DRAWN_IN_THE_PAGE
    assert (
        DRAWN_IN_THE_PAGE.replace(" data:", "")
        == client.get("/accounts/login/").headers["Content-Security-Policy"]
    )
