"""Knowledge that hangs on few, its freshness and its usefulness, by hand."""

import pytest

from passeur.algorithms.measures.knowledge import (
    Resource,
    absence_factor,
    concentration,
    freshness,
    is_fragile,
    unmet_demand,
    usefulness,
    verified_share,
)


@pytest.mark.parametrize(
    ("accepted", "factor"),
    [([], 0), ([0, 0], 0), ([5], 1), ([5, 5], 1), ([4, 3, 3], 2), ([1] * 10, 5), ([49, 26, 25], 2)],
)
def test_how_many_hold_half_of_the_accepted_answers(accepted, factor):
    assert absence_factor(accepted) == factor


def test_a_theme_nobody_asks_about_is_not_fragile():
    assert is_fragile(1, 3)
    assert not is_fragile(1, 0)
    assert not is_fragile(2, 3)
    assert not is_fragile(0, 3)


def test_concentration_goes_from_all_alike_to_one_alone():
    assert concentration([1, 1, 1, 1]) == pytest.approx(0.25)
    assert concentration([7, 0]) == 1.0
    assert concentration([3, 1]) == pytest.approx(0.625)
    assert concentration([0, 0]) is None


def test_unmet_demand_adds_questions_and_searches():
    assert unmet_demand(3, 4) == 7


def test_freshness_halves_with_each_interval():
    assert freshness(0, 180) == 1.0
    assert freshness(180, 180) == 0.5
    assert freshness(360, 180) == 0.25
    assert freshness(None, 180) == 0.0
    assert freshness(-3, 180) == 1.0


def test_verified_share_plain_and_by_what_people_open():
    plain, weighted = verified_share([Resource(True, 90), Resource(False, 5), Resource(False, 5)])
    assert plain.value == pytest.approx(1 / 3)
    assert weighted.value == 0.9
    assert verified_share([])[0].value is None


def test_one_vote_does_not_beat_forty():
    # Wilson's lower bound of 1 of 1 is 1 / (1 + 3.8415), of 38 of 40 about 0.835.
    one, forty = usefulness(1, 0), usefulness(38, 2)
    assert one is not None
    assert forty is not None
    assert one == pytest.approx(0.2065, abs=1e-4)
    assert forty == pytest.approx(0.8350, abs=1e-4)
    assert usefulness(0, 0) is None
