"""What waits for somebody, asked by itself or taken along in the statement of a page."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from passeur.foundation import counters, reading
from passeur.foundation.memo import MemoMiddleware
from passeur.foundation.prepared import Asked, prepared


@prepared
def myself(member: Asked):
    return get_user_model().objects.filter(pk=member).values_list("pk", flat=True)


@pytest.fixture
def request_of(db, monkeypatch):
    known = {"mine": lambda request: myself.asked(member=request.user.pk), "nothing": lambda request: None}
    monkeypatch.setattr(counters, "_counters", known)
    request = RequestFactory().get("/")
    request.user = get_user_model().objects.create_user(
        email="mei@orvelle.fr", password="un deux trois", name="Mei Tran"
    )
    return request


def counted(request, *, with_a_page):
    """What waits under each name, and in how many statements that was asked."""
    found = {}

    def view(request):
        if with_a_page:
            said = reading.ask_by_key(page=None, **counters.asked(request))
            assert counters.told(request, said).texts == (("page", reading.NOTHING),)
        found.update({name: counters.waiting(request, name) for name in ("mine", "nothing")})
        counters.forget()
        assert counters.waiting(request, "mine") == found["mine"]
        return HttpResponse()

    with CaptureQueriesContext(connection) as asking:
        MemoMiddleware(view)(request)
    return found, len(asking)


def test_asked_with_a_page_or_by_itself_it_is_the_same_and_forgotten_it_is_asked_again(request_of):
    alone = counted(request_of, with_a_page=False)
    assert alone == ({"mine": [request_of.user.pk], "nothing": []}, 2)
    assert counted(request_of, with_a_page=True) == alone


def test_nothing_waits_for_a_stranger(request_of):
    request_of.user = AnonymousUser()
    assert counters.asked(request_of) == {}
    assert counters.waiting(request_of, "mine") == []
