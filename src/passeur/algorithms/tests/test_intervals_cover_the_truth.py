"""Bootstrap intervals of paired differences cover a known truth, and a rerun gives the same bounds."""

import numpy as np
import pytest

from passeur.algorithms.evaluation.measures import paired_difference


def test_an_interval_at_95_percent_covers_the_truth_in_93_to_97_percent_of_runs():
    random = np.random.default_rng(7)
    covered = 0
    for run in range(1_000):
        shared = random.normal(size=150)
        ours = shared + random.normal(0.1, 0.5, 150)
        theirs = shared + random.normal(0.0, 0.5, 150)
        interval = paired_difference(ours, theirs, rounds=500, seed=run)
        covered += interval.low <= 0.1 <= interval.high
    assert 930 <= covered <= 970


def test_a_null_difference_is_called_real_in_at_most_one_run_in_fourteen():
    # Of hits: 0 or 1, drawn alike for both. 5% is the aim, 7% leaves room for 500 runs.
    random = np.random.default_rng(11)
    called = 0
    for run in range(500):
        interval = paired_difference(
            random.integers(0, 2, 150), random.integers(0, 2, 150), rounds=500, seed=run
        )
        called += interval.low > 0 or interval.high < 0
    assert called / 500 <= 0.07


def test_the_same_seed_gives_the_same_interval():
    ours, theirs = [1.0, 0.0, 1.0, 1.0], [0.0, 0.0, 1.0, 0.5]
    assert paired_difference(ours, theirs, seed=3) == paired_difference(ours, theirs, seed=3)


def test_the_difference_is_the_mean_of_the_pairs():
    assert paired_difference([1.0, 1.0], [0.0, 0.5]).difference == pytest.approx(0.75)


def test_pairs_that_always_differ_alike_leave_no_doubt():
    interval = paired_difference([1.0] * 9, [0.25] * 9)
    assert interval.low == interval.high == pytest.approx(0.75)


def test_no_pairs_no_difference():
    interval = paired_difference([], [])
    assert (interval.difference, interval.low, interval.high) == (0.0, 0.0, 0.0)
