"""Who and what a process wrote a moment ago is not written again, and is as soon as that would be wrong."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from ..models import Activity, Agent
from ..services import known, people, things
from .factories import ClientFactory, record, said

pytestmark = pytest.mark.django_db(transaction=True)

SOMEBODY = {"mbox": "mailto:zoe@lms.example", "name": "Zoé"}


def named(name: str) -> dict:
    return said(actor=SOMEBODY | {"name": name})


def defined(**definition: dict) -> dict:
    return said(object={"id": "https://lms.example/course/7", "definition": definition})


def names() -> list[str]:
    return list(Agent.objects.filter(value="mailto:zoe@lms.example").values_list("name", flat=True))


def definition() -> object:
    return Activity.objects.get(iri="https://lms.example/course/7").definition


def test_the_second_time_neither_is_written():
    by = ClientFactory.create()
    record(said(), client=by)
    with CaptureQueriesContext(connection) as captured:
        record(said(), client=by)
    assert not [query for query in captured if "records_agent" in query["sql"]]
    assert not [query for query in captured if "records_activity" in query["sql"]]
    assert Agent.objects.filter(value="mailto:lucie@lms.example").count() == 1


def test_the_last_name_counts():
    for name in ("Zoé", "Zoé B.", "Zoé"):
        record(named(name))
        assert names() == [name]


def test_what_was_said_last_of_an_activity_counts():
    record(defined(name={"fr": "Un"}))
    record(defined(name={"fr": "Deux"}), defined(name={"fr": "Un"}))
    assert definition() == {"name": {"fr": "Un"}}
    record(defined(name={"fr": "Un"}), defined(name={"fr": "Deux"}))
    assert definition() == {"name": {"fr": "Deux"}}
    record(defined(name={"en": "Two"}))
    assert definition() == {"name": {"fr": "Deux", "en": "Two"}}


def test_what_was_rolled_back_is_not_known():
    with transaction.atomic():
        record(named("Zoé"), defined(name={"fr": "Un"}))
        transaction.set_rollback(True)
    record(named("Zoé"), defined(name={"fr": "Un"}))
    assert names() == ["Zoé"]
    assert definition() == {"name": {"fr": "Un"}}


def test_what_was_taken_out_is_written_again():
    record(named("Zoé"))
    Agent.objects.all().delete()
    known.forget_everything()
    record(named("Zoé"))
    assert names() == ["Zoé"]


def test_after_a_while_it_is_written_again(monkeypatch):
    monkeypatch.setattr(people.known, "_seconds", -1.0)
    monkeypatch.setattr(things.known, "_seconds", -1.0)
    record(named("Zoé"), defined(name={"fr": "Un"}))
    Agent.objects.all().update(name="Z.")
    Activity.objects.all().update(definition={"name": {"fr": "Autre"}})
    record(named("Zoé"), defined(name={"fr": "Un"}))
    assert names() == ["Zoé"]
    assert definition() == {"name": {"fr": "Un"}}


def test_no_more_than_so_many_are_known():
    few: known.Known[int] = known.Known(3, seconds=60)
    few.keep({1: "a", 2: "b"})
    few.keep({3: "c"})
    assert few.says(1, "a")
    few.keep({4: "d"})
    assert not few.says(1, "a")
    assert few.says(4, "d")
