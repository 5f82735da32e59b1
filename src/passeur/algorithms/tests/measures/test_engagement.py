"""Participation, stickiness, health and rhythm, worked by hand on a handful of members."""

import pytest

from passeur.algorithms.measures.engagement import health, participation, present, rhythm, stickiness

ANA, BEN, CHLOE, DRISS, EVE = (1 << ordinal for ordinal in range(5))
ALL = ANA | BEN | CHLOE | DRISS | EVE


def test_a_member_active_on_several_days_is_counted_once():
    share = participation([ANA | BEN, ANA, 0, CHLOE], ALL)
    assert (share.count, share.of, share.value) == (3, 5, 0.6)


def test_who_is_not_eligible_counts_neither_above_nor_below():
    share = participation([ANA | EVE], ALL & ~EVE)
    assert (share.count, share.of) == (1, 4)


def test_a_community_without_members_has_no_participation():
    assert participation([], 0).value is None


def test_stickiness_is_the_mean_of_days_over_their_month():
    # A month of 3 days. Day 3: 2 of {Ana, Ben, Chloe}; day 4: 1 of {Ben, Chloe}: (2/3 + 1/2) / 2.
    days = [ANA, BEN, BEN | CHLOE, BEN]
    assert stickiness(days, ALL, month=3) == pytest.approx((2 / 3 + 1 / 2) / 2)


def test_everybody_there_every_day_sticks_wholly_and_a_day_after_an_empty_month_says_nothing():
    assert stickiness([ALL] * 35, ALL) == 1.0
    assert stickiness([0, 0, 0, ANA], ALL, month=2) == 1.0
    assert stickiness([0] * 40, ALL) is None


def test_health_is_the_recent_ones_among_those_of_the_year():
    days = [ANA | BEN, CHLOE, 0, DRISS, ANA]
    share = health(days, ALL, recent=2)
    assert (share.count, share.of) == (2, 4)  # Driss and Ana, of the four that were ever there


def test_a_week_has_a_rhythm_with_three_different_starters():
    share = rhythm([ANA | BEN | CHLOE, ANA | BEN, ALL, 0])
    assert (share.count, share.of) == (2, 4)
    assert rhythm([ANA | BEN | CHLOE], ALL & ~CHLOE).count == 0


def test_present_is_everybody_of_any_day():
    assert present([ANA, CHLOE]) == ANA | CHLOE
    assert present([]) == 0
