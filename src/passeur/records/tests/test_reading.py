"""Statements read from another store: to its end, from where it was left, what is not good told."""

from __future__ import annotations

from hashlib import sha256

import pytest

from ..adapters.lrs import Lrs
from ..errors import Elsewhere
from ..models import Attachment, Statement
from ..services import importing, reading
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


def test_what_is_refused_is_told_by_its_id_before_the_place_is_kept(store):
    """Killed after it was told, it is told twice at most; never is it passed over in silence."""
    wrong = said(verb=None)
    put(store, said(), wrong, said(), said())
    seen = []

    def killed():
        seen.extend(told.refused)
        raise KeyboardInterrupt

    told = importing.Told()
    with pytest.raises(KeyboardInterrupt):
        reading.load(store.address, key="cle", secret="secret", told=told, each=killed)
    ((number, why),) = seen
    assert (number, wrong["id"] in why) == (2, True)
    again = load(store)
    assert (again.read, again.new, again.known, len(again.refused)) == (4, 1, 2, 1)


def test_a_page_for_people_is_not_told_word_for_word(store, monkeypatch):
    page = b"<!doctype html><title>Nothing here</title>"
    with another_store(kind="text/html") as site:
        monkeypatch.setattr(site, "page", lambda query: (404, page))
        with pytest.raises(Elsewhere) as caught:
            Lrs(site.address, "k", "s").first()
    assert str(caught.value) == "HTTP 404: a page for people answers there, not a record store"


def test_a_next_page_on_another_server_is_not_followed(store):
    with pytest.raises(Elsewhere, match="another server"):
        Lrs(store.address, "k", "s").following("https://elsewhere.example.org/xapi/statements?more=1")
    assert store.requests == []


def test_what_is_no_store_is_said(store, monkeypatch):
    monkeypatch.setattr(store, "page", lambda query: (200, {"hello": "world"}))
    with pytest.raises(Elsewhere, match="no page of statements"):
        load(store)


def attaching(content):
    """A statement with an attachment, which the store has."""
    sha2 = sha256(content).hexdigest()
    told = {
        "usageType": "https://example.org/proof",
        "display": {"fr": "Preuve"},
        "contentType": "text/plain",
    }
    return said(attachments=[{**told, "length": len(content), "sha2": sha2}]), sha2


def test_contents_of_attachments_come_along(store):
    made = [attaching(f"preuve {n}".encode()) for n in range(5)]
    store.contents = [(sha2, f"preuve {n}".encode()) for n, (_, sha2) in enumerate(made)]
    put(store, *[one for one, _ in made])
    told = load(store)
    assert (told.new, told.contents, told.refused) == (5, 5, [])
    assert {one.sha2: bytes(one.content) for one in Attachment.objects.all()} == dict(store.contents)


def test_stopped_between_two_pages_the_rest_comes_the_next_time(store):
    made = [attaching(f"preuve {n}".encode()) for n in range(5)]
    store.contents = [(sha2, f"preuve {n}".encode()) for n, (_, sha2) in enumerate(made)]
    put(store, *[one for one, _ in made])
    store.breaks_after = 1
    with pytest.raises(Elsewhere):
        load(store)
    assert Attachment.objects.count() == 3
    store.breaks_after = None
    assert load(store).contents == 2
    assert Attachment.objects.count() == 5


def test_a_content_that_is_another_or_too_large_is_told_and_its_statement_comes(store, monkeypatch):
    monkeypatch.setattr(reading, "LARGEST", 20)
    good, good_hash = attaching(b"court")
    forged, forged_hash = attaching(b"vrai")
    large, large_hash = attaching(b"beaucoup trop de mots")
    store.contents = [(good_hash, b"court"), (forged_hash, b"faux"), (large_hash, b"beaucoup trop de mots")]
    put(store, good, forged, large)
    told = load(store)
    assert (told.new, told.known, told.contents) == (3, 0, 1)
    assert [why.split(" ")[2] for _, why in told.left_out] == [forged_hash, large_hash]
    assert Attachment.objects.get().sha2 == good_hash
