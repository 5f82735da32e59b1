"""Ties, who stands alone, reciprocity and openness of teams, on networks small enough to draw."""

import networkx as nx
import numpy as np
import pytest

from passeur.algorithms.measures.centrality import centralities
from passeur.algorithms.measures.introducing import introduction_score
from passeur.algorithms.measures.network import (
    Met,
    Openness,
    between,
    gather,
    links,
    openness,
    reciprocity,
    standing,
)

PEOPLE = ["ana", "ben", "chloe", "driss", "eve", "fatou"]
MONTH = 365.25 / 12
# Ana and Ben reply to each other; Chloe to Ana, who does not; Driss was in an exchange with Ana; Eve in none.
MET = [
    Met("ana", "ben", 2, 0, 0.0),
    Met("ben", "ana", 1, 1, 0.0),
    Met("chloe", "ana", 1, 0, 0.0),
    Met("ana", "driss", 0, 1, 0.0),
    Met("driss", "ana", 0, 1, 0.0),
    Met("fatou", "chloe", 1, 0, 0.0),
]


def weight(ties, source, target):
    ends = zip(ties.source.tolist(), ties.target.tolist(), strict=True)
    return dict(zip(ends, ties.weight.tolist(), strict=True))[
        ties.people.index(source), ties.people.index(target)
    ]


def test_a_reply_weighs_ten_presence_one_and_months_take_a_tenth_each():
    ties = gather(PEOPLE, [Met("ana", "ben", 1, 2, 0.0), Met("ana", "ben", 1, 0, 2 * MONTH)])
    assert weight(ties, "ana", "ben") == pytest.approx(10 + 2 + 10 * 0.9**2)


def test_strangers_to_the_community_and_oneself_make_no_tie():
    ties = gather(
        ["ana"], [Met("ana", "ben", 3, 0, 0), Met("ana", "ana", 3, 0, 0), Met("ana", "ana", 0, 0, 0)]
    )
    assert len(ties.source) == 0
    assert standing(ties).isolated.tolist() == [True]


def test_who_is_isolated_unheard_or_hangs_on_one_tie():
    found = standing(gather(PEOPLE, MET))
    assert found.isolated.tolist() == [False, False, False, False, True, False]
    # Nobody replied to Fatou; Driss replied to nobody; Chloe got a reply.
    assert found.unheard.tolist() == [False, False, False, False, False, True]
    assert found.one_tie.tolist() == [False, True, False, True, False, True]
    isolated, unheard, one = found.shares
    assert (isolated.count, unheard.count, one.count, one.of) == (1, 1, 3, 6)


def test_reciprocity_is_of_replies_by_pair():
    share = reciprocity(gather(PEOPLE, MET))
    assert (share.count, share.of) == (1, 3)


def test_nobody_met_anybody():
    ties = gather(PEOPLE, [])
    assert reciprocity(ties).value is None
    assert all(standing(ties).isolated)
    assert openness(ties, {}) == (Openness(0, 0), {})
    assert Openness(0, 0).value is None


def test_openness_of_teams_by_pair():
    teams = {"ana": "north", "ben": "north", "chloe": "south", "driss": "south", "fatou": "south"}
    whole, by_team = openness(gather(PEOPLE, MET), teams)
    # Pairs: ana-ben inside; ana-chloe and ana-driss across; chloe-fatou inside.
    assert whole == Openness(external=2, internal=2)
    assert by_team["north"] == Openness(2, 1)
    assert by_team["north"].value == pytest.approx(1 / 3)
    assert by_team["south"].value == pytest.approx(1 / 3)


def test_who_is_of_no_team_is_left_out_of_openness():
    whole, _ = openness(gather(PEOPLE, MET), {"ana": "north", "ben": "north"})
    assert whole == Openness(0, 1)


def test_density_between_and_within_groups():
    groups = {"north": ["ana", "ben", "eve"], "south": ["chloe", "driss"]}
    found = between(gather(PEOPLE, MET), groups)
    assert (found["north", "north"].count, found["north", "north"].of) == (1, 3)
    assert (found["north", "south"].count, found["north", "south"].of) == (2, 6)
    assert (found["south", "south"].count, found["south", "south"].of) == (0, 1)


def test_a_person_in_two_groups_makes_no_pair_with_themselves():
    found = between(gather(PEOPLE, MET), {"one": ["ana", "ben"], "two": ["ana", "chloe"]})
    # ana-chloe, ben-ana, ben-chloe are possible; the first two are tied.
    assert (found["one", "two"].count, found["one", "two"].of) == (2, 3)


