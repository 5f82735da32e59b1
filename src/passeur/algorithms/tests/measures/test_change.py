"""Whether a difference is real: published examples, and a null that is called real in at most 5% of runs."""

import math

import numpy as np
import pytest
from scipy import stats

from passeur.algorithms.measures.change import Overlap, change, change_of_shares
from passeur.algorithms.measures.estimates import Share
from passeur.algorithms.measures.jackknife import jackknife
from passeur.algorithms.measures.many import adjusted
from passeur.algorithms.measures.rates import Rate, bursts_of
from passeur.algorithms.measures.survival import kaplan_meier

RUNS = 1_000


def test_two_shares_as_newcombe_worked_them():
    # Newcombe (1998), table II, method 10: 56/70 against 48/80, 0.0524 to 0.3339.
    found = change(Share(48, 80), Share(56, 70))
    assert found.difference == pytest.approx(0.2)
    assert (found.interval.low, found.interval.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert found.real


def test_p_and_the_interval_never_contradict_each_other():
    for count in range(20, 50):
        found = change(Share(20, 60), Share(count, 60))
        assert found.real == (0.0 not in found.interval)
        edge = change(Share(20, 60), Share(count, 60), level=1 - found.p) if found.p < 1 else found
        nearest = min(abs(edge.interval.low), abs(edge.interval.high))
        assert found.p == 1.0 or nearest == pytest.approx(0.0, abs=1e-5)


def test_no_change_at_all_is_chance():
    assert change(Share(5, 20), Share(5, 20)).p == 1.0


def test_a_figure_that_is_missing_makes_no_change():
    found = change(Share(0, 0), Share(3, 4))
    assert (found.difference, found.p, found.real) == (None, 1.0, False)


def test_a_median_that_is_never_reached_cannot_have_changed():
    slow, fast = kaplan_meier([9, 9, 9], [True, False, False]), kaplan_meier([1, 2, 3], [True] * 3)
    assert change(slow.median, fast.median).p == 1.0


def test_the_same_people_in_both_periods_make_a_change_surer():
    # 100 members: 40 in both, 2 only before, 12 only after.
    overlap = Overlap(both=40, only_before=2, only_after=12, neither=46)
    yule = (40 * 46 - 2 * 12) / math.sqrt(42 * 58 * 52 * 48)
    assert overlap.phi == pytest.approx(math.tanh(math.atanh(yule) - 1 / math.sqrt(97)))
    paired = change_of_shares(Share(42, 100), Share(52, 100), overlap)
    assert paired.real
    assert not change(Share(42, 100), Share(52, 100)).real


def test_the_overlap_of_two_bitmaps():
    assert Overlap.of(0b0111, 0b0011, 0b1111) == Overlap(2, 1, 0, 1)
    assert Overlap.of(0b0111, 0b0011, 0b1100) == Overlap(0, 1, 0, 1)


def called_real(found):
    return sum(one.real for one in found) / len(found)


@pytest.mark.parametrize("n", [8, 40, 200])
def test_equal_shares_are_called_different_in_at_most_5_percent(n):
    random = np.random.default_rng(10)
    found = [
        change(Share(int(a), n), Share(int(b), n))
        for a, b in random.binomial(n, random.uniform(0.05, 0.6, (RUNS, 1)), (RUNS, 2))
    ]
    assert called_real(found) <= 0.05


@pytest.mark.parametrize(("n", "share"), [(40, 0.3), (200, 0.27), (300, 0.08)])
def test_a_difference_of_shares_is_covered(n, share):
    random = np.random.default_rng(10)
    moved = zip(random.binomial(n, share, RUNS), random.binomial(n, share + 0.1, RUNS), strict=True)
    held = sum(0.1 in change(Share(int(a), n), Share(int(b), n)).interval for a, b in moved)
    assert 930 <= held <= 970


@pytest.mark.parametrize(("members", "stayed"), [(40, 40), (150, 110), (400, 300)])
def test_habits_that_did_not_change_are_not_a_change(members, stayed):
    random, found = np.random.default_rng(11), []
    for _ in range(3 * RUNS):
        before = random.random(members) < (chances := random.beta(0.8, 2.0, members))
        chances[stayed:] = random.beta(0.8, 2.0, members - stayed)  # some left, others came
        after = random.random(members) < chances
        a, b = before[:stayed], after[:stayed]
        overlap = Overlap(*(int((x & y).sum()) for x, y in ((a, b), (a, ~b), (~a, b), (~a, ~b))))
        found.append(
            change_of_shares(Share(int(before.sum()), members), Share(int(after.sum()), members), overlap)
        )
    assert called_real(found) <= 0.05
    assert sum(0.0 in one.interval for one in found) / len(found) <= 0.97


@pytest.mark.parametrize("days", [14, 28, 91])
def test_equal_rates_are_not_a_change_even_in_bursts(days):
    random, found = np.random.default_rng(12), []
    for one, other in random.negative_binomial(3, 3 / 8, (RUNS, 2, days)):  # mean 5 a day, variance 13.3
        bursts = bursts_of(one.tolist(), other.tolist())
        found.append(change(Rate(int(one.sum()), days, bursts), Rate(int(other.sum()), days, bursts)))
    assert called_real(found) <= 0.05


def test_equal_calm_rates_are_not_a_change():
    sums = np.random.default_rng(12).poisson(5, (RUNS, 2, 56)).sum(axis=2)
    assert called_real([change(Rate(int(a), 56), Rate(int(b), 56)) for a, b in sums]) <= 0.05


def test_a_real_difference_of_rates_is_covered():
    random = np.random.default_rng(13)
    pairs = zip(random.poisson(60, RUNS), random.poisson(90, RUNS), strict=True)
    held = sum(30 / 14 in change(Rate(int(a), 14), Rate(int(b), 14)).interval for a, b in pairs)
    assert 930 <= held <= 970


def test_equal_waits_are_not_a_change_and_a_longer_median_is_covered():
    random, null, held = np.random.default_rng(14), [], 0
    for _ in range(RUNS):
        curves = []
        for scale in (2.0, 2.0, 2.5):
            waits, seen = random.lognormal(scale, 1.0, 80), random.uniform(10, 80, 80)
            curves.append(kaplan_meier(np.minimum(waits, seen), waits <= seen))
        null.append(change(curves[0].median, curves[1].median))
        held += math.exp(2.5) - math.exp(2.0) in change(curves[0].median, curves[2].median).interval
    assert called_real(null) <= 0.05
    assert 930 <= held <= 975


def test_a_change_of_a_figure_over_bitmaps_is_the_figure_of_the_change():
    def moved(kept):
        return ((0b110011 & kept).bit_count() - (0b000011 & kept).bit_count()) / kept.bit_count()

    assert jackknife(moved, 0b111111).value == pytest.approx(2 / 6)


def test_many_looks_are_paid_for_as_scipy_pays_for_them():
    random = np.random.default_rng(15)
    p = random.random(30) ** 2
    assert adjusted(p.tolist()) == pytest.approx(stats.false_discovery_control(p).tolist())
    assert adjusted([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.04, 0.04])
    assert adjusted([]) == []


def test_of_tables_of_noise_at_most_5_percent_show_anything():
    random = np.random.default_rng(16)
    tables = random.random((RUNS, 24))
    assert sum(min(adjusted(table.tolist())) < 0.05 for table in tables) / RUNS <= 0.06
