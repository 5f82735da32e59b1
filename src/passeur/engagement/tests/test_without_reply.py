"""How many still wait after so many hours: of whole runs that were over long enough before."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest
from django.utils import timezone

from passeur.algorithms.measures.bins import ENDS, bin_of
from passeur.algorithms.measures.estimates import Share

from ..queries.standing import Piece
from ..queries.started import Counted
from ..queries.weeks import day_cells, packed
from .company import MONDAY, WEEK
from .factories import ResponseWeekFactory

HOURS = (12, 24)
OVER = timezone.make_aware(dt.datetime.combine(MONDAY + WEEK, dt.time()))
"""The end of the first week."""


def piece(week, replied, *, waiting=0, closed=()):
    """A week in which these were replied to after so many hours, and closed after so many, unserved."""
    served, left = np.zeros(len(ENDS), dtype=int), np.zeros(len(ENDS), dtype=int)
    np.add.at(served, [bin_of(hours) for hours in replied], 1)
    np.add.at(left, [bin_of(hours) for hours in closed], 1)
    asked = len(replied) + len(closed) + waiting
    cells = packed(day_cells(0, [asked], [waiting], served.tolist(), left.tolist()))
    row: Any = ResponseWeekFactory.build(asked=asked, cells=cells)
    return Piece(1, True, (MONDAY + week * WEEK,), (row,))


def counted(*pieces, days):
    return Counted(pieces, OVER + dt.timedelta(days=days))


def test_by_hand():
    some = counted(piece(0, [1, 12, 13, 24, 30], waiting=2, closed=[3]), days=1)
    assert some.without_reply(HOURS) == [Share(6, 8), Share(4, 8)]


@pytest.mark.parametrize(("days", "asked"), [(0, None), (0.99, None), (1, 3), (7, 3), (8, 5)])
def test_a_run_counts_whole_once_it_is_over_for_as_long_as_the_longest(days, asked):
    found = counted(piece(0, [1, 2, 3]), piece(1, [30, 40]), days=days).without_reply(HOURS)
    assert [share.of for share in found] == ([] if asked is None else [asked, asked])


def test_when_somebody_asked_to_whom_nobody_replied_or_closed_it_changes_nothing():
    ways = [piece(0, [1, 20], waiting=1), *(piece(0, [1, 20], closed=[hours]) for hours in (1, 15, 200))]
    said = [counted(one, days=2).without_reply(HOURS) for one in ways]
    assert said == [[Share(2, 3), Share(1, 3)]] * len(ways)
    assert len({counted(one, days=2).waits.at(24 * 3600).value for one in ways[1:]}) > 1
