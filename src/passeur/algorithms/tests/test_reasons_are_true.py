"""Every reason given for a person can be recounted from the evidence."""

import pytest

from passeur.algorithms.routing import Acceptance, AskedQuestion, Reason, ReasonKind
from passeur.algorithms.routing.evidence import DAY
from passeur.algorithms.routing.timeline import known_at

from .factories import (
    AMINA,
    ASKER,
    BRUNO,
    JOINS,
    SPREADSHEETS,
    TREE,
    answer,
    busy_community,
    everything_of,
    exchanges,
    question,
    ranker_after,
)


def test_seven_questions_on_joins_two_accepted():
    ranker = ranker_after(
        [*exchanges(AMINA, range(1, 8), JOINS, first_id=1), Acceptance(2, 3 * DAY), Acceptance(5, 6 * DAY)]
    )
    (candidate,) = ranker.rank(question(999, 400, JOINS, asker=AMINA + 50), 400 * DAY)
    assert candidate.reasons == (Reason(ReasonKind.THEME_ANSWERS, count=7, accepted=2, theme=JOINS),)


def test_several_replies_in_one_exchange_are_one_answered_question():
    ranker = ranker_after([question(1, 1, JOINS), *(answer(i, 1, AMINA, 1 + i / 24) for i in range(1, 5))])
    (candidate,) = ranker.rank(question(999, 400, JOINS, asker=77), 400 * DAY)
    assert candidate.reasons[0].count == 1


def test_one_acceptance_counts_once():
    ranker = ranker_after(
        [
            question(1, 1, JOINS),
            answer(1, 1, AMINA, 1.1),
            answer(2, 1, AMINA, 1.2),
            Acceptance(1, 2 * DAY),
            Acceptance(2, 3 * DAY),
        ]
    )
    assert ranker.history.records[AMINA].accepted == 1


def test_similar_questions_are_named():
    ranker = ranker_after(
        [
            *exchanges(BRUNO, range(1, 9), SPREADSHEETS, first_id=1, title="Pivot table shows the wrong sum"),
            question(50, 9, JOINS, title="Left join duplicates my rows"),
            answer(50, 50, AMINA, 9.1),
        ]
    )
    asked = question(999, 400, asker=77, title="Why does a left join duplicate rows?")
    reasons = {candidate.person: candidate.reasons for candidate in ranker.rank(asked, 400 * DAY)}
    assert Reason(ReasonKind.SIMILAR_ANSWERS, count=1, accepted=0, questions=(50,)) in reasons[AMINA]
    assert all(reason.kind is not ReasonKind.SIMILAR_ANSWERS for reason in reasons[BRUNO])


def test_a_person_whom_the_asker_names_comes_first_and_for_that_reason():
    ranker = ranker_after(
        [
            *exchanges(AMINA, range(1, 30), JOINS, first_id=1),
            *exchanges(BRUNO, [3], SPREADSHEETS, first_id=101),
        ]
    )
    asked = AskedQuestion(999, 77, 400 * DAY, themes=(SPREADSHEETS,), mentions=(BRUNO,))
    first = ranker.rank(asked, 400 * DAY)[0]
    assert (first.person, first.reasons[0].kind) == (BRUNO, ReasonKind.MENTIONED)


def test_without_anything_closer_all_answers_are_the_reason():
    ranker = ranker_after(exchanges(AMINA, range(1, 4), SPREADSHEETS, first_id=1))
    (candidate,) = ranker.rank(question(999, 400, JOINS, asker=77), 400 * DAY)
    assert candidate.reasons == (Reason(ReasonKind.ANSWERS, count=3, accepted=0),)


@pytest.mark.parametrize("seed", range(4))
def test_reasons_match_a_recount(seed):
    past = busy_community(seed, questions=50)
    now = 45 * DAY
    before = [event for event in everything_of(past) if known_at(event) < now]
    ranker = ranker_after(before)
    questions = {q.id: q for q in past.questions if q.asked_at < now}
    given: dict[int, dict[int, float]] = {}
    for a in sorted((a for a in past.answers if a.at < now), key=lambda a: a.at):
        if a.author != questions[a.question].asker:
            given.setdefault(a.author, {}).setdefault(a.question, a.at)
    asked = question(999, 45, JOINS, asker=3, title="join query slow", text="table index")
    for candidate in ranker.rank(asked, now):
        mine = given[candidate.person]
        for reason in candidate.reasons:
            if reason.kind is ReasonKind.THEME_ANSWERS:
                of_theme = [q for q in mine if reason.theme in TREE.with_broader(questions[q].themes)]
                assert reason.count == len(of_theme)
            elif reason.kind is ReasonKind.RECENT_ANSWERS:
                assert reason.count == sum(at >= now - 30 * DAY for at in mine.values())
            elif reason.kind is ReasonKind.HELPED_ASKER:
                assert reason.count == sum(questions[q].asker == 3 for q in mine)
            elif reason.kind is ReasonKind.SIMILAR_ANSWERS:
                assert set(reason.questions) <= set(mine)
        assert candidate.reasons
    assert ASKER not in given
