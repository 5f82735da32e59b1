"""With the cap on, nobody is in more than two lists of five, and the demand for people decides which."""

import random

import pytest

from passeur.algorithms.routing.fairness import FairLists


def streams(count, seed=1):
    """One person much in demand, five often, thirty seldom."""
    chance = random.Random(seed)
    for _ in range(count):
        likely = [(0, 0.3 + chance.random() / 2)]
        likely += [(person, chance.random() / 4) for person in range(1, 6)]
        likely += [(person, chance.random() / 20) for person in range(6, 36)]
        yield sorted(likely, key=lambda pair: -pair[1])


def test_nobody_is_in_more_than_the_allowed_share_of_lists():
    fair = FairLists(0.4)
    lists = [fair.choose(ranked) for ranked in streams(200)]
    shares = [sum(person in chosen for chosen in lists) / 200 for person in range(36)]
    assert max(shares) <= 0.4
    assert fair.largest_share == max(shares)


@pytest.mark.parametrize("count", [3, 4, 5, 14, 33])
def test_few_lists_are_fair_too(count):
    fair = FairLists(0.4)
    for ranked in streams(count):
        fair.choose(ranked)
    assert fair.largest_share <= 0.4


def test_lists_stay_full():
    fair = FairLists(0.4)
    assert all(len(fair.choose(ranked)) == 5 for ranked in streams(200))


def test_the_list_keeps_the_order_of_the_ranking():
    fair = FairLists(1.0, size=2)
    assert fair.choose([(7, 0.5), (8, 0.3), (9, 0.2)]) == [7, 8]


def test_a_person_in_demand_is_kept_for_where_they_matter_most():
    fair = FairLists(0.4)
    stream = list(streams(400))
    fair.rehearse(stream[:100])
    kept: list[float] = []
    left: list[float] = []
    for ranked in stream[100:]:
        (kept if 0 in fair.choose(ranked) else left).append(dict(ranked)[0])
    assert sum(kept) / len(kept) > sum(left) / len(left)


def test_a_rehearsal_counts_in_nobodys_load():
    fair = FairLists(0.4)
    fair.rehearse(list(streams(50)))
    assert fair.largest_share == 0.0


def test_a_share_of_one_changes_nothing():
    fair = FairLists(1.0)
    for ranked in streams(50):
        assert fair.choose(ranked) == [person for person, _ in ranked[:5]]
