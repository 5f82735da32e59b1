import datetime as dt

import pytest

from passeur.records.tests.factories import AgentFactory, CourseSilenceFactory

from ..choices import Horizon

pytestmark = pytest.mark.django_db
RULE = "course-dropped"


@pytest.fixture
def course(place):
    for n in range(3):
        place.member(f"Autre {n}")
    return place.course()


def stop(place, course, *days):
    return [place.learns(place.member(f"Ada {n} {ago}"), course, days=ago) for n, ago in enumerate(days)]


def test_five_who_stopped_call_for_a_discussion_and_nobody_is_named(place, course):
    stop(place, course, 22, 23, 24, 25, 21 + 1 / 24)
    cue = place.cue(RULE)
    assert cue.title == "«\xa0Tenir ses stocks\xa0»\xa0: plusieurs s’arrêtent en route"
    assert (list(cue.people), cue.waiting, cue.horizon) == ([], None, Horizon.WEEK)
    assert [move.name for move in cue.moves] == ["open_discussion"]
    assert "Ada" not in cue.title + cue.why


def test_how_many_they_are_is_never_told(place, course):
    stop(place, course, 22, 23, 24, 25, 26)
    five = place.cue(RULE)
    stop(place, course, 27, 28)
    seven = place.cue(RULE)
    assert (five.title, five.why, five.weight) == (seven.title, seven.why, seven.weight)


def test_four_are_too_few_and_a_fifth_makes_it_when_they_have_stopped(place, course):
    stop(place, course, 22, 23, 24, 25)
    assert place.cues(RULE) == []
    stop(place, course, 20)
    assert place.cues(RULE) == []
    assert len(place.cues(RULE, now=place.now + dt.timedelta(days=1, hours=1))) == 1


def test_who_finished_goes_on_left_or_said_no_does_not_count(place, course):
    rows = stop(place, course, 22, 23, 24, 25, 26)
    assert len(place.cues(RULE)) == 1
    last = rows[0]
    last.finished_at = place.ago(days=22)
    last.save()
    assert place.cues(RULE) == []
    last.finished_at, last.last_at = None, place.ago(days=2)
    last.save()
    assert place.cues(RULE) == []
    (sixth,) = stop(place, course, 30)
    assert len(place.cues(RULE)) == 1
    member = AgentFactory._meta.model.objects.get(key=sixth.agent).member
    CourseSilenceFactory.create(member=member)
    assert place.cues(RULE) == []


def test_where_nearly_everybody_stopped_it_would_be_said_of_each(place):
    course = place.course()
    stop(place, course, 22, 23, 24, 25, 26)
    place.member("Une seule autre")
    assert place.cues(RULE) == []
    place.member("Une deuxième")
    assert len(place.cues(RULE)) == 1


def test_three_months_later_it_is_past(place, course):
    stop(place, course, 22, 23, 24, 25, 26)
    assert place.cues(RULE, now=place.now + dt.timedelta(days=65)) == []
