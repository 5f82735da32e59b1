"""Every address, as a stranger and as who belongs elsewhere: nobody gets in by a door that was forgotten.

What each answers to whom, `test_doors_of_pages` holds.
"""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.architecture.world import OUTSIDERS, World, addresses, build

ADDRESSES = addresses()
# Every address in one test: what is built behind them is built once for each kind of visitor.
pytestmark = pytest.mark.django_db

# Who may enter: anybody, members, programs with credentials of their own.
ACCESS = {"public", "signed_in", "programs"}


@pytest.fixture
def world() -> World:
    return build()


def url_of(address, world: World) -> str:
    return reverse(address.name, kwargs=address.values(world))


def signed_in_as(role: str, world: World) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(world.people[role], backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


def test_every_view_says_who_may_enter():
    assert [address.name for address in ADDRESSES if address.access not in ACCESS] == []


def test_every_argument_of_an_address_has_something_behind_it():
    assert [
        f"{address.name} {argument}"
        for address in ADDRESSES
        for argument in address.arguments
        if address.behind(argument) is None
    ] == []


@pytest.mark.walk
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_to_sign_in(world, method):
    client = Client(raise_request_exception=False)
    sign_in = reverse("account_login")
    for address in ADDRESSES:
        url = url_of(address, world)
        response = getattr(client, method)(url)
        assert response.status_code < 500, url
        if address.access == "signed_in":
            assert response.status_code == 302, url
            assert response.headers["Location"].startswith(sign_in), url
            fragment = getattr(client, method)(url, headers={"HX-Request": "true"})
            assert fragment.status_code == 401, url
        if address.access == "programs":
            assert response.status_code == 401, url
            assert response.headers["WWW-Authenticate"].startswith(("Basic ", "Bearer ")), url


@pytest.mark.walk
@pytest.mark.parametrize("role", OUTSIDERS)
def test_no_page_of_everybody_names_what_is_private(world, role):
    client = signed_in_as(role, world)
    for address in ADDRESSES:
        if address.arguments or address.name == "account_logout":
            continue
        response = client.get(url_of(address, world), {"q": world.conversation.title})
        if not response.streaming:
            body = response.content.decode()
            assert world.community.name not in body, address.name
            assert f"/conversations/{world.conversation.pk}/" not in body, address.name
