"""Ties per member, closeness and how many half of the ways lead through tell of nobody: all graphs are tried.

Of five, six and seven people every network that there can be is drawn (1,234 of them, people without
names). An adversary reads what is told of one, by the rules of the page: how many are isolated, have one tie,
how many pairs are tied, how close they are, through how many half of the ways lead. They look for all
networks of which the same would be told. If nobody is isolated, or has one tie, in any of them, or everybody
is, they know it of each. Of larger communities there are too many networks to draw; `test_guard_of_networks`
reads pairs there.
"""

from __future__ import annotations

import math
from collections import defaultdict
from functools import cache
from importlib import import_module

import networkx
import pytest

from passeur.algorithms.disclosure import MARGIN
from passeur.algorithms.measures.centrality import centralities
from passeur.algorithms.measures.estimates import Share
from passeur.algorithms.measures.network import Met, gather

from .. import queries
from ..models import Network

network = import_module(queries.network.__module__)
SIZES = (5, 6, 7)
KINDS = ("isolated", "one_tie")


@cache
def all_networks(people):
    return [made(graph) for graph in networkx.graph_atlas_g() if graph.number_of_nodes() == people]


def made(graph):
    """Its counts, as they are kept."""
    ties = gather(list(graph), [Met(one, other, 1, 0, 0) for one, other in graph.edges()])
    found, degrees = centralities(ties), [degree for _, degree in graph.degree()]
    return Network(
        people=len(degrees), isolated=degrees.count(0), one_tie=degrees.count(1), unheard=0, mutual=0,
        connected=0, tied=graph.number_of_edges(), half=found.half_hangs_on,
        closeness=float(found.closeness.mean()),
    )  # fmt: skip


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
    half = network.ROUNDED * math.ceil(row.half / network.ROUNDED)
    return *counts, (network.rounded(row.tied), round(row.closeness, digits), half)


def attack(people):
    """Of how many networks somebody knows what each is."""
    rows = all_networks(people)
    shown = [would_tell(row) for row in rows]
    found: dict[str, int] = defaultdict(int)
    for row in rows:
        *counts, holding = told(row)
        if holding is None:
            continue
        here = (holding.tied, holding.closeness, holding.half)
        alike = [
            other
            for other, (*others, there) in zip(rows, shown, strict=True)
            if there == here and all(count in (None, one) for count, one in zip(counts, others, strict=True))
        ]
        for kind in KINDS:
            found[kind] += {getattr(other, kind) for other in alike} in ({0}, {people})
    return sum(found.values())


@pytest.mark.parametrize("people", SIZES)
def test_no_network_tells_of_each(people):
    assert not attack(people)


def test_some_networks_are_told():
    assert sum(told(row)[-1] is not None for row in all_networks(7)) >= 30


def test_where_all_is_told_people_are_found_out(monkeypatch):
    monkeypatch.setattr(network, "leaves_open", lambda told: True)
    assert attack(7) >= 400


def test_with_two_digits_people_are_found_out(monkeypatch):
    monkeypatch.setattr(network, "MANY", 5)
    assert attack(7)
