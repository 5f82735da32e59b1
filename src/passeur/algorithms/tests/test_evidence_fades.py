"""Counts fade by half in each half-life; leaders are those whom a full sort would name."""

import random

import numpy as np
import pytest

from passeur.algorithms.routing.evidence import DAY
from passeur.algorithms.routing.tally import HALF_LIVES, LEADERS, MONTH, WEEK, YEAR, Tally

from .factories import AMINA, BRUNO, JOINS, exchanges, question, ranker_after


def test_a_count_is_halved_after_its_half_life():
    tally = Tally()
    tally.add(AMINA, 0.0)
    assert tally.read([AMINA], 7 * DAY)[0, WEEK] == pytest.approx(0.5)
    assert tally.read([AMINA], 60 * DAY)[0, MONTH] == pytest.approx(0.25)
    assert tally.read([AMINA], 365 * DAY)[0, YEAR] == pytest.approx(0.5)


def test_counts_add_up_and_the_total_is_theirs():
    tally = Tally()
    tally.add(AMINA, 0.0, weight=2.0)
    tally.add(AMINA, 30 * DAY)
    tally.add(BRUNO, 30 * DAY)
    assert tally.read([AMINA, BRUNO, 99], 30 * DAY)[:, MONTH] == pytest.approx([2.0, 1.0, 0.0])
    assert tally.total(MONTH, 30 * DAY) == pytest.approx(3.0)


def test_the_order_of_events_does_not_matter():
    forwards, backwards = Tally(), Tally()
    for day in range(9):
        forwards.add(AMINA, day * DAY)
        backwards.add(AMINA, (8 - day) * DAY)
    np.testing.assert_allclose(forwards.read([AMINA], 9 * DAY), backwards.read([AMINA], 9 * DAY))


def test_dates_of_this_century_and_the_next_do_not_overflow():
    tally = Tally()
    for at in (0.0, 1.7e9, 4.1e9):
        tally.add(AMINA, at)
    assert tally.read([AMINA], 4.1e9)[0, WEEK] == pytest.approx(1.0)


@pytest.mark.parametrize("half_life", range(len(HALF_LIVES)))
def test_leaders_are_those_of_a_full_sort(half_life):
    chance = random.Random(half_life)
    tally = Tally()
    for event in range(3_000):
        tally.add(min(chance.randrange(400), chance.randrange(400)), event * DAY / 10)
    everybody = sorted(range(400))
    counts = tally.read(everybody, 300 * DAY)[:, half_life]
    expected = sorted(everybody, key=lambda person: (-counts[person], person))[:LEADERS]
    assert tally.leaders(half_life) == expected


def test_who_answers_now_comes_before_who_answered_more_long_ago():
    ranker = ranker_after(
        [
            *exchanges(AMINA, range(1, 13), JOINS, first_id=1),
            *exchanges(BRUNO, range(1_090, 1_098), JOINS, first_id=101),
        ]
    )
    ranked = ranker.rank(question(999, 1_100, JOINS), 1_100 * DAY)
    assert [candidate.person for candidate in ranked] == [BRUNO, AMINA]
