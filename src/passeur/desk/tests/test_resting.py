"""Until when a cue rests, on the reader's clock; and that a later gesture takes an earlier one's place."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from .. import errors, queries, services
from ..choices import Outcome, Snooze
from ..models import Step
from ..services.treating import wakes
from .factories import StepFactory

PARIS = "Europe/Paris"


def paris(*moment):
    with timezone.override(PARIS):
        return timezone.make_aware(dt.datetime(*moment))


@pytest.mark.parametrize(
    ("now", "until", "wakes_at"),
    [
        # Wednesday.
        ((2026, 11, 25, 9, 0), Snooze.TOMORROW, (2026, 11, 26, 6, 0)),
        ((2026, 11, 25, 9, 0), Snooze.MONDAY, (2026, 11, 30, 6, 0)),
        ((2026, 11, 25, 9, 0), Snooze.MONTH, (2026, 12, 1, 6, 0)),
        # Just before and after midnight.
        ((2026, 11, 25, 23, 59), Snooze.TOMORROW, (2026, 11, 26, 6, 0)),
        ((2026, 11, 26, 0, 1), Snooze.TOMORROW, (2026, 11, 27, 6, 0)),
        # On a Monday, the next one.
        ((2026, 11, 30, 9, 0), Snooze.MONDAY, (2026, 12, 7, 6, 0)),
        # At the end of a long month, and of the year.
        ((2026, 1, 31, 9, 0), Snooze.MONTH, (2026, 2, 1, 6, 0)),
        ((2026, 12, 31, 9, 0), Snooze.MONTH, (2027, 1, 1, 6, 0)),
        # Over the night in which summer ends (25 October), and the one in which it begins (28 March 2027).
        ((2026, 10, 24, 9, 0), Snooze.TOMORROW, (2026, 10, 25, 6, 0)),
        ((2026, 10, 23, 9, 0), Snooze.MONDAY, (2026, 10, 26, 6, 0)),
        ((2027, 3, 27, 9, 0), Snooze.TOMORROW, (2027, 3, 28, 6, 0)),
        ((2026, 10, 9, 9, 0), Snooze.MONTH, (2026, 11, 1, 6, 0)),
    ],
)
def test_when_a_snoozed_cue_wakes(now, until, wakes_at):
    with timezone.override(PARIS):
        assert wakes(until, paris(*now)) == paris(*wakes_at)


def test_the_night_the_clock_goes_back_is_an_hour_longer():
    with timezone.override(PARIS):
        begins, ends = paris(2026, 10, 24, 6, 0), wakes(Snooze.TOMORROW, paris(2026, 10, 24, 6, 0))
    assert ends.astimezone(dt.UTC) - begins.astimezone(dt.UTC) == dt.timedelta(hours=25)


def test_the_readers_clock_counts_not_the_servers():
    now = dt.datetime(2026, 11, 25, 23, 30, tzinfo=dt.UTC)  # Thursday, half past midnight in Paris
    with timezone.override(PARIS):
        assert wakes(Snooze.TOMORROW, now) == paris(2026, 11, 27, 6, 0)


@pytest.fixture
def key(place):
    return f"waiting-question:{place.asked(place.member('Karim Haddad'), hours=26).pk}"


@pytest.mark.parametrize(
    ("until", "words"), [(Snooze.TOMORROW, "à demain"), (Snooze.MONDAY, "à lundi"), (Snooze.MONTH, "au 1er")]
)
def test_snoozing_says_until_when(place, key, until, words):
    step = services.snooze(community=place.community, key=key, until=until, by=place.manager)
    if timezone.localdate(step.until) == timezone.localdate() + dt.timedelta(days=1):
        words = "à demain"  # a Monday on a Sunday, the first on the last of a month
    assert queries.summary(step).startswith(f"Signal reporté {words}")
    assert step.outcome == Outcome.SNOOZED


def test_a_snoozed_cue_can_be_done_and_handed_and_snoozed_again(place, key):
    leila = place.member("Leïla Benali", role="lcm")
    first = services.snooze(community=place.community, key=key, until=Snooze.MONTH, by=place.manager)
    second = services.snooze(community=place.community, key=key, until=Snooze.TOMORROW, by=leila)
    third = services.hand_over(community=place.community, key=key, to=leila, by=place.manager)
    last = services.put_done(community=place.community, key=key, by=leila)
    standing = Step.objects.filter(undone_at=None, ended_at=None)
    assert list(standing) == [last]
    for step in (first, second, third):
        step.refresh_from_db()
        assert step.ended_at is not None
        assert not step.can_be_undone


def test_done_is_not_done_twice(place, key):
    services.put_done(community=place.community, key=key, by=place.manager)
    with pytest.raises(errors.AlreadyTreated):
        services.snooze(community=place.community, key=key, until=Snooze.MONTH, by=place.manager)


def test_after_its_rest_a_cue_can_be_treated_again(place, key):
    step = services.put_done(community=place.community, key=key, by=place.manager)
    Step.objects.filter(pk=step.pk).update(until=timezone.now() - dt.timedelta(minutes=1))
    again = services.put_done(community=place.community, key=key, by=place.manager)
    assert again.pk != step.pk


def test_undoing_frees_the_cue(place, key):
    step = services.put_done(community=place.community, key=key, by=place.manager)
    services.undo(step=step, by=place.manager)
    assert services.put_done(community=place.community, key=key, by=place.manager).pk != step.pk


def test_the_database_lets_one_gesture_stand_for_a_subject(place):
    StepFactory.create(community=place.community, by=place.manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        StepFactory.create(community=place.community, by=place.manager, key="newcomer-unheard:1")
    StepFactory.create(community=place.community, by=place.manager, undone_at=timezone.now())
