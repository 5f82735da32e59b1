"""What stands in which list: one cue a subject, what rests, what was handed over, what was done today."""

import datetime as dt

import pytest
from django.utils import timezone

from passeur.conversations import services as conversations

from .. import queries, services
from ..choices import Snooze, View
from ..cues import rules
from .factories import Place, StepFactory, always_open

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(place):
    return place.asked(place.member("Karim Haddad"), hours=26)


def desk(place, manager=None, now=None):
    return place.lists(manager, now)


def keys(lines):
    return [line.cue.key for line in lines]


def test_there_is_a_rule_for_each_kind_of_cue():
    assert [rule.name for rule in rules()] == [
        "alone-everywhere",
        "claim-waiting",
        "could-meet",
        "course-dropped",
        "course-finished",
        "course-stuck",
        "gone-quiet",
        "missed-search",
        "never-exchanged",
        "newcomer-unheard",
        "no-longer-true",
        "not-accepted",
        "not-helped",
        "referral-expired",
        "rising-theme",
        "to-check",
        "waiting-question",
        "worth-showing",
    ]


def test_the_heavier_comes_first_and_then_the_one_that_waits_longest(place):
    late = place.asked(place.member("Karim Haddad"), hours=26)
    later = place.asked(place.member("Ada"), hours=30)
    newcomer = place.asked(place.member("Anaïs Girard", days=9), hours=14)
    assert [line.cue.conversation for line in desk(place).today] == [newcomer, later, late]


def test_done_rests_for_as_long_as_the_rule_says(place, asked):
    key = f"waiting-question:{asked.pk}"
    step = services.put_done(community=place.community, key=key, by=place.manager)
    assert desk(place).today == []
    assert desk(place).done == [step]
    assert keys(desk(place, now=step.until - dt.timedelta(minutes=1)).today) == []
    assert keys(desk(place, now=step.until + dt.timedelta(minutes=1)).today) == [key]


def test_a_gesture_also_answers_the_lighter_cue_of_its_subject(place):
    first = place.asked(place.member("Anaïs Girard", days=9), hours=26)
    services.put_done(community=place.community, key=f"newcomer-unheard:{first.pk}", by=place.manager)
    assert desk(place).today == []


def test_what_happened_since_is_news(place, asked):
    key = f"waiting-question:{asked.pk}"
    step = services.put_done(community=place.community, key=key, by=place.manager)
    place.wrote(asked, place.member("Mei Tran"), hours=-1)
    place.wrote(asked, asked.author, hours=-2, part="reply")
    later = step.at + dt.timedelta(hours=20)
    assert [line.cue.rule.name for line in desk(place, now=later).today] == ["not-helped"]


def test_snoozed_waits_in_its_list_for_everybody(place, asked):
    leila = place.member("Leïla Benali", role="lcm")
    key = f"waiting-question:{asked.pk}"
    services.snooze(community=place.community, key=key, until=Snooze.TOMORROW, by=place.manager)
    for manager in (place.manager, leila):
        assert (keys(desk(place, manager).today), keys(desk(place, manager).snoozed)) == ([], [key])


def test_handed_over_stands_first_for_who_got_it_and_rests_for_the_others(place, asked):
    leila = place.member("Leïla Benali", role="lcm")
    place.asked(place.member("Anaïs Girard", days=9), hours=20)
    key = f"waiting-question:{asked.pk}"
    services.hand_over(community=place.community, key=key, to=leila, by=place.manager)
    assert keys(desk(place, leila).today)[0] == key
    assert desk(place, leila).today[0].step.by == place.manager
    assert keys(desk(place).snoozed) == [key]
    assert key not in keys(desk(place).today)


def test_a_snoozed_cue_goes_when_its_reason_does(place, asked):
    key = f"waiting-question:{asked.pk}"
    services.snooze(community=place.community, key=key, until=Snooze.MONTH, by=place.manager)
    conversations.contribute(conversation=asked, body="Voici.", by=place.manager)
    assert desk(place).snoozed == []


def test_done_today_begins_at_midnight_on_the_readers_clock(place):
    now = dt.datetime(2026, 11, 25, 9, 0, tzinfo=dt.UTC)
    midnight = dt.datetime(2026, 11, 24, 23, 0, tzinfo=dt.UTC)  # in Paris
    before, after = midnight - dt.timedelta(minutes=1), midnight + dt.timedelta(minutes=1)
    StepFactory.create(community=place.community, by=place.manager, at=before, subject="a")
    step = StepFactory.create(community=place.community, by=place.manager, at=after, subject="b")
    StepFactory.create(community=place.community, by=place.manager, at=after, undone_at=now, subject="c")
    with timezone.override("Europe/Paris"):
        assert desk(place, now=now).done == [step]


def test_counts_are_the_lengths_of_the_lists(place, asked):
    place.asked(place.member("Anaïs Girard", days=9), hours=20)
    place.member("Ada", days=40)
    found = desk(place)
    assert found.counts == {
        View.TODAY: len(found.today),
        View.WEEK: len(found.week),
        View.SNOOZED: len(found.snoozed),
        View.DONE: len(found.done),
    }
    assert (found.counts[View.TODAY], found.counts[View.WEEK]) == (2, 1)


def test_people_who_wait_are_counted_once(place):
    karim = place.member("Karim Haddad")
    place.asked(karim, hours=26)
    place.asked(karim, hours=27)
    place.asked(place.member("Ada"), hours=27)
    assert desk(place).waiting_people == 2


def test_communities_keep_to_themselves(place, asked):
    elsewhere = Place(always_open(), manager=place.member("Leïla Benali"))
    elsewhere.asked(elsewhere.member("Ada"), hours=26)
    assert keys(desk(place).today) == [f"waiting-question:{asked.pk}"]


def test_a_cue_is_found_again_by_its_key(place, asked):
    key = f"waiting-question:{asked.pk}"
    cue = queries.find_cue(place.manager, place.community, key, timezone.now())
    assert cue is not None
    assert (cue.key, bool(cue.why), bool(cue.moves)) == (key, True, True)
    for unknown in ("waiting-question:0", "no-such-rule:1", "nonsense"):
        assert queries.find_cue(place.manager, place.community, unknown, timezone.now()) is None
