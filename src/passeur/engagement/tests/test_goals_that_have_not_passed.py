"""What cannot be judged yet is left out by whole runs: how many asked last is told of enough people, or not.

Somebody reads, on each day after the last week, how many asked and of how many the goal has passed: the
difference is how many asked in the last days, and the figure of the next day what became of them. With single
questions left out, these were the questions of one or two people.
"""

from __future__ import annotations

import datetime as dt

import pytest

from passeur.algorithms.measures.estimates import Share

from .. import queries
from ..queries.standing import NotDue, Piece
from ..queries.started import Counted
from .company import MONDAY, WEEK
from .factories import ResponseWeekFactory
from .office import DAY, WEEKS, Office

pytestmark = pytest.mark.django_db

OVER = dt.datetime.combine(MONDAY + WEEKS * WEEK, dt.time(8), dt.UTC)


def read(office, now):
    """The questions of all weeks, whose goal is a week."""
    seen = queries.slice_of(office.manager, first=MONDAY, last=MONDAY + WEEKS * WEEK - DAY)
    return queries.Ledger(seen, asks=True, now=now)


def authors(office, told):
    return {office.started[number].who for number in told}


@pytest.mark.parametrize("seed", [0, 3])
def test_who_asked_last_is_no_difference_of_two_figures(seed):
    office = Office(seed)
    read_so_far: set[int] = set()
    for day in range(8):
        ledger = read(office, OVER + day * DAY)
        found = ledger.questions()
        judged = {
            number
            for number in ledger.numbers(found, "started")
            if any(
                week <= office.started[number].at.date() < week + WEEK
                for piece in found.due_in
                for week in piece.weeks
            )
        }
        assert found.goal.of == len(judged)
        assert found.goal.count == len(ledger.numbers(found, "within"))
        left = authors(office, set(ledger.numbers(found, "started")) - judged)
        assert not left or len(left) >= 5
        since = authors(office, judged - read_so_far)
        assert not since or len(since) >= 5
        read_so_far = judged
    assert found.goal.of == found.asked


def test_question_by_question_few_would_be_told_of():
    office = Office(0)
    left = [
        authors(office, [one.number for one in office.started.values() if one.at + WEEK > OVER + day * DAY])
        for day in range(8)
    ]
    assert any(0 < len(people) < 5 for people in left)


def week(**fields):
    return ResponseWeekFactory.build(**fields)


def test_newcomers_count_once_the_goal_of_each_of_the_block_has_passed():
    rows = [week(newcomers=12, newcomers_within=9), week(newcomers=11, newcomers_within=4)]
    blocks = tuple(Piece(1, True, (MONDAY + place * WEEK,), (row,)) for place, row in enumerate(rows))
    found = [
        Counted((), OVER, blocks, first_not_due=NotDue(frozenset(places))).newcomers
        for places in ((), (1,), (0, 1))
    ]
    assert found == [Share(13, 23), Share(9, 12), None]
