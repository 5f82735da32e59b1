"""Quiet hours on a person's own clock, also on days of 23 and 25 hours, and around midnight."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passeur.communities.queries.quiet_hours import QuietHours

from ..queries.quiet import OwnQuietHours, midnight_after, midnight_before, next_open

PARIS = ZoneInfo("Europe/Paris")


def quiet(begins=19, ends=8, zone="Europe/Paris", weekend=True):
    return OwnQuietHours(QuietHours(dt.time(begins), dt.time(ends), zone), weekend)


def paris(year: int, month: int, day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("instant", "opens"),
    [
        (paris(2026, 11, 24, 10), paris(2026, 11, 24, 10)),  # a Tuesday morning
        (paris(2026, 11, 24, 18, 59), paris(2026, 11, 24, 18, 59)),
        (paris(2026, 11, 24, 19), paris(2026, 11, 25, 8)),
        (paris(2026, 11, 24, 23, 59), paris(2026, 11, 25, 8)),
        (paris(2026, 11, 25, 0), paris(2026, 11, 25, 8)),
        (paris(2026, 11, 25, 7, 59), paris(2026, 11, 25, 8)),
        (paris(2026, 11, 25, 8), paris(2026, 11, 25, 8)),
        (paris(2026, 11, 27, 20), paris(2026, 11, 30, 8)),  # Friday evening: Monday morning
        (paris(2026, 11, 28, 12), paris(2026, 11, 30, 8)),
        (paris(2026, 11, 29, 23, 59), paris(2026, 11, 30, 8)),
    ],
)
def test_what_is_held_back_leaves_when_they_end(instant, opens):
    assert next_open(quiet(), instant) == opens


def test_the_night_of_23_hours_and_the_night_of_25():
    # Clocks change on Sundays: without the weekend, so that the night itself counts.
    short = next_open(quiet(weekend=False), paris(2026, 3, 28, 20))
    assert short.astimezone(PARIS) == paris(2026, 3, 29, 8)
    assert short - paris(2026, 3, 28, 20).astimezone(dt.UTC) == dt.timedelta(hours=11)
    long = next_open(quiet(weekend=False), paris(2026, 10, 24, 20))
    assert long.astimezone(PARIS) == paris(2026, 10, 25, 8)
    assert long - paris(2026, 10, 24, 20).astimezone(dt.UTC) == dt.timedelta(hours=13)


def test_an_end_that_the_clock_skips_is_the_next_instant_there_is():
    opens = next_open(quiet(22, 2, weekend=False), paris(2026, 3, 28, 23))
    assert opens.astimezone(PARIS) == paris(2026, 3, 29, 3)


def test_an_end_that_comes_twice_counts_the_first_time_and_is_not_quiet_between():
    held = quiet(22, 2, weekend=False)
    before = dt.datetime(2026, 10, 24, 23, 30, tzinfo=dt.UTC)  # 1.30 in the morning, summer time
    opens = next_open(held, before)
    assert opens == dt.datetime(2026, 10, 25, 0, 0, tzinfo=dt.UTC)  # 2.00, summer time


def test_the_same_time_twice_is_never_quiet():
    instant = paris(2026, 11, 24, 3)
    assert next_open(quiet(8, 8), instant) == instant


def test_days_begin_at_the_midnight_of_the_person():
    day = paris(2026, 3, 29, 12)
    assert midnight_after(day, PARIS) - midnight_before(day, PARIS) == dt.timedelta(hours=23)
    day = paris(2026, 10, 25, 12)
    assert midnight_after(day, PARIS) - midnight_before(day, PARIS) == dt.timedelta(hours=25)


ZONES = ["Europe/Paris", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "UTC"]


@given(
    st.datetimes(dt.datetime(2009, 1, 1), dt.datetime(2030, 1, 1)),
    st.sampled_from(ZONES),
    st.times(),
    st.times(),
    st.booleans(),
)
def test_it_ends_always_in_a_moment_that_is_open_and_skips_none(naive, zone, begins, ends, weekend):
    held = OwnQuietHours(QuietHours(begins, ends, zone), weekend)
    instant = naive.replace(tzinfo=dt.UTC)
    opens = next_open(held, instant)
    assert opens >= instant
    assert not held.is_quiet(opens)
    assert opens == instant or held.is_quiet(opens - dt.timedelta(microseconds=1))
    assert opens - instant < dt.timedelta(days=5)
