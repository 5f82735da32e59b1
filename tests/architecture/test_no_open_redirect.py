"""No address of ours leads elsewhere because a link or a form said so."""

from __future__ import annotations

from html import unescape
from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from passeur.accounts.tests.factories import MemberFactory, VerifiedAddressFactory
from tests.architecture.private.forging import what_is_read
from tests.architecture.test_every_address import signed_in_as, url_of
from tests.architecture.world import addresses, build

pytestmark = pytest.mark.django_db

ELSEWHERE = [
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "///elsewhere.example/",
    "/\\elsewhere.example/",
    "\\\\elsewhere.example/",
    "https:elsewhere.example/",
    "https:///elsewhere.example/",
    "https://testserver@elsewhere.example/",
    "https://testserver.elsewhere.example/",
    "\thttps://elsewhere.example/",
    "/\t/elsewhere.example/",
    "javascript:alert(1)//elsewhere.example",
    "data:text/html,elsewhere.example",
]
OURS = "/feed/mine-zqvex/"  # where a link or a form may well lead
NAMES = ("next", "url", "to", "return", "redirect", "back")
PASSWORD = "quatre mots sur la rivière"


def leads_away(response) -> bool:
    """As a browser reads it: backslashes are slashes, tabs are nothing, and many slashes are two."""
    for header in ("Location", "HX-Redirect", "HX-Location", "Refresh"):
        said = response.headers.get(header, "").replace("\\", "/").replace("\t", "")
        if said.startswith("//"):
            said = f"//{said.lstrip('/')}"
        where = urlsplit(urljoin("http://testserver/", said))
        if where.scheme not in {"http", "https"} or where.netloc != "testserver":
            return True
    if response.streaming:
        return False
    body = response.content.decode(errors="replace").replace("\\", "/").replace("\t", "")
    return any(f'{name}="{start}' in body for name in ("href", "action", "formaction") for start in STARTS)


def leads_there(response, asked_for="") -> bool:
    """Whether it takes up `OURS`, in a header or in its page, but for the address asked for."""
    if response.streaming:
        return True
    said = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    text = unescape(f"{said}\n{response.content.decode(errors='replace')}").replace(asked_for or "\0", "")
    return any(f"{before}{OURS}" in text for before in ('"', "'", "=", " "))


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_what_leads_away_would_be_noticed(wanted):
    assert leads_away(HttpResponse(status=302, headers={"Location": quote(wanted, safe="/:@\\\t")}))
    assert leads_away(HttpResponse(f'<a href="{ELSEWHERE[1]}">Là</a>'))
    assert not leads_away(HttpResponse('<a href="/feed/">Là</a>', status=302, headers={"Location": "/feed/"}))


def test_what_leads_where_it_was_told_would_be_noticed():
    assert leads_there(HttpResponse(status=302, headers={"HX-Redirect": OURS}))
    assert leads_there(HttpResponse(f'<input name="next" value="{OURS}">'))
    assert not leads_there(
        HttpResponse('<a href="/feed/">Là</a>', status=302, headers={"Location": "/feed/"})
    )


STARTS = ("https://elsewhere", "//elsewhere", "///elsewhere", "https:elsewhere", "javascript:", "data:text")


@pytest.mark.walk
@pytest.mark.parametrize("role", ["lcm", None])
def test_no_address_leads_where_a_link_or_a_form_says(role):
    """Each is given one that leads elsewhere; where one of ours is taken up, all the others too."""
    world = build()
    client = Client(raise_request_exception=False) if role is None else signed_in_as(role, world)
    read = taken = 0
    for address in addresses():
        if address.name == "account_logout" and role is not None:
            continue
        url = url_of(address, world)
        for method in ("get", "post"):
            first, *others = ELSEWHERE
            with what_is_read() as parameters:
                answer = asked(client, method, url, dict.fromkeys(NAMES, first))
            assert not leads_away(answer), f"{method} {url} {first!r}"
            if parameters & set(NAMES):
                read += 1
                ours = asked(client, method, url, dict.fromkeys(NAMES, OURS))
                if not leads_there(ours, ours.wsgi_request.get_full_path()):
                    continue
                taken += 1
                for wanted in others:
                    answer = asked(client, method, url, dict.fromkeys(NAMES, wanted))
                    assert not leads_away(answer), f"{method} {url} {wanted!r}"
    assert read > (5 if role else 1)
    assert taken > 1


def asked(client, method, url, data):
    with transaction.atomic():
        if method == "post":
            address = f"{url}?next={data['next']}"
            answer = client.post(address, {**data, "language": "en", "on": "1"})
        else:
            answer = client.get(url, data)
        transaction.set_rollback(True)
    return answer


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_signing_in_and_out_leads_to_pages_of_ours(client, wanted):
    member = MemberFactory.create(secret=PASSWORD)
    VerifiedAddressFactory.create(user=member)
    given = {"login": member.email, "password": PASSWORD, "next": wanted}
    signed_in = client.post(f"{reverse('account_login')}?next={wanted}", given)
    assert signed_in.status_code == 302
    assert not leads_away(signed_in)
    assert not leads_away(client.get(reverse("account_login"), {"next": wanted}))
    assert not leads_away(client.post(reverse("account_logout"), {"next": wanted}))