def test_density_counts_what_counting_by_hand_counts():
    random = np.random.default_rng(1)
    people = list(range(30))
    met = [Met(int(a), int(b), 1, 0, 0.0) for a, b in random.integers(0, 30, (120, 2))]
    groups = {name: random.choice(30, 12, replace=False).tolist() for name in "abc"}
    ties = gather(people, met)
    tied = {frozenset((one.source, one.target)) for one in met if one.source != one.target}
    for (first, second), share in between(ties, groups).items():
        pairs = {frozenset((a, b)) for a in groups[first] for b in groups[second] if a != b}
        assert (share.count, share.of) == (len(pairs & tied), len(pairs))


def test_the_middle_of_a_star_is_the_middle_by_every_count():
    found = centralities(gather(list("abcd"), [Met("a", other, 1, 0, 0) for other in "bcd"]))
    assert found.degree.tolist() == pytest.approx([1, 1 / 3, 1 / 3, 1 / 3])
    assert found.betweenness.tolist() == pytest.approx([1, 0, 0, 0])
    assert found.closeness.tolist() == pytest.approx([1, 3 / 5, 3 / 5, 3 / 5])


def test_places_are_those_that_networkx_counts():
    """Also of people who cannot all reach each other, and of who has no tie."""
    graph = nx.gnm_random_graph(80, 95, seed=7)
    found = centralities(gather(list(range(80)), [Met(a, b, 1, 0, 0) for a, b in graph.edges]))
    for ours, theirs in (
        (found.degree, nx.degree_centrality(graph)),
        (found.closeness, nx.closeness_centrality(graph)),
        (found.betweenness, nx.betweenness_centrality(graph)),
    ):
        assert ours.tolist() == pytest.approx([theirs[person] for person in range(80)])
    assert nx.number_connected_components(graph) > 2


@pytest.mark.parametrize("people", [0, 1, 2])
def test_of_hardly_anybody_nobody_is_between(people):
    met = [Met(0, 1, 1, 0, 0)] if people == 2 else []
    found = centralities(gather(list(range(people)), met))
    assert found.betweenness.tolist() == [0] * people
    assert found.half_hangs_on == 0


def test_half_of_the_ways_hangs_on_the_middle_of_a_star_and_on_half_of_a_ring():
    star = gather(list(range(9)), [Met(0, other, 1, 0, 0) for other in range(1, 9)])
    assert centralities(star).half_hangs_on == 1
    ring = gather(list(range(10)), [Met(one, (one + 1) % 10, 1, 0, 0) for one in range(10)])
    assert centralities(ring).half_hangs_on == 5


def test_starting_points_estimate_what_all_would_say():
    graph = nx.connected_watts_strogatz_graph(400, 6, 0.2, seed=2)
    ties = gather(list(range(400)), [Met(a, b, 1, 0, 0) for a, b in graph.edges])
    exact, guessed = centralities(ties, pivots=400), centralities(ties, pivots=150)
    assert np.corrcoef(exact.closeness, guessed.closeness)[0, 1] > 0.95
    assert np.corrcoef(exact.betweenness, guessed.betweenness)[0, 1] > 0.9
    assert guessed.closeness.mean() == pytest.approx(exact.closeness.mean(), rel=0.02)
    assert guessed.half_hangs_on == pytest.approx(exact.half_hangs_on, rel=0.1)


def test_an_introduction_needs_all_three():
    assert introduction_score(0.5, 0.4, 1, 4) == pytest.approx(0.5 * 0.4 * 0.75)
    assert introduction_score(0.5, 0.4, 4, 4) == 0
    assert introduction_score(0.5, 0.4, 6, 4) == 0
    assert introduction_score(0.0, 1.0, 0, 4) == 0
    assert introduction_score(1.7, 1.0, 0, 4) == 1


def test_pairs_between_each_two_groups_and_within():
    groups = {"ana": "sales", "ben": "sales", "chloe": "stock", "driss": "stock"}
    found = links(gather(PEOPLE, MET), groups)
    # Fatou is of no group, so her reply to Chloe is in no pair.
    assert found == {("sales", "sales"): 1, ("sales", "stock"): 2}
    whole, by_group = openness(gather(PEOPLE, MET), groups)
    assert (whole.external, by_group["stock"].external) == (2, 2)
