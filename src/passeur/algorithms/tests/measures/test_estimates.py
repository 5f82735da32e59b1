"""Shares, rates and figures over bitmaps: by hand, and how often their intervals hold the truth."""

import math
from functools import partial

import numpy as np
import pytest

from passeur.algorithms.measures.engagement import stickiness
from passeur.algorithms.measures.estimates import Share, deviations
from passeur.algorithms.measures.jackknife import jackknife
from passeur.algorithms.measures.rates import Bursts, Rate, bursts_of


def test_deviations_of_the_usual_levels():
    assert deviations(0.95) == pytest.approx(1.959964, abs=1e-6)
    assert deviations(0.90) == pytest.approx(1.644854, abs=1e-6)


def test_a_share_by_the_score_as_wilson_published_it():
    # 8 of 10: (0.8 + 1.9208/10 ± 1.96 √(0.016 + 0.0096)) / 1.38416, roughly 0.490 to 0.943.
    interval = Share(8, 10).interval()
    assert (interval.low, interval.high) == pytest.approx((0.4902, 0.9433), abs=1e-4)


def test_shares_of_nothing_and_at_the_ends():
    assert Share(0, 0).value is None
    assert (Share(0, 0).interval().low, Share(0, 0).interval().high) == (0.0, 1.0)
    assert Share(0, 20).interval().low == 0.0
    assert Share(20, 20).interval().high == 1.0


def test_more_than_all_is_not_a_share():
    with pytest.raises(ValueError, match="5 out of 4"):
        Share(5, 4)


def test_a_rate_by_the_score():
    # 16 events in 4 days: (16 + 1.92 ± 1.96 √(16 + 0.96)) / 4.
    interval = Rate(16, 4).interval()
    assert (interval.low, interval.high) == pytest.approx((2.462, 6.498), abs=1e-3)
    assert Rate(16, 4).value == 4.0
    assert Rate(0, 4).interval().low == 0.0
    assert Rate(0, 0).value is None
    assert Rate(0, 0).interval().high == math.inf


def test_bursts_widen_the_interval_of_a_rate():
    calm, bursts = Rate(100, 10).interval(), Rate(100, 10, Bursts(4)).interval()
    assert bursts.high - bursts.low > 1.9 * (calm.high - calm.low)


def test_a_guess_from_few_days_widens_it_more():
    few, many = Bursts(4, freedom=7), Bursts(4)
    assert few.deviations(0.95) == pytest.approx(2 * 2.3646, abs=1e-4)
    assert many.deviations(0.95) == pytest.approx(2 * 1.96, abs=1e-4)


def test_bursts_take_the_week_as_it_is():
    assert bursts_of([10, 10, 10, 10, 10, 0, 0] * 4).dispersion == 1.0
    assert bursts_of([1, 2]) == Bursts()
    assert bursts_of([0] * 28) == Bursts()
    # Mondays of 2 and 8 alike: mean 5, 4 · 9 / 5 over 3.
    found = bursts_of([2, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0] * 2)
    assert found.dispersion == pytest.approx(7.2 / 3)
    assert found.freedom == 1.5


def test_two_periods_tell_together_how_their_days_come():
    one, other = [4] * 7 + [6] * 7, [0] * 7 + [2] * 7
    assert bursts_of(one).dispersion == 1.0
    assert bursts_of(other).dispersion == pytest.approx(2.0)
    assert bursts_of(one, other).dispersion == pytest.approx((7 * 2 / 5 + 7 * 2 / 1) / 14)


def test_dispersion_is_found_again():
    random = np.random.default_rng(6)
    found = [bursts_of(random.negative_binomial(5, 1 / 3, 91).tolist()).dispersion for _ in range(200)]
    assert np.mean(found) == pytest.approx(3.0, rel=0.05)


@pytest.mark.parametrize(("n", "truth"), [(25, 0.3), (100, 0.27), (400, 0.05)])
def test_a_share_is_covered_in_93_to_97_percent_of_runs(n, truth):
    counts = np.random.default_rng(7).binomial(n, truth, 1_000)
    assert 930 <= sum(truth in Share(int(count), n).interval() for count in counts) <= 970


@pytest.mark.parametrize("mean", [6.5, 40.0])
def test_a_rate_is_covered_in_93_to_97_percent_of_runs(mean):
    counts = np.random.default_rng(8).poisson(mean, 1_000)
    assert 930 <= sum(mean / 7 in Rate(int(count), 7).interval() for count in counts) <= 970


def habits(random, members, days):
    """Bitmaps of days of members who each have a chance of their own to be there."""
    chances = random.beta(0.8, 3.0, members)
    present = random.random((days, members)) < chances
    return [int.from_bytes(np.packbits(day, bitorder="little").tobytes(), "little") for day in present]


def test_the_jackknife_of_a_mean_is_the_formula_of_its_error():
    # Of a share of 3 of 10, one member a group: √(0.3 · 0.7 / 9).
    figure = jackknife(lambda members: (members & 0b111).bit_count() / members.bit_count(), (1 << 10) - 1)
    assert figure.value == pytest.approx(0.3)
    assert figure.error == pytest.approx(math.sqrt(0.3 * 0.7 / 9))
    assert figure.groups == 10


def test_nothing_to_measure_has_no_bounds():
    figure = jackknife(lambda members: None, 0b1111)
    assert figure.value is None
    assert figure.interval().high == math.inf


def test_stickiness_is_covered_in_93_to_97_percent_of_runs():
    random = np.random.default_rng(9)
    crowd = habits(random, 20_000, 24)
    truth = stickiness(crowd, (1 << 20_000) - 1, month=10)
    assert truth is not None
    everyone, covered = (1 << 120) - 1, 0
    for _ in range(1_000):
        days = habits(random, 120, 24)
        figure = jackknife(partial(stickiness, days, month=10), everyone)
        covered += truth in figure.interval()
    assert 930 <= covered <= 970
