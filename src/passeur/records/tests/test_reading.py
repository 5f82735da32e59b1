"""Statements read from another store: to its end, from where it was left, what is not good told."""

from __future__ import annotations

import pytest

from ..adapters.lrs import Lrs
from ..errors import Elsewhere
from ..models import Statement
from ..services import reading
from .elsewhere import another_store
from .factories import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def store():
    with another_store() as made:
        yield made


def put(store, *given):
    for one in given:
        number = len(store.statements)
        store.statements.append({**one, "stored": f"2026-03-02T09:00:{number:02}.000Z"})


def load(store):
    return reading.load(store.address, key="cle", secret="secret")


def test_all_pages_are_read(store):
    put(store, *[said() for _ in range(8)])
    told = load(store)
    assert (told.read, told.new, told.refused) == (8, 8, [])
    assert Statement.objects.count() == 8


def test_only_what_came_since_is_read_the_next_time(store):
    put(store, *[said() for _ in range(4)])
    load(store)
    assert load(store).read == 0
    put(store, said(), said())
    told = load(store)
    assert (told.read, told.new) == (2, 2)


def test_it_goes_on_where_it_was_stopped(store):
    put(store, *[said() for _ in range(8)])
    store.breaks_after = 2
    with pytest.raises(Elsewhere, match="503"):
        load(store)
    assert Statement.objects.count() == 6
    store.breaks_after = None
    told = load(store)
    assert (told.read, told.new) == (2, 2)


def test_what_is_not_good_is_told_and_stops_nothing(store):
    put(store, said(), said(verb=None), said())
    told = load(store)
    assert told.new == 2
    ((number, why),) = told.refused
    assert number == 2
    assert "verb" in why


def test_a_next_page_on_another_server_is_not_followed(store):
    with pytest.raises(Elsewhere, match="another server"):
        Lrs(store.address, "k", "s").following("https://elsewhere.example.org/xapi/statements?more=1")
    assert store.requests == []


def test_what_is_no_store_is_said(store, monkeypatch):
    monkeypatch.setattr(store, "page", lambda query: (200, {"hello": "world"}))
    with pytest.raises(Elsewhere, match="no page of statements"):
        load(store)
