"""Effects of actions: worked by hand, and over a thousand actions whose truth is known."""

import numpy as np
import pytest

from passeur.algorithms.measures.effect import (
    adjusted,
    chance_of_split,
    effect,
    is_held_out,
    of_teams,
    smallest_effect,
)

RUNS = 1000


def test_who_is_held_out_is_the_same_whenever_it_is_asked_and_another_for_each_action():
    one, other = ([is_held_out(b"key", action, who, 0.2) for who in range(5000)] for action in (1, 2))
    assert one == [is_held_out(b"key", 1, who, 0.2) for who in range(5000)]
    assert sum(one) == pytest.approx(1000, abs=90)
    assert sum(np.logical_and(one, other)) == pytest.approx(200, abs=45)
    assert one != [is_held_out(b"another", 1, who, 0.2) for who in range(5000)]


def test_a_split_that_chance_did_not_make_is_seen():
    assert chance_of_split(800, 200, 0.2) == 1.0
    assert chance_of_split(810, 190, 0.2) == pytest.approx(0.4292, abs=1e-4)
    assert chance_of_split(900, 100, 0.2) < 1e-10
    assert chance_of_split(0, 0, 0.2) == 1.0


def test_two_means_by_hand():
    found = effect([3, 5, 7], [1, 2, 3])
    assert found.value == 3
    assert found.error == pytest.approx((4 / 3 + 1 / 3) ** 0.5)
    assert found.freedom == pytest.approx((5 / 3) ** 2 / ((4 / 3) ** 2 / 2 + (1 / 3) ** 2 / 2))
    assert effect([3], [1, 2]).value is None


def test_what_the_past_explains_is_taken_off_by_hand():
    found = adjusted([3, 5, 7], [1, 2, 3], [1, 2, 3], [1, 2, 3])  # θ = 6 / 4
    assert found.value == 3
    assert found.error == pytest.approx((0.25 / 3 + 0.25 / 3) ** 0.5)
    assert adjusted([3, 5, 7], [1, 2, 3], [4, 4, 4], [4, 4, 4]) == effect([3, 5, 7], [1, 2, 3])


def test_teams_of_one_are_members_and_teams_alike_are_one_observation_each():
    alone = of_teams([[3], [5], [7]], [[1], [2], [3]])
    assert alone.value == 3
    assert alone.error == pytest.approx(effect([3, 5, 7], [1, 2, 3]).error)
    assert of_teams([[3] * 4, [5] * 4, [7] * 4], [[1], [2], [3]]).error == pytest.approx(alone.error)
    assert of_teams([[3, 4]], [[1], [2]]).value is None


def test_the_smallest_effect_that_could_be_shown():
    assert smallest_effect(1.0, 100, 100) == pytest.approx(0.3962, abs=1e-4)
    assert smallest_effect(2.0, 100, 0) == float("inf")


@pytest.mark.parametrize("truth", [0.0, 0.5])
def test_intervals_cover_the_truth_in_93_to_97_percent_of_runs(truth):
    chance = np.random.default_rng(20_261_130)
    plain, less, teams, narrower = 0, 0, 0, 0
    for _ in range(RUNS):
        before = chance.poisson(2.0, 160).astype(float)
        after = before * 0.7 + chance.normal(0, 1, 160)
        after[:120] += truth
        one = effect(after[:120], after[120:])
        two = adjusted(after[:120], after[120:], before[:120], before[120:])
        own = chance.normal(0, 1, 40).repeat(4) + chance.normal(0, 1, 160)
        own[:80] += truth
        three = of_teams(list(own[:80].reshape(20, 4)), list(own[80:].reshape(20, 4)))
        plain += truth in one.interval()
        less += truth in two.interval()
        teams += truth in three.interval()
        narrower += two.error < one.error
    assert [0.93 <= covered / RUNS <= 0.97 for covered in (plain, less, teams)] == [True] * 3
    assert narrower >= 0.99 * RUNS


def test_at_80_percent_power_the_smallest_effect_is_seen_four_times_in_five():
    chance = np.random.default_rng(3)
    least = smallest_effect(1.0, 120, 40)
    seen = sum(
        effect(chance.normal(least, 1, 120), chance.normal(0, 1, 40)).interval().low > 0 for _ in range(RUNS)
    )
    assert seen / RUNS == pytest.approx(0.8, abs=0.04)
