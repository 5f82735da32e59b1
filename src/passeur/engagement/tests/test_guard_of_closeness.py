"""Ties per member, closeness and how many half of the ways lead through tell of nobody.

Of five to eight people every network that there can be is drawn (13,580 of them, people without names). An
adversary reads what is told of one, by the rules of the page: how many are isolated, have one tie, how many
pairs are tied, how close they are, through how many half of the ways lead. They look for all networks of
which the same would be told. If nobody is isolated, or has one tie, in any of them, or everybody is, they
know it of each.

Of larger communities there are too many networks to draw. There a network in which nobody is isolated, or has
one tie, is told of only if another one is found in which somebody is, and of which the same would be told:
ties are moved, by chance, towards what is told. `test_guard_of_networks` reads pairs there.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from importlib import import_module
from math import ceil

import networkx
import numpy as np
import pytest

from passeur.algorithms.disclosure import MARGIN
from passeur.algorithms.measures.centrality import centralities
from passeur.algorithms.measures.estimates import Share
from passeur.algorithms.measures.network import Met, gather

from .. import queries
from . import all_networks

network = import_module(queries.network.__module__)
SIZES = (5, 6, 7, 8)
LARGER = (9, 10, 11, 12, 14, 16, 18, 20, 22, 24, 28, 34, 44, 52)
KINDS = ("isolated", "one_tie")


@cache
def all_of(people):
    """The counts of each network of so many people; of eight, without those that are the same."""
    if people == 8:
        return all_networks.kept(8, np.unique(all_networks.counts(all_networks.of_eight()), axis=0))
    graphs = [graph for graph in networkx.graph_atlas_g() if graph.number_of_nodes() == people]
    some = np.stack([networkx.to_numpy_array(graph) for graph in graphs])
    return all_networks.kept(people, all_networks.counts(some))


def row_of(one):
    """The counts of one network."""
    (row,) = all_networks.kept(len(one), all_networks.counts(one[None]))
    return row


def larger(seed):
    return [all_networks.by_chance(seed, people) for people in LARGER]


def told(row):
    """What an LCM reads of it: the two counts, and how it holds together; None where that is withheld."""
    shares = [network.count_of_people(row.people, getattr(row, kind), 5) for kind in KINDS]
    holding = network.holding([row])
    return (
        *(share.count if isinstance(share, Share) else None for share in shares),
        holding if isinstance(holding, network.Holding) else None,
    )


def would_tell(row):
    """The same figures of it, were none of them withheld; counts that are never told are nobody's."""
    counts = [
        network.rounded(count) if MARGIN <= count <= row.people - MARGIN else -1
        for count in (getattr(row, kind) for kind in KINDS)
    ]
    digits = 2 if row.people >= network.MANY else 1
    half = network.ROUNDED * ceil(row.half / network.ROUNDED)
    return *counts, (network.rounded(row.tied), round(row.closeness, digits), half)


def is_alike(row, counts, holding):
    """Whether of a network the same would be told as what is told."""
    *others, there = would_tell(row)
    here = (holding.tied, holding.closeness, holding.half)
    return there == here and all(count in (None, one) for count, one in zip(counts, others, strict=True))


def attack(people):
    """Of how many networks somebody knows what each is."""
    by_holding = defaultdict(list)
    for row in all_of(people):
        by_holding[would_tell(row)[-1]].append(row)
    found = 0
    for row in all_of(people):
        *counts, holding = told(row)
        if holding is None:
            continue
        there = by_holding[holding.tied, holding.closeness, holding.half]
        alike = [other for other in there if is_alike(other, counts, holding)]
        found += sum({getattr(other, kind) for other in alike} in ({0}, {people}) for kind in KINDS)
    return found


def attack_larger(one):
    """What nobody is of whom a network tells, as far as another one is looked for."""
    row, chance = row_of(one), np.random.default_rng(7)
    *counts, holding = told(row)
    if holding is None:
        return []
    return [
        (len(one), kind)
        for kind in KINDS
        if not getattr(row, kind) and not is_found(one, kind, counts, holding, chance)
    ]


