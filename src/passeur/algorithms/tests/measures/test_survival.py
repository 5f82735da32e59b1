"""Curves of waiting: by hand, against scipy, and against what would have been seen had everybody waited."""

import math
from typing import Any

import numpy as np
import pytest
from scipy import stats

from passeur.algorithms.measures.survival import from_counts, kaplan_meier


def test_worked_by_hand():
    # 1 served of 5; one still waiting left at 2; at 3 one of the 3 left; at 5 one of 2.
    curve = kaplan_meier([1, 2, 3, 5, 6], [True, False, True, True, False])
    assert curve.times.tolist() == [1, 3, 5]
    assert curve.share == pytest.approx([4 / 5, 4 / 5 * 2 / 3, 4 / 5 * 2 / 3 * 1 / 2])
    assert curve.log_variance == pytest.approx([1 / 20, 1 / 20 + 1 / 6, 1 / 20 + 1 / 6 + 1 / 2])
    assert curve.median.value == 5
    assert [curve.at(time).value for time in (0, 0.5, 1, 2.9)] == pytest.approx([1, 1, 0.8, 0.8])


def test_past_the_last_observation_nothing_is_known_unless_everybody_was_served():
    assert kaplan_meier([1, 2], [True, False]).at(3).value is None
    assert kaplan_meier([1, 2], [True, True]).at(3).value == 0.0
    assert kaplan_meier([1, 2], [True, True]).at(3).interval().high == 0.0


def test_a_curve_that_stays_above_half_has_no_median_but_a_lower_bound_may_exist():
    curve = kaplan_meier([1, 2, 3, 4], [True, False, False, False])
    assert curve.median.value is None
    assert curve.median.interval().high == math.inf


def test_nobody_asked():
    curve = kaplan_meier([], [])
    assert curve.median.value is None
    assert curve.at(24).value is None
    assert (curve.median.interval().low, curve.median.interval().high) == (0.0, math.inf)


def test_bins_worked_by_hand():
    # 10 asked. Of [0, 1): 2 served, 2 seen no longer: 2 of 9 → 7/9. Of [1, 4): 3 of 6 − ½ → 7/9 · 2.5/5.5.
    curve = from_counts([1, 4, math.inf], [2, 3, 1], [2, 1, 1])
    assert curve.share == pytest.approx([7 / 9, 7 / 9 * 2.5 / 5.5])
    assert curve.at(0.5).value == pytest.approx(8 / 9)
    low = 7 / 9 * 2.5 / 5.5
    assert curve.median.value == pytest.approx(1 + 3 * (7 / 9 - 0.5) / (7 / 9 - low))
    assert curve.at(5).value is None


def censored(random, n):
    """Waits of a skewed kind (log-normal, hours), and how long each was looked at; the truth beside them."""
    waits = random.lognormal(2.0, 1.2, n)
    seen = random.uniform(4, 60, n)
    return waits, np.minimum(waits, seen), waits <= seen


def test_the_curve_and_its_interval_are_those_of_scipy():
    _, times, happened = censored(np.random.default_rng(1), 200)
    ours = kaplan_meier(times, happened)
    theirs = stats.ecdf(stats.CensoredData(times[happened], right=times[~happened])).sf
    steps = np.isin(theirs.quantiles, ours.times)
    assert ours.share == pytest.approx(theirs.probabilities[steps])
    interval: Any = theirs.confidence_interval(method="log-log")
    low, high = ours.bounds()
    assert low == pytest.approx(interval.low.probabilities[steps])
    assert high == pytest.approx(interval.high.probabilities[steps])


def test_bounds_of_the_whole_curve_are_those_of_each_time():
    _, times, happened = censored(np.random.default_rng(2), 60)
    curve = kaplan_meier(times, happened)
    low, high = curve.bounds(0.9)
    for step, time in enumerate(curve.times):
        interval = curve.at(time).interval(0.9)
        assert (low[step], high[step]) == pytest.approx((interval.low, interval.high))


def test_the_median_of_censored_waits_is_within_5_percent_of_the_uncensored_one():
    waits, times, happened = censored(np.random.default_rng(3), 4_000)
    assert happened.mean() < 0.85  # a sixth and more had to be guessed
    truth = float(np.median(waits))
    assert kaplan_meier(times, happened).median.value == pytest.approx(truth, rel=0.05)
    assert float(np.median(times[happened])) < 0.9 * truth  # what neglect would make of it


def test_the_median_from_hourly_bins_is_within_5_percent_too():
    waits, times, happened = censored(np.random.default_rng(4), 4_000)
    ends = np.append(np.arange(1, 97), np.inf)
    which = np.searchsorted(ends, times, side="right")
    served = np.bincount(which[happened], minlength=97)
    left = np.bincount(which[~happened], minlength=97)
    curve = from_counts(ends, served, left)
    assert curve.median.value == pytest.approx(float(np.median(waits)), rel=0.05)
    exact = kaplan_meier(times, happened)
    assert curve.at(24).value == pytest.approx(exact.at(24).value, abs=0.01)
    assert curve.median.interval().low == pytest.approx(exact.median.interval().low, rel=0.05)


@pytest.mark.parametrize("n", [40, 150])
def test_intervals_cover_the_truth_in_93_to_97_percent_of_runs(n):
    random = np.random.default_rng(5)
    median, at_24 = math.exp(2.0), float(stats.lognorm(1.2, scale=math.exp(2.0)).sf(24))
    covered_median = covered_share = 0
    for _ in range(1_000):
        _, times, happened = censored(random, n)
        curve = kaplan_meier(times, happened)
        covered_median += median in curve.median.interval()
        covered_share += at_24 in curve.at(24).interval()
    assert 930 <= covered_median <= 970
    assert 930 <= covered_share <= 970
