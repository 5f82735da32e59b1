"""Two managers at the same moment: one does it, the other is told, and nothing happens twice."""

import threading
from typing import Any

import pytest
from django.db import connection

from .. import errors, services
from ..choices import Snooze
from ..models import Step
from ..services import treating
from ..services.gestures import Given
from .factories import Place

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts):
    """Run the acts at once, each on a connection of its own; what each gave or raised."""
    outcomes: list[Any] = [None] * len(acts)

    def run(place, act):
        try:
            outcomes[place] = act()
        except Exception as problem:
            outcomes[place] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


@pytest.fixture
def at_once(monkeypatch):
    """Both have seen the cue as free before either takes it."""
    gate = threading.Barrier(2, timeout=20)
    current = treating._current

    def and_wait(*seen):
        cue = current(*seen)
        gate.wait()
        return cue

    monkeypatch.setattr(treating, "_current", and_wait)


@pytest.fixture
def place() -> Place:
    return Place()


@pytest.fixture
def leila(place):
    return place.member("Leïla Benali", role="lcm")


def sorted_out(outcomes):
    done = [outcome for outcome in outcomes if isinstance(outcome, Step)]
    refused = [outcome for outcome in outcomes if isinstance(outcome, errors.AlreadyTreated)]
    return done, refused


def test_one_question_gets_one_answer(place, leila, at_once):
    asked = place.asked(place.member("Karim Haddad"), hours=26)
    key = f"waiting-question:{asked.pk}"

    def answering(by):
        given = Given(text=f"De {by.name}")
        return lambda: services.move(community=place.community, key=key, slug="answer", given=given, by=by)

    done, refused = sorted_out(together(answering(place.manager), answering(leila)))
    assert (len(done), len(refused)) == (1, 1)
    assert asked.contributions.count() == 2  # the opening and one answer
    assert done[0].by.name in str(refused[0])


def test_one_newcomer_gets_one_word(place, leila, at_once):
    anais = place.member("Anaïs Girard", days=9)
    key = f"never-exchanged:{anais.pk}"

    def writing(by):
        given, slug = Given(text="Bienvenue."), f"write_to-{anais.pk}"
        return lambda: services.move(community=place.community, key=key, slug=slug, given=given, by=by)

    done, refused = sorted_out(together(writing(place.manager), writing(leila)))
    assert (len(done), len(refused), place.community.notes.count()) == (1, 1, 1)


def test_two_cues_of_one_subject_are_not_both_acted_on(place, leila, at_once):
    asked = place.asked(place.member("Anaïs Girard", days=9), hours=26)

    def on(rule, by):
        return lambda: services.put_done(community=place.community, key=f"{rule}:{asked.pk}", by=by)

    done, refused = sorted_out(together(on("waiting-question", place.manager), on("newcomer-unheard", leila)))
    assert (len(done), len(refused)) == (1, 1)


def test_a_snoozed_cue_is_taken_up_by_one(place, leila, request):
    asked = place.asked(place.member("Karim Haddad"), hours=26)
    key = f"waiting-question:{asked.pk}"
    services.snooze(community=place.community, key=key, until=Snooze.MONTH, by=leila)
    request.getfixturevalue("at_once")

    def doing(by):
        return lambda: services.put_done(community=place.community, key=key, by=by)

    done, refused = sorted_out(together(doing(place.manager), doing(leila)))
    assert (len(done), len(refused)) == (1, 1)
    assert Step.objects.filter(ended_at=None).count() == 1


def test_one_gesture_is_undone_once(place, leila):
    asked = place.asked(place.member("Karim Haddad"), hours=26)
    step = services.put_done(community=place.community, key=f"waiting-question:{asked.pk}", by=leila)
    outcomes = together(
        lambda: services.undo(step=step, by=place.manager), lambda: services.undo(step=step, by=leila)
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "NothingToUndo"]
