"""Which weeks and values *What works* tells of is decided once, when a part of the past is over."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from passeur.communities.tests.factories import MembershipFactory

from .. import queries
from ..models import Actor, ResponseWeek, ToldPart
from ..queries import parts, values
from ..queries.worked import Worked
from ..services import deciding, erasing
from ..services import parts as deciding_of_parts
from .all_exchanges import LATER
from .company import MONDAY, WEEK
from .office import NOW, Office, Started

BIG = 5
"""The seed of a company of which values are told by block, too."""


def written(**values):
    """Exchanges, one for each author and value of a day: `monday=(1, 2, 3)` are those of three people."""
    days = ("monday", "tuesday", "wednesday")
    rows = [(author, 24 * days.index(day)) for day, who in values.items() for author in who]
    author, hour = np.asarray(rows, dtype=np.int64).T
    none = np.zeros(len(rows), dtype=np.int64)
    pairs = np.empty(0, dtype=np.int64)
    return Worked(("question",), none, none, none == 0, author, hour, none, none, none, none, pairs, pairs)


def test_a_value_is_told_where_it_was_decided_and_nowhere_else():
    rows = written(monday=range(5), tuesday=range(5), wednesday=range(5))
    assert values.told(rows, "day", 5) == {0, 1, 2}
    assert values.told(rows, "day", 5, [0, 1]) == {0, 1}


def test_a_value_of_too_few_people_by_now_goes_with_others_until_what_is_not_told_is_of_enough():
    rows = written(monday=range(4), tuesday=range(5), wednesday=range(6))
    assert values.told(rows, "day", 5, [0, 1, 2]) == {2}
    assert values.told(written(monday=range(4), tuesday=range(4)), "day", 5, [0, 1]) == frozenset()


@pytest.fixture
def office(db):
    return Office(BIG)


def seen(office):
    return queries.slice_of(office.manager, first=MONDAY, last=MONDAY + 24 * WEEK - dt.timedelta(days=1))


def compared(office):
    return queries.Compared(seen(office), until=LATER, now=NOW + 30 * WEEK)


def decided():
    return {
        (row.begun, row.smallest): (row.blocks, row.asking, row.others, row.lengths, row.days, row.hours)
        for row in ToldPart.objects.all()
    }


def told(office):
    """By part, the days told of."""
    found = compared(office)
    some = found.parts()
    rows = found.worked([one.counted for one in some])
    return [
        sorted(set(values.VALUES["day"](kept)[one.told(kept, "day")].tolist()))
        for one, kept in zip(some, rows, strict=True)
    ]


def test_it_is_decided_for_both_readers_as_it_was_told_before(office):
    before = told(office)
    deciding.decide(LATER)
    assert set(decided()) == {(MONDAY, 5), (MONDAY, 10)}
    assert told(office) == before != [[]]
    assert deciding_of_parts.decide(LATER) == 0


def test_a_part_that_is_not_over_is_not_decided(office):
    deciding.decide(MONDAY + 23 * WEEK)
    assert decided() == {}


def test_each_block_is_decided_where_much_was_started_in_the_span_before_and_it_stays_so(office, monkeypatch):
    monkeypatch.setattr(parts, "ENOUGH", 0)
    deciding.decide(MONDAY + 7 * WEEK)
    assert {begun for begun, _smallest in decided()} == {MONDAY}
    monkeypatch.setattr(parts, "ENOUGH", 10**9)
    deciding.decide(LATER)
    assert {blocks for blocks, *_rest in decided().values()} == {1}
    assert {begun for begun, _smallest in decided()} == {MONDAY + 4 * number * WEEK for number in range(6)}
    assert len(compared(office).parts()) == 2


def test_a_span_decided_as_one_is_not_told_by_its_blocks_later(office, monkeypatch):
    deciding.decide(LATER)
    monkeypatch.setattr(parts, "ENOUGH", 0)
    assert len(compared(office).parts()) == 1
    deciding.decide(LATER)
    assert {blocks for blocks, *_rest in decided().values()} == {6}


def by_new_people(office, many):
    """So many who started nothing before start something on a Sunday of the last week."""
    for number in range(many):
        member = MembershipFactory.create(community=office.community, member__team="T0").member
        office.team_of[member.pk] = "T0"
        office.tell(Started(2000 + number, 7, "question", frozenset(), member.pk, 6, 8))


@pytest.mark.parametrize(("many", "is_anew"), [(9, False), (10, True)])
def test_it_is_decided_anew_where_those_who_started_something_are_others_by_ten(office, many, is_anew):
    deciding.decide(LATER)
    before = decided()
    by_new_people(office, many)
    assert ToldPart.objects.filter(is_changed=True).count() == 2
    deciding.decide(LATER)
    assert (decided() != before) == is_anew
    assert (6 in told(office)[0]) == is_anew
    assert not ToldPart.objects.filter(is_changed=True).exists()


def test_nothing_is_decided_while_exchanges_are_not_told(office):
    kept = dict(ResponseWeek.objects.filter(theme=0).values_list("pk", "exchanges"))
    ResponseWeek.objects.update(exchanges=None)
    deciding.decide(LATER)
    assert decided() == {}
    for pk, exchanges in kept.items():
        ResponseWeek.objects.filter(pk=pk).update(exchanges=exchanges)
    deciding.decide(LATER)
    assert len(decided()) == 2


def test_nothing_of_an_erased_person_is_kept_in_it(office):
    deciding.decide(LATER)
    member = next(office.members[one.who] for one in office.started.values())
    bit = Actor.objects.get(member=member).bit
    row = ToldPart.objects.get(smallest=5)
    assert int.from_bytes(row.bits, "little") >> bit & 1
    erasing.erase(member)
    row.refresh_from_db()
    assert not int.from_bytes(row.bits, "little") >> bit & 1


def test_reading_what_was_decided_asks_no_more_than_before(office):
    """The weeks, and what was decided of parts: of blocks nothing is asked then."""
    looked = seen(office)
    for is_decided, number in ((False, 3), (True, 2)):
        if is_decided:
            deciding.decide(LATER)
        with CaptureQueriesContext(connection) as asked:
            assert queries.Compared(looked, until=LATER, now=NOW + 30 * WEEK).parts()
        assert len(asked) == number
