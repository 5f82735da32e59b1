import datetime as dt

import pytest

from passeur.introductions.tests.factories import IntroductionFactory

from .. import services
from ..choices import Horizon
from ..services.gestures import Given

pytestmark = pytest.mark.django_db
RULE = "course-stuck"
Introduction = IntroductionFactory._meta.model


@pytest.fixture
def ada(place):
    return place.member("Ada Lovelace")


def test_two_tries_that_came_to_nothing_two_days_ago(place, ada):
    place.learns(ada, place.course(), days=20, failed=[6, 2 + 1 / 24])
    cue = place.cue(RULE)
    assert cue.title == "Un coup de main pour Ada Lovelace sur «\xa0Tenir ses stocks\xa0»\u202f?"
    assert [(move.name, move.person) for move in cue.moves] == [("write_to", ada), ("open_question", None)]
    assert (list(cue.people), cue.horizon) == ([ada.pk], Horizon.TODAY)
    assert "2" not in cue.why  # neither how often nor with which result


@pytest.mark.parametrize(
    "moments",
    [
        {"failed": [5]},
        {"failed": [5, 4], "advanced": 3},
        {"failed": [5, 4], "finished": 3},
        {"failed": [9, 5], "advanced": 7},
        {"failed": [5, 1.9]},
    ],
    ids=["one try", "went on", "finished", "one since", "still at it"],
)
def test_not_who(place, ada, moments):
    place.learns(ada, place.course(), days=20, **moments)
    assert place.cues(RULE) == []


def test_after_a_month_nobody_comes_back_to_it(place, ada):
    place.learns(ada, place.course(), days=60, failed=[33, 30 - 1 / 24])
    assert len(place.cues(RULE)) == 1
    assert place.cues(RULE, now=place.now + dt.timedelta(hours=2)) == []


def test_somebody_who_finished_it_is_proposed_and_the_reason_gives_nobody_away(place, ada):
    course = place.course()
    mei, busy = place.member("Mei Tran"), place.member("Paul Roy", receives_questions=False)
    place.learns(ada, course, days=20, failed=[5, 4])
    place.learns(mei, course, days=90, finished=50)
    place.learns(busy, course, days=90, finished=10)
    cue = place.cue(RULE)
    assert "<b>Mei Tran</b> l’a terminé." in cue.why
    introducing = cue.move(f"introduce-{mei.pk}")
    assert introducing.towards == ada
    for word in ("essai", "terminé", "difficult", "abouti"):
        assert word not in introducing.draft
    services.move(
        community=place.community,
        key=cue.key,
        slug=introducing.slug,
        given=Given(text=introducing.draft),
        by=place.manager,
    )
    made = Introduction.objects.get()
    assert {made.first_id, made.second_id} == {ada.pk, mei.pk}
    assert place.lists().today == []


def test_those_who_steer_are_not_in_it(place):
    place.learns(place.member("Léa Roux", role="lcm"), place.course(), days=20, failed=[5, 4])
    assert place.cues(RULE) == []
