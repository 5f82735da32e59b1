"""People of the demonstration write while they are at work, in the order that their files say."""

import datetime as dt

import pytest

from ..clock import CLOSES, HERE, OPENS, Clock

NOW = dt.datetime(2026, 11, 26, 9, 30, tzinfo=HERE)  # a Thursday


def moments(days: float, hours: int = 30 * 24) -> list[dt.datetime]:
    story = Clock(NOW).story(days)
    return [at for hour in range(hours) if (at := story.later(hour)) is not None]


@pytest.mark.parametrize("days", [0.2, 1.5, 3, 15.1, 20.9, 21.1, 26.4, 200.7])
def test_what_came_after_still_does_and_nothing_is_to_come(days):
    told = moments(days)
    assert told[0] == Clock(NOW).story(days).began
    assert told == sorted(told)
    assert told[-1] < NOW


def test_what_is_older_happened_on_weekdays_between_morning_and_evening():
    for at in moments(200.7):
        here = at.astimezone(HERE)
        since_midnight = dt.timedelta(hours=here.hour, minutes=here.minute, seconds=here.second)
        assert here.weekday() < 5
        assert OPENS <= since_midnight <= CLOSES


def test_what_began_lately_keeps_its_day():
    raw = NOW - dt.timedelta(days=15.1)
    at = Clock(NOW).story(15.1).began.astimezone(HERE)
    assert at.date() == raw.date()
    assert 8 <= at.hour <= 18


def test_today_is_as_it_is_told():
    assert Clock(NOW).story(0.2).began == NOW - dt.timedelta(days=0.2)
