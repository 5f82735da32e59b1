"""Who and what a process wrote a moment ago is not written again, and is as soon as that would be wrong."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from ..models import Activity, Agent
from ..services import known, people, things
from .factories import ClientFactory, record, said

pytestmark = pytest.mark.django_db

SOMEBODY = {"mbox": "mailto:zoe@lms.example", "name": "Zoé"}


def named(name: str) -> dict:
    return said(actor=SOMEBODY | {"name": name})


def defined(**definition: dict) -> dict:
    return said(object={"id": "https://lms.example/course/7", "definition": definition})


@pytest.fixture
def keep(django_capture_on_commit_callbacks):
    """Writes statements as if each time were committed."""

    def keep(*statements, **options):
        with django_capture_on_commit_callbacks(execute=True):
            record(*statements, **options)

    return keep


def names() -> list[str]:
    return list(Agent.objects.filter(value="mailto:zoe@lms.example").values_list("name", flat=True))


def definition() -> object:
    return Activity.objects.get(iri="https://lms.example/course/7").definition


def test_the_second_time_neither_is_written(keep):
    by = ClientFactory.create()
    keep(said(), client=by)
    with CaptureQueriesContext(connection) as captured:
        keep(said(), client=by)
    assert not [query for query in captured if "records_agent" in query["sql"]]
    assert not [query for query in captured if "records_activity" in query["sql"]]
    assert Agent.objects.filter(value="mailto:lucie@lms.example").count() == 1


def test_the_last_name_counts(keep):
    for name in ("Zoé", "Zoé B.", "Zoé"):
        keep(named(name))
        assert names() == [name]


def test_what_was_said_last_of_an_activity_counts(keep):
    keep(defined(name={"fr": "Un"}))
    keep(defined(name={"fr": "Deux"}), defined(name={"fr": "Un"}))
    assert definition() == {"name": {"fr": "Un"}}
    keep(defined(name={"fr": "Un"}), defined(name={"fr": "Deux"}))
    assert definition() == {"name": {"fr": "Deux"}}
    keep(defined(name={"en": "Two"}))
    assert definition() == {"name": {"fr": "Deux", "en": "Two"}}


def test_what_was_rolled_back_is_not_known(keep, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        record(named("Zoé"), defined(name={"fr": "Un"}))
        transaction.set_rollback(True)
    keep(named("Zoé"), defined(name={"fr": "Un"}))
    assert names() == ["Zoé"]
    assert definition() == {"name": {"fr": "Un"}}


def test_what_was_taken_out_is_written_again(keep):
    keep(named("Zoé"))
    Agent.objects.all().delete()
    known.forget_everything()
    keep(named("Zoé"))
    assert names() == ["Zoé"]


def test_after_a_while_it_is_written_again(monkeypatch, keep):
    monkeypatch.setattr(people.known, "_seconds", -1.0)
    monkeypatch.setattr(things.known, "_seconds", -1.0)
    keep(named("Zoé"), defined(name={"fr": "Un"}))
    Agent.objects.all().update(name="Z.")
    Activity.objects.all().update(definition={"name": {"fr": "Autre"}})
    keep(named("Zoé"), defined(name={"fr": "Un"}))
    assert names() == ["Zoé"]
    assert definition() == {"name": {"fr": "Un"}}


def test_no_more_than_so_many_are_known(django_capture_on_commit_callbacks):
    few: known.Known[int] = known.Known(3, seconds=60)
    with django_capture_on_commit_callbacks(execute=True):
        few.keep({1: "a", 2: "b"})
        few.keep({3: "c"})
    assert few.says(1, "a")
    with django_capture_on_commit_callbacks(execute=True):
        few.keep({4: "d"})
    assert not few.says(1, "a")
    assert few.says(4, "d")
