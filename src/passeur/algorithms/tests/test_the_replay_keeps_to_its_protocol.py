"""Which questions are tested, who counts as having answered, and what the report says."""

import json

import pytest

from passeur.algorithms.evaluation.replay import OURS, replay
from passeur.algorithms.evaluation.routing import evaluate_routing, report
from passeur.algorithms.routing import Acceptance
from passeur.algorithms.routing.evidence import DAY

from .factories import (
    AMINA,
    ASKER,
    BRUNO,
    JOINS,
    answer,
    busy_community,
    exchanges,
    past_of,
    question,
)


def test_test_questions_come_after_the_first_80_percent_of_answers():
    # Ten answers on days 1 to 10; the ninth (index 8) ends the training, so only day 10 is tested.
    played = replay(past_of(exchanges(AMINA, range(1, 11), JOINS, first_id=1)))
    assert [trial.question for trial in played.trials] == [10]
    assert played.asked == 1


def test_a_given_date_moves_the_beginning():
    played = replay(past_of(exchanges(AMINA, range(1, 11), JOINS, first_id=1)), since=6 * DAY)
    assert [trial.question for trial in played.trials] == [6, 7, 8, 9, 10]


def test_a_question_that_only_a_newcomer_answered_is_in_the_share_but_not_scored():
    events = [
        *exchanges(AMINA, range(1, 9), JOINS, first_id=1),
        question(20, 20, JOINS),
        answer(20, 20, BRUNO, 20.1),
        question(21, 21, JOINS),
        answer(21, 21, BRUNO, 21.1),
    ]
    result = evaluate_routing(past_of(events), since=15 * DAY)
    assert (result.n, result.share) == (1, 0.5)


def test_an_answer_to_ones_own_question_is_none():
    events = [
        *exchanges(AMINA, range(1, 9), JOINS, first_id=1),
        question(20, 20, JOINS, asker=AMINA),
        answer(20, 20, AMINA, 20.1),
    ]
    assert evaluate_routing(past_of(events), since=15 * DAY).n == 0


def test_the_accepted_answerer_counts_and_else_the_first():
    events = [
        *exchanges(AMINA, range(1, 5), JOINS, first_id=1),
        *exchanges(BRUNO, range(1, 5), JOINS, first_id=11),
    ]
    for number in (30, 31):
        events += [question(number, number, JOINS), answer(number * 2, number, AMINA, number + 0.1)]
        events += [answer(number * 2 + 1, number, BRUNO, number + 0.2)]
    events.append(Acceptance(61, 30.5 * DAY))
    played = replay(past_of(events), since=30 * DAY)
    assert [trial.chosen for trial in played.trials] == [BRUNO, AMINA]


def test_an_acceptance_dated_by_day_alone_is_not_lost():
    events = [*exchanges(AMINA, [1.4], JOINS, first_id=1), Acceptance(1, 1 * DAY)]
    played = replay(past_of([*events, *exchanges(AMINA, [9], JOINS, first_id=2)]), since=9 * DAY)
    assert played.trials[0].chosen == AMINA


def test_a_community_where_one_person_answers_everything_worked_by_hand():
    result = evaluate_routing(past_of(exchanges(AMINA, range(1, 11), JOINS, first_id=1)), since=6 * DAY)
    assert (result.n, result.share) == (5, 1.0)
    assert (result.routing.any.hit_1, result.routing.any.mrr_10) == (1.0, 1.0)
    assert result.routing.max_share == 1.0
    assert result.routing.without_busiest.n == 0
    assert result.intervals["most_active"]["mrr@10"].difference == 0.0


def test_all_known_answerers_but_the_asker_are_ranked_by_the_baselines():
    past = busy_community(3)
    played = replay(past, since=40 * DAY)
    last = played.trials[-1]
    asker = next(q.asker for q in past.questions if q.id == last.question)
    assert set(last.proposals["most_active"]) == played.known - {asker} or len(played.known) > 20
    assert ASKER not in last.proposals[OURS]


def test_the_report_is_the_promised_json():
    result = report("place", replay(busy_community(4), since=30 * DAY))
    told = json.loads(json.dumps(result.as_json()))
    assert told["community"] == "place"
    assert set(told) == {
        "community",
        "n",
        "share",
        "routing",
        "baselines",
        "intervals",
        "load_cap",
        "max_share",
        "gini",
    }
    assert set(told["baselines"]) == {"most_active", "most_active_in_theme", "bm25_over_answers"}
    for method in (told["routing"], *told["baselines"].values()):
        assert {"any", "accepted", "without_busiest", "max_share", "gini"} <= set(method)
        assert {"hit@1", "hit@5", "mrr@10"} <= set(method["any"])
    assert {"cap", "max_share", "hit@5", "cost"} <= set(told["load_cap"])
    assert told["load_cap"]["hit@5"] == pytest.approx(
        told["routing"]["any"]["hit@5"] - told["load_cap"]["cost"]
    )


def test_a_community_without_a_past_has_figures_of_nothing():
    result = evaluate_routing(past_of([]))
    assert (result.n, result.share, result.routing.any.mrr_10) == (0, 0.0, 0.0)
