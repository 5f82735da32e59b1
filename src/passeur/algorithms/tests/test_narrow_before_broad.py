"""The narrow expert comes before the broad one, and old evidence before none."""

from passeur.algorithms.routing.candidates import theme_weights
from passeur.algorithms.routing.evidence import DAY

from .factories import (
    AMINA,
    BRUNO,
    CHLOE,
    JOINS,
    SPREADSHEETS,
    SQL,
    TREE,
    exchanges,
    question,
    ranker_after,
)


def test_the_expert_of_joins_comes_before_the_expert_of_sql():
    ranker = ranker_after(
        [
            *exchanges(AMINA, range(1, 31), SQL, first_id=1),
            *exchanges(BRUNO, range(1, 31), JOINS, first_id=101),
        ]
    )
    ranked = ranker.rank(question(999, 31, JOINS), 31 * DAY)
    assert [candidate.person for candidate in ranked] == [BRUNO, AMINA]


def test_who_answered_on_joins_also_counts_for_sql_as_a_whole():
    ranker = ranker_after(
        [
            *exchanges(AMINA, range(1, 21), SPREADSHEETS, first_id=1),
            *exchanges(BRUNO, range(1, 21), JOINS, first_id=101),
        ]
    )
    ranked = ranker.rank(question(999, 21, SQL), 21 * DAY)
    assert ranked[0].person == BRUNO


def test_of_two_themes_the_rarer_weighs_more():
    ranker = ranker_after(
        [
            *exchanges(AMINA, range(1, 41), SPREADSHEETS, first_id=1),
            *exchanges(BRUNO, range(1, 4), SQL, first_id=101),
        ]
    )
    weights = theme_weights(ranker.history, question(999, 41, SPREADSHEETS, SQL))
    assert weights[SQL] > weights[SPREADSHEETS]
    assert sum(weights.values()) == 1.0


def test_a_broader_theme_weighs_half_of_an_equally_rare_one():
    weights = theme_weights(ranker_after([]).history, question(999, 1, JOINS))
    assert weights[JOINS] == 2 * weights[SQL]


def test_a_tree_that_bites_its_tail_ends():
    looped = type(TREE)({1: 2, 2: 1})
    assert looped.with_broader([1]) == {1: 0, 2: 1}


def test_nobody_known_nobody_proposed():
    assert ranker_after([]).rank(question(1, 1, JOINS), DAY) == []


def test_somebody_from_elsewhere_is_better_than_nobody():
    ranker = ranker_after(exchanges(CHLOE, range(1, 4), SPREADSHEETS, first_id=1))
    assert [c.person for c in ranker.rank(question(999, 9, JOINS), 9 * DAY)] == [CHLOE]


def test_people_to_leave_out_are_left_out():
    ranker = ranker_after(exchanges(CHLOE, range(1, 4), SPREADSHEETS, first_id=1))
    assert ranker.rank(question(999, 9, SPREADSHEETS), 9 * DAY, without={CHLOE}) == []
