"""Each community teaches its own weights; one without a past keeps those that are shipped."""

import numpy as np
import pytest

from passeur.algorithms.routing.signals import SIGNALS
from passeur.algorithms.routing.weights import DEFAULTS, Lesson, Weights, fit

THEME, ACTIVITY = SIGNALS.index("theme_quarter"), SIGNALS.index("active_quarter")


def lessons_where(signal, count, seed=0):
    """Lessons in which the person with the most of one signal is likely to answer; the rest is noise."""
    random = np.random.default_rng(seed)
    for _ in range(count):
        values = random.normal(size=(12, len(SIGNALS)))
        answered = np.zeros(12, dtype=np.bool_)
        answered[np.argmax(values[:, signal] + random.gumbel(scale=0.3, size=12))] = True
        yield Lesson(values.astype(np.float32), answered)


def test_no_lessons_no_change():
    assert fit([]) == Weights()


def test_a_lesson_that_nobody_answered_teaches_nothing():
    lesson = Lesson(np.ones((3, len(SIGNALS)), dtype=np.float32), np.zeros(3, dtype=np.bool_))
    assert fit([lesson]) == Weights()


@pytest.mark.parametrize(("signal", "other"), [(THEME, ACTIVITY), (ACTIVITY, THEME)])
def test_the_signal_that_tells_in_this_community_comes_to_weigh_most(signal, other):
    values = fit(list(lessons_where(signal, 200))).values
    assert values[signal] == max(values)
    assert values[signal] > values[other] + 1.0


def test_few_lessons_move_the_weights_less_than_many():
    few, many = (fit(list(lessons_where(THEME, n))).values[THEME] for n in (5, 300))
    assert DEFAULTS["theme_quarter"] < few < many


def test_the_start_only_saves_steps():
    lessons = list(lessons_where(THEME, 80))
    elsewhere = Weights.from_names(dict.fromkeys(SIGNALS, 0.5))
    np.testing.assert_allclose(
        fit(lessons, steps=40).values, fit(lessons, elsewhere, steps=40).values, atol=0.02
    )


def test_weights_come_back_from_their_names():
    weights = fit(list(lessons_where(THEME, 20)))
    assert Weights.from_names(weights.by_name(), weights.lessons) == weights


def test_a_signal_that_was_not_stored_keeps_its_default():
    assert Weights.from_names({}).by_name() == DEFAULTS
