"""Hits, reciprocal ranks and concentration, against examples worked by hand."""

import pytest

from passeur.algorithms.evaluation.measures import gini, hit, reciprocal_rank


def test_the_rank_is_that_of_the_first_right_answer():
    assert reciprocal_rank([7, 3, 5], {3, 5}) == pytest.approx(1 / 2)


def test_the_mean_over_three_questions_worked_by_hand():
    # Ranks 1, 3 and none: (1 + 1/3 + 0) / 3 = 4/9.
    ranks = [reciprocal_rank([1, 2, 3], right) for right in ({1}, {3}, {9})]
    assert sum(ranks) / 3 == pytest.approx(4 / 9)


def test_past_the_tenth_place_nothing_counts():
    ranked = list(range(20))
    assert reciprocal_rank(ranked, {9}) == pytest.approx(1 / 10)
    assert reciprocal_rank(ranked, {10}) == 0.0


def test_a_hit_looks_at_the_first_places_only():
    assert hit([4, 5, 6], {6}, 3) == 1.0
    assert hit([4, 5, 6], {6}, 2) == 0.0
    assert hit([], {6}, 5) == 0.0


def test_equal_loads_are_not_concentrated():
    assert gini([3, 3, 3, 3]) == pytest.approx(0.0)


def test_everything_on_one_of_four():
    assert gini([0, 0, 0, 8]) == pytest.approx(3 / 4)


def test_one_two_three_worked_by_hand():
    # Σ (2i − n − 1) x = −2·1 + 0·2 + 2·3 = 4, over n Σ x = 3·6 = 18.
    assert gini([3, 1, 2]) == pytest.approx(4 / 18)


def test_nobody_and_nothing_are_not_concentrated():
    assert gini([]) == 0.0
    assert gini([0, 0]) == 0.0
