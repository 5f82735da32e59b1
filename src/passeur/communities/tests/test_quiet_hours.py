"""The clock of the first-reply goal stands still in quiet hours."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passeur.communities.queries.quiet_hours import QuietHours

PARIS = ZoneInfo("Europe/Paris")
NIGHTS = QuietHours(dt.time(19), dt.time(8), "Europe/Paris")
HOUR = dt.timedelta(hours=1)
ZONES = [
    "Europe/Paris",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Africa/Casablanca",
    "Pacific/Apia",
]

times = st.times().map(lambda t: t.replace(microsecond=0))
zones = st.sampled_from(ZONES)
clocks = st.builds(QuietHours, times, times, zones)
instants = st.datetimes(dt.datetime(2009, 1, 1), dt.datetime(2030, 1, 1), timezones=st.just(dt.UTC))


def paris(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        (paris(2026, 11, 25, 9), paris(2026, 11, 25, 12), 3),
        (paris(2026, 11, 25, 18), paris(2026, 11, 26, 9), 2),
        (paris(2026, 11, 25, 20), paris(2026, 11, 26, 7), 0),
        (paris(2026, 11, 25, 8), paris(2026, 11, 26, 8), 11),
        (paris(2026, 11, 20, 12), paris(2026, 11, 27, 12), 77),
        (paris(2026, 11, 25, 12), paris(2026, 11, 25, 12), 0),
        (paris(2026, 11, 25, 12), paris(2026, 11, 25, 9), 0),
    ],
)
def test_quiet_hours_do_not_count(start, end, hours):
    assert NIGHTS.open_between(start, end) == hours * HOUR


def test_quiet_hours_within_a_day_do_not_count_either():
    lunch = QuietHours(dt.time(12), dt.time(14), "Europe/Paris")
    assert lunch.open_between(paris(2026, 11, 25, 11), paris(2026, 11, 25, 15)) == 2 * HOUR


def test_two_equal_times_mean_no_quiet_hours():
    always = QuietHours(dt.time(8), dt.time(8), "Europe/Paris")
    assert always.open_between(paris(2026, 11, 25, 0), paris(2026, 11, 26, 0)) == 24 * HOUR
    assert not always.is_quiet(paris(2026, 11, 25, 8))


@pytest.mark.parametrize(("day", "hours"), [((2026, 3, 29), 9), ((2026, 10, 25), 11), ((2026, 11, 25), 10)])
def test_a_day_of_23_hours_has_one_less_where_the_clock_jumps_outside_quiet_hours(day, hours):
    """Open from 0 h to 10 h: on the night of the change, nine or eleven hours pass by the wall clock."""
    mornings = QuietHours(dt.time(10), dt.time(0), "Europe/Paris")
    start = paris(*day)
    assert mornings.open_between(start, start + dt.timedelta(days=1)) == hours * HOUR


def test_a_clock_change_within_quiet_hours_changes_nothing():
    assert NIGHTS.open_between(paris(2026, 3, 28, 12), paris(2026, 3, 29, 12)) == 11 * HOUR
    assert NIGHTS.open_between(paris(2026, 10, 24, 12), paris(2026, 10, 25, 12)) == 11 * HOUR


def test_a_boundary_that_the_clock_jumps_over_takes_effect_at_the_jump():
    until_half_past_two = QuietHours(dt.time(22), dt.time(2, 30), "Europe/Paris")
    assert until_half_past_two.is_quiet(paris(2026, 3, 29, 1, 59))
    assert not until_half_past_two.is_quiet(paris(2026, 3, 29, 3, 0))
    assert until_half_past_two.open_between(paris(2026, 3, 29, 1), paris(2026, 3, 29, 4)) == HOUR


def test_a_goal_set_in_the_evening_is_due_the_next_day():
    assert NIGHTS.after(paris(2026, 11, 25, 18), 2 * HOUR) == paris(2026, 11, 26, 9)
    assert NIGHTS.after(paris(2026, 11, 25, 23), HOUR) == paris(2026, 11, 26, 9)
    assert NIGHTS.after(paris(2026, 11, 25, 9), 24 * HOUR) == paris(2026, 11, 27, 11)


def test_a_goal_reached_as_quiet_hours_begin_is_due_then_and_not_the_next_morning():
    assert NIGHTS.after(paris(2026, 11, 25, 18), HOUR) == paris(2026, 11, 25, 19)


@settings(max_examples=200, deadline=None)
@given(clocks, st.lists(instants, min_size=3, max_size=3).map(sorted))
def test_spans_add_up(clock, moments):
    first, middle, last = moments
    assert clock.open_between(first, last) == clock.open_between(first, middle) + clock.open_between(
        middle, last
    )


@settings(max_examples=200, deadline=None)
@given(clocks, instants, st.timedeltas(dt.timedelta(0), dt.timedelta(days=900)))
def test_no_more_time_counts_than_passes_and_more_time_never_counts_less(clock, start, span):
    counted = clock.open_between(start, start + span)
    assert dt.timedelta(0) <= counted <= span
    assert clock.open_between(start, start + span + HOUR) >= counted


@settings(max_examples=200, deadline=None)
@given(clocks, instants, st.timedeltas(dt.timedelta(seconds=1), dt.timedelta(hours=336)))
def test_the_deadline_is_the_first_instant_by_which_the_time_awaited_has_passed(clock, start, awaited):
    due = clock.after(start, awaited)
    assert clock.open_between(start, due) == awaited
    just_before = due - dt.timedelta(microseconds=1)
    assert clock.open_between(start, just_before) < awaited


@settings(max_examples=25, deadline=None)
@given(clocks, instants, st.integers(1, 3000))
def test_counting_minute_by_minute_gives_the_same(clock, start, minutes):
    """Boundaries on whole minutes, so that each minute is open or quiet as a whole."""
    clock = QuietHours(clock.begins.replace(second=0), clock.ends.replace(second=0), clock.zone)
    start = start.replace(second=0, microsecond=0)
    by_hand = sum(not clock.is_quiet(start + dt.timedelta(minutes=n)) for n in range(minutes))
    assert clock.open_between(start, start + dt.timedelta(minutes=minutes)) == by_hand * dt.timedelta(
        minutes=1
    )
