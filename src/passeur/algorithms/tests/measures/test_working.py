"""What works and what to try: noise is never called real, what is real is found, few people stay unseen."""

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from passeur.algorithms.measures.change import Change
from passeur.algorithms.measures.estimates import Interval
from passeur.algorithms.measures.trying import expected_gain, pieces_to_tell, worth_trying
from passeur.algorithms.measures.working import Clustered, Tallies, look, overall, showable


def tallies(values, authors, useful, reach):
    """Rows of one piece each."""
    return rows_of(zip(values, authors, [1] * len(values), useful, reach, strict=True))


def rows_of(rows):
    """Rows of (value, author, pieces, useful ones, people reached)."""
    values, *columns = zip(*rows, strict=True)
    once = list(dict.fromkeys(values))
    places = [once.index(value) for value in values]
    return Tallies(once, *(np.asarray(one, dtype=np.int64) for one in (places, *columns)))


def a_quarter(random, *, pieces=400, members=60, effect=0.0):
    """Pieces of members of unequal diligence and talent; only Tuesdays help more, by `effect`."""
    authors = random.choice(members, pieces, p=random.dirichlet(np.ones(members)))
    talent = random.beta(3, 6, members)
    traits = {"day": 7, "hour": 5, "kind": 4, "length": 4, "theme": 12}
    # People have habits: half of what somebody writes is of their own usual value.
    values = {}
    for trait, n in traits.items():
        usual = random.integers(0, n, members)[authors]
        values[trait] = np.where(random.random(pieces) < 0.5, usual, random.integers(0, n, pieces))
    chances = np.clip(talent[authors] + effect * (values["day"] == 1), 0, 1)
    useful = random.random(pieces) < chances
    reach = random.negative_binomial(2, 0.25, pieces) + (3 * talent[authors]).astype(int)
    return {trait: tallies(of.tolist(), authors, useful, reach) for trait, of in values.items()}


def test_nothing_is_called_real_in_noise():
    random, alarms = np.random.default_rng(1), 0
    for _ in range(200):
        findings = look(a_quarter(random))
        assert len(findings) > 15
        alarms += any(one.useful_change.real or one.reach_change.real for one in findings)
    assert alarms / 200 <= 0.05


def test_what_is_real_is_found_and_is_no_longer_to_be_tried():
    random, found, tried = np.random.default_rng(2), 0, 0
    for _ in range(40):
        findings = look(a_quarter(random, pieces=900, members=120, effect=0.35))
        real = [(one.trait, one.value) for one in findings if one.useful_change.real]
        found += ("day", 1) in real
        tried += (
            any((one.finding.trait, one.finding.value) == ("day", 1) for one in worth_trying(findings))
            and ("day", 1) in real
        )
    assert found >= 36
    assert tried == 0


def test_authors_who_differ_make_a_share_less_sure():
    alike = [(value, who, 10, 5, 0) for value in "ab" for who in range(10)]
    apart = [(value, who, 10, 10 * (who % 2), 0) for value in "ab" for who in range(10)]
    first, second = look({"t": rows_of(alike)})[0].usefulness, look({"t": rows_of(apart)})[0].usefulness
    assert first.value == second.value == 0.5
    # Ten authors of 10 or 0 each: √(10 · 5² / 0.9) / 100.
    assert second.error == pytest.approx(math.sqrt(250 / 0.9) / 100)
    assert first.error == 0.0
    assert second.interval().high - second.interval().low > 0.5


@pytest.mark.parametrize("is_share", [True, False])
def test_clustered_means_are_covered(is_share):
    # Thirty authors of one to twelve pieces each, whose chances differ.
    random, covered, runs = np.random.default_rng(3), 0, 1_000
    for _ in range(runs):
        sizes, talent = random.integers(1, 13, 30), random.beta(4, 6, 30)
        amounts = random.binomial(sizes, talent) if is_share else random.poisson(sizes * 10 * talent)
        rows = [
            (value, who, int(n), int(k) if is_share else 0, 0 if is_share else int(k))
            for who, (n, k) in enumerate(zip(sizes, amounts, strict=True))
            for value in "ab"
        ]
        finding = look({"t": rows_of(rows)})[0]
        truth = 0.4 if is_share else 4.0
        covered += truth in (finding.usefulness if is_share else finding.reach).interval()
    assert 930 <= covered <= 970


def test_fewer_than_five_authors_are_not_shown_nor_found_from_the_rest():
    who = {"a": {1, 2, 3, 4, 5, 6}, "b": {1, 2, 3, 4, 5, 6, 7}, "c": {8, 9}}
    assert showable(who, 5) == ["b"]  # with c alone hidden, the total would tell of two people
    assert showable(who | {"d": {10, 11, 12}}, 5) == ["a", "b"]  # c and d together are five
    assert showable({"a": {1, 2}}, 5) == []
    assert showable({"a": {1, 2, 3, 4, 5}}, 5) == ["a"]


