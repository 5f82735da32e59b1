"""Values of What works give way where what else is told would leave too few people of them, or they of it."""

import datetime as dt

import numpy as np
import pytest

from ..queries import beside
from ..queries.crossed import Cut
from ..queries.worked import Worked

MONDAY = dt.date(2026, 1, 5)


def started(authors, *, channels=None, weeks=None):
    """Exchanges of these people: by which channel, in which week; on Monday at midnight, in no words."""
    author = np.array(authors, dtype=np.int64)
    none = np.zeros(len(author), dtype=np.int64)
    channel = none if channels is None else np.array(channels, dtype=np.int64)
    week = MONDAY.toordinal() + 7 * (none if weeks is None else np.array(weeks, dtype=np.int64))
    pairs = np.array([], dtype=np.int64)
    return Worked(
        ("question",), none, week, none == 0, author, none, none, channel, none, none, pairs, pairs
    )  # fmt: skip


@pytest.mark.parametrize(("others", "told"), [(2, set()), (5, {0, 1})])
def test_a_channel_goes_where_all_of_a_week_came_by_it_and_little_else(others, told):
    rows = started(
        [*range(6), *range(10, 10 + others), *range(20, 26)],
        channels=[1] * 6 + [1] * others + [0] * 6,
        weeks=[0] * 6 + [1] * (others + 6),
    )
    weeks = (rows.week - rows.week.min()) // 7
    found = beside.apart(rows, {"channel": {0, 1}}, None, [Cut(weeks, weeks)], 5)
    assert found == {"channel": told}


def test_traits_are_looked_at_beside_each_other():
    rows = started([*range(6), *range(10, 12), *range(20, 26)], channels=[1] * 8 + [0] * 6)
    rows.hour[:6] += 24
    found = beside.apart(rows, {"day": {0, 1}, "channel": {0, 1}}, None, [], 5)
    assert found == {"day": {0, 1}, "channel": set()}


def test_of_very_many_values_the_largest_are_told():
    people = np.repeat(np.arange(20), range(5, 25))
    rows = started(np.concatenate([np.arange(n) for n in range(5, 25)]), channels=people)
    found = beside.apart(rows, {"channel": set(range(20))}, None, [], 5)
    assert found == {"channel": set(range(20 - beside.MOST, 20))}


def test_nothing_is_told_of_nothing():
    assert beside.apart(started([]), {"day": set()}, None, [], 5) == {"day": set()}
