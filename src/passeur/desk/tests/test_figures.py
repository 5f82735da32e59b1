"""How long the lists of the desk are: counted along one index, without looking at the entries themselves."""

import pytest

from passeur.foundation.tests.plans import plan_of

from ..choices import Outcome
from ..queries.entries import Reader, figures
from .factories import EntryFactory, StepFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(place):
    return Reader(place.manager, [place.community], place.now)


def entry(place, number, **more):
    return EntryFactory.create(
        community=place.community,
        subject=f"conversation:{number}",
        key=f"waiting-question:{number}",
        since=place.ago(days=1),
        **more,
    )


def test_one_person_who_waits_twice_is_one_person(place, reader):
    for number, waiting in enumerate((7, 7, 8)):
        entry(place, number, waiting=waiting)
    entry(place, 4, horizon="week", waiting=9)
    found = figures(reader)
    assert (found.today, found.week, found.waiting_people, found.some_can_wait) == (3, 1, 2, False)


def test_what_was_handed_to_the_reader_speaks_for_its_subject(place, reader):
    leila = place.member("Leïla Benali", role="lcm")
    handed = StepFactory.create(
        community=place.community,
        by=leila,
        to=place.manager,
        outcome=Outcome.HANDED,
        until=place.now + (place.now - place.ago(days=2)),
    )
    entry(place, 1, step=handed)
    entry(place, 1, rule="not-helped")
    entry(place, 2)
    assert figures(reader).today == 2
    assert figures(Reader(leila, [place.community], place.now)).today == 2
    assert figures(Reader(leila, [place.community], place.now)).snoozed == 1
    assert figures(reader).snoozed == 0


def test_the_entries_that_stand_are_counted_along_the_index(reader):
    plan = plan_of(lambda: figures(reader), without="desk_entry_shown")
    assert "Index Only Scan using desk_entry_ranked" in plan
