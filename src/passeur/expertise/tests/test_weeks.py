"""The week that requests are counted in, over the nights in which clocks change: 167 and 169 hours."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from ..queries.availability import week_began

PARIS = ZoneInfo("Europe/Paris")


def paris(*numbers):
    return dt.datetime(*numbers).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("monday", "hours"),
    [((2026, 3, 23), 167), ((2026, 10, 19), 169), ((2026, 11, 23), 168)],
    ids=["summer begins", "summer ends", "an ordinary week"],
)
def test_a_week_begins_on_monday_at_midnight_on_the_wall(monday, hours):
    began = paris(*monday)
    following = began + dt.timedelta(days=7)
    with timezone.override(PARIS):
        for moment in (began, paris(*monday, 23, 59), following - dt.timedelta(minutes=1)):
            assert week_began(moment) == began
        sunday = following - dt.timedelta(days=1)
        for hour in (0, 1, 2, 3, 4, 23):
            for fold in (0, 1):
                assert week_began(sunday.replace(hour=hour, fold=fold)) == began
        assert week_began(following) == following
        assert following.astimezone(dt.UTC) - began.astimezone(dt.UTC) == dt.timedelta(hours=hours)