def is_found(one, kind, counts, holding, chance):
    """Whether a network with somebody of that kind is found, of which the same would be told."""
    people = len(one)
    for who in (int(one.sum(axis=0).argmin()), *chance.integers(people, size=2).tolist()):
        nearest = all_networks.without(one, who, KINDS.index(kind))
        some, least = nearest[None], np.inf
        for _ in range(40):
            rows = all_networks.counts(some)
            off = how_far(rows, holding)
            for row in all_networks.kept(people, rows[off < 1e-9]):
                if getattr(row, kind) and is_alike(row, counts, holding):
                    return True
            if off.min() <= least:
                nearest, least = some[off.argmin()], off.min()
            some = all_networks.nearly(nearest, who, 30, chance)
    return False


def how_far(rows, holding):
    """Of rows of counts, how far each is from what is told."""
    _isolated, _one_tie, tied, closeness, half = rows.T
    slack = 0.499 / 10 ** (2 if holding.people >= network.MANY else 1)
    few, many = holding.half - network.ROUNDED + 1 - half, half - holding.half
    return (
        100 * np.maximum(0, abs(closeness - holding.closeness) - slack)
        + 10 / holding.people * np.maximum(0, np.maximum(few, many))
        + np.maximum(0, abs(tied - holding.tied) - 2) / 5
    )


@pytest.mark.parametrize("people", SIZES)
def test_no_network_tells_of_each(people):
    assert not attack(people)


@pytest.mark.parametrize("seed", range(8))
def test_no_larger_one_does(seed):
    assert [found for one in larger(seed) for found in attack_larger(one)] == []


def test_some_networks_are_told():
    assert sum(told(row)[-1] is not None for row in all_of(7)) >= 30
    shown = [told(row_of(one))[-1] for seed in range(8) for one in larger(seed)]
    assert sum(one is not None for one in shown) >= len(shown) / 8


def test_those_that_people_really_make_are_told():
    """Where some have many ties, and most have few."""
    graphs = [networkx.powerlaw_cluster_graph(people, 2, 0.3, people) for people in (30, 60, 100)]
    assert all(told(row_of(networkx.to_numpy_array(graph)))[-1] is not None for graph in graphs)


def test_where_all_is_told_people_are_found_out(monkeypatch):
    monkeypatch.setattr(network, "leaves_open", lambda *told: True)
    assert attack(7) >= 400
    assert any(attack_larger(one) for one in larger(0))


def test_with_two_digits_people_are_found_out(monkeypatch):
    monkeypatch.setattr(network, "MANY", 5)
    assert attack(7)


def test_where_counts_that_are_told_are_not_looked_at_people_are_found_out(monkeypatch):
    leaves_open = network.leaves_open
    monkeypatch.setattr(network, "leaves_open", lambda told, *counts: leaves_open(told, 0, 0))
    assert attack(8)


def test_where_half_of_the_ways_may_lead_through_all_people_are_found_out(monkeypatch):
    """In a ring of eleven, half of the ways lead through six: so each stands between two others."""
    ring = networkx.to_numpy_array(networkx.cycle_graph(11))
    assert told(row_of(ring))[-1] is None
    monkeypatch.setattr(network, "BETWEEN", 0)
    assert attack_larger(ring) == [(11, kind) for kind in KINDS]


def test_counts_of_many_are_those_of_each():
    graphs = [graph for graph in networkx.graph_atlas_g() if graph.number_of_nodes() == 6]
    for graph in graphs[::5]:
        ties = gather(list(graph), [Met(one, other, 1, 0, 0) for one, other in graph.edges()])
        found, degrees = centralities(ties), [degree for _, degree in graph.degree()]
        (row,) = all_networks.counts(networkx.to_numpy_array(graph)[None]).tolist()
        each = [degrees.count(0), degrees.count(1), graph.number_of_edges(), found.closeness.mean()]
        assert row == pytest.approx([*each, found.half_hangs_on])


def test_each_network_of_eight_is_there():
    """With four pairs there are eleven."""
    kinds: list[networkx.Graph] = []
    every = all_networks.of_eight()
    for graph in map(networkx.from_numpy_array, every[every.sum(axis=(1, 2)) == 2 * 4]):
        if not any(networkx.is_isomorphic(graph, other) for other in kinds):
            kinds.append(graph)
    assert len(kinds) == 11
