"""What happens on the day of a question or later changes neither its candidates nor their order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passeur.algorithms.evaluation.replay import replay
from passeur.algorithms.routing import Past
from passeur.algorithms.routing.evidence import DAY
from passeur.algorithms.routing.timeline import Event

from .factories import ASKER, CHLOE, JOINS, answer, busy_community, past_of, question


def until(past: Past, end: float) -> Past:
    """The same past without what happened from `end` (UNIX s) on."""
    return Past(
        past.community,
        tuple(q for q in past.questions if q.asked_at < end),
        tuple(a for a in past.answers if a.at < end),
        tuple(v for v in past.votes if v.day + DAY < end),
        tuple(a for a in past.acceptances if a.at < end),
        past.themes,
    )


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), cut=st.integers(35 * 24, 55 * 24))
def test_taking_the_future_away_does_not_change_what_was_proposed(seed, cut):
    past = busy_community(seed)
    since = 30 * DAY
    whole = replay(past, since=since)
    shortened = replay(until(past, cut * DAY / 24), since=since)
    after_the_cut = {q.id for q in past.questions if q.asked_at >= cut * DAY / 24}
    proposals = {t.question: (t.proposals, t.chances) for t in whole.trials}
    assert shortened.trials
    for trial in shortened.trials:
        assert trial.question not in after_the_cut
        assert proposals[trial.question] == (trial.proposals, trial.chances)


def test_an_answer_of_the_same_day_is_not_seen():
    known: list[Event] = [question(1, 1, JOINS), answer(1, 1, CHLOE, 1.1)]
    morning: list[Event] = [question(2, 9, JOINS), answer(2, 2, 77, 9.01)]
    evening: list[Event] = [question(3, 9.9, JOINS), answer(3, 3, CHLOE, 9.95)]
    played = replay(past_of(known + morning + evening), since=9 * DAY)
    proposed = {trial.question: trial.proposals["routing"] for trial in played.trials}
    assert proposed == {3: (CHLOE,)}


def test_two_runs_agree_to_the_last_bit():
    past = busy_community(5)
    assert replay(past, since=30 * DAY).trials == replay(past, since=30 * DAY).trials


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_the_evidence_handed_in_does_not_matter(seed):
    past = busy_community(seed)
    backwards = Past(
        past.community,
        past.questions[::-1],
        past.answers[::-1],
        past.votes[::-1],
        past.acceptances[::-1],
        past.themes,
    )
    assert replay(past, since=30 * DAY).trials == replay(backwards, since=30 * DAY).trials


def test_the_asker_is_never_proposed():
    for trial in replay(busy_community(8), since=30 * DAY).trials:
        asker = next(q.asker for q in busy_community(8).questions if q.id == trial.question)
        assert all(asker not in people for people in trial.proposals.values())
    assert ASKER not in replay(busy_community(8), since=30 * DAY).known