def test_a_value_alone_or_of_few_pieces_is_not_compared():
    rows = [("a", who, 3, 1, 5) for who in range(8)]
    assert look({"t": rows_of(rows)}) == []
    few = [("b", who, 1, 1, 5) for who in range(8)]
    assert [one.value for one in look({"t": rows_of(rows + few)}, least_pieces=9)] == []
    assert [one.value for one in look({"t": rows_of(rows + few)}, least_pieces=8)] == ["a", "b"]


def test_figures_of_a_finding_by_hand():
    rows = [("a", who, 4, 3, 20) for who in range(5)] + [("b", who, 2, 1, 4) for who in range(6)]
    finding = look({"t": rows_of(rows)})[0]
    assert (finding.value, finding.pieces, finding.people, finding.others) == ("a", 20, 5, 12)
    assert finding.usefulness.value == 0.75
    assert finding.reach.value == 5.0
    assert finding.useful_change.difference == pytest.approx(0.25)
    assert finding.reach_change.difference == pytest.approx(3.0)


def test_a_mean_over_all_pieces_is_that_of_their_authors_as_wholes():
    # Two pieces each of two authors, one of whom helps always.
    useful, reach = overall(np.array([7, 7, 9, 9]), np.array([1, 1, 0, 0]), np.array([3, 1, 2, 2]))
    assert (useful.value, reach.value, useful.freedom) == (0.5, 2.0, 1.0)
    # Residuals of 1 and −1, each of half of the pieces: √(2 · 1 / 0.5) / 4.
    assert (useful.error, reach.error) == (0.5, 0.0)
    nothing = np.empty(0, dtype=np.int64)
    assert [one.value for one in overall(nothing, nothing, nothing)] == [None, None]


def test_nobody_and_one_author_have_no_bounds():
    assert Clustered(None, 0.0, 0.0, is_share=True).interval() == Interval(0.0, 1.0)
    assert Clustered(2.0, 0.0, 0.0, is_share=False).interval() == Interval(0.0, math.inf)


def a_change(difference, low, high):
    return Change(0.3, 0.3 + difference, difference, Interval(low, high), 0.5)


def test_the_expected_gain_of_what_is_not_known():
    # Around 0 with σ = 0.1: σ / √(2π) = 0.0399.
    assert expected_gain(a_change(0.0, -0.196, 0.196)) == pytest.approx(0.0399, abs=1e-4)
    assert expected_gain(a_change(0.2, 0.2, 0.2)) == 0.2
    draws = stats.norm(0.05, 0.1).rvs(200_000, random_state=4)
    assert expected_gain(a_change(0.05, 0.05 - 0.196, 0.05 + 0.196)) == pytest.approx(
        np.maximum(draws, 0).mean(), rel=0.02
    )


def test_pieces_that_would_tell_as_in_fleiss():
    # 0.3 against 0.4 at 80%: (1.96 + 0.8416)² · (0.21 + 0.24) / 0.01 = 353.2.
    assert pieces_to_tell(0.3, 0.1) == 354
    assert pieces_to_tell(0.95, 0.4) == pieces_to_tell(0.95, 0.05)


def test_the_widest_gain_over_most_pieces_is_tried_first_and_one_of_each_trait():
    findings = look(a_quarter(np.random.default_rng(5)))
    base = findings[0]
    wide = replace(base, trait="hour", value=2, others=300, useful_change=a_change(0.05, -0.2, 0.3))
    narrow = replace(base, trait="hour", value=3, others=300, useful_change=a_change(0.0, -0.02, 0.02))
    few = replace(base, trait="kind", value=1, others=30, useful_change=a_change(0.05, -0.2, 0.3))
    worse = replace(base, trait="day", value=1, others=300, useful_change=a_change(-0.3, -0.4, -0.05))
    proposed = worth_trying([narrow, wide, few, worse])
    assert [(one.finding.trait, one.finding.value) for one in proposed] == [("hour", 2), ("kind", 1)]
    assert proposed[0].gain == 0.3
    assert proposed[0].needed == pieces_to_tell(0.3, 0.15)
    assert worth_trying([]) == []


def test_what_helped_less_often_than_the_rest_so_far_is_not_proposed():
    """However little is known of it; another value of the same trait is, if it may gain."""
    base = look(a_quarter(np.random.default_rng(5)))[0]
    less = replace(base, trait="hour", value=1, others=900, useful_change=a_change(-0.02, -0.28, 0.24))
    more = replace(base, trait="hour", value=2, others=300, useful_change=a_change(0.01, -0.2, 0.2))
    assert worth_trying([less]) == []
    assert [one.finding.value for one in worth_trying([less, more])] == [2]


@pytest.mark.parametrize("others", [1.0, 0.97])
def test_where_nearly_all_others_help_there_is_nothing_to_try(others):
    found = Change(others, 0.8, 0.8 - others, Interval(-0.5, 0.1), 0.5)
    base = look(a_quarter(np.random.default_rng(5)))[0]
    assert worth_trying([replace(base, useful_change=found)]) == []
