"""Many networks at once: each that eight people can make, networks like another one, and their counts."""

from __future__ import annotations

from itertools import combinations

import networkx
import numpy as np
from numpy.typing import NDArray

from ..models import Network

Matrices = NDArray[np.float64]
"""Of each network, 1 where two people are tied: (networks, people, people)."""


def of_eight() -> Matrices:
    """Each network of eight people, some twice: one of seven, and one who has as many ties as anybody."""
    found = []
    for graph in networkx.graph_atlas_g():
        if graph.number_of_nodes() != 7:
            continue
        seven = networkx.to_numpy_array(graph)
        for ties in range(max(int(seven.sum(axis=0).max()), 0), 8):
            for friends in combinations(range(7), ties):
                one = np.zeros((8, 8))
                one[:7, :7] = seven
                one[7, list(friends)] = one[list(friends), 7] = 1.0
                if one.sum(axis=0).max() == ties:
                    found.append(one)
    return np.stack(found)


def by_chance(seed: int, people: int) -> Matrices:
    """A network of so many people: a ring, with ties to the next but one, or by chance, or none of them."""
    chance = np.random.default_rng(seed)
    one = np.zeros((people, people))
    for step in range(1, chance.integers(0, 4)):
        one[np.arange(people), (np.arange(people) + step) % people] = 1.0
    drawn = np.triu(chance.random((people, people)) < chance.choice([0.0, 0.1, 0.2, 0.4, 0.7]), 1)
    one = np.maximum(one, drawn)
    both: Matrices = np.maximum(one, one.T)
    return both


def without(one: Matrices, who: int, ties: int) -> Matrices:
    """The same network, of which somebody has no tie or one, and others those that they had."""
    other = one.copy()
    others = [person for person in range(len(one)) if person != who]
    lost = int(other[who].sum())
    friend = max(others, key=lambda person: other[person].sum())
    other[who] = other[:, who] = 0.0
    if ties:
        other[who, friend] = other[friend, who] = 1.0
    free = [(i, j) for i, j in combinations(others, 2) if not other[i, j]]
    free.sort(key=lambda pair: -other[list(pair)].sum())
    for i, j in free[: lost - ties]:
        other[i, j] = other[j, i] = 1.0
    return other


def nearly(one: Matrices, who: int, tries: int, chance: np.random.Generator) -> Matrices:
    """Networks like one, in which a few ties of others are ties of others: more often of who has many."""
    made = np.repeat(one[None], tries, axis=0)
    people = np.delete(np.arange(len(one)), who)
    for other in made:
        for _ in range(int(chance.integers(1, 4))):
            weight = 1.0 + other[people].sum(axis=1) ** chance.integers(0, 3)
            i, j = chance.choice(people, 2, replace=False, p=weight / weight.sum())
            there = np.argwhere(np.triu(other))
            k, m = there[chance.integers(len(there))]
            if who in (k, m) or other[i, j]:
                continue
            if chance.random() < 0.8:
                other[k, m] = other[m, k] = 0.0
            other[i, j] = other[j, i] = 1.0
    return made


def counts(some: Matrices) -> Matrices:
    """A row of each: who has no tie, who has one, pairs, closeness, through how many half the ways lead."""
    degrees = some.sum(axis=1)
    closeness, between = _places(some)
    return np.column_stack(
        [
            (degrees == 0).sum(axis=1), (degrees == 1).sum(axis=1), some.sum(axis=(1, 2)) / 2,
            np.round(closeness.mean(axis=1), 9), _half(between),
        ]
    )  # fmt: skip


def kept(people: int, rows: Matrices) -> list[Network]:
    """As they are kept."""
    return [
        Network(
            people=people, isolated=int(isolated), one_tie=int(one_tie), unheard=0, mutual=0, connected=0,
            tied=int(tied), half=int(half), closeness=float(close),
        )
        for isolated, one_tie, tied, close, half in rows.tolist()
    ]  # fmt: skip


def _places(some: Matrices) -> tuple[Matrices, Matrices]:
    """Closeness and betweenness of each person of each (see `algorithms.measures.centrality`)."""
    n = some.shape[1]
    distance = np.where(np.eye(n, dtype=bool), 0, -1) * np.ones((len(some), 1, 1), dtype=int)
    ways = np.eye(n) * np.ones((len(some), 1, 1))
    edge, last = ways, 0
    while True:
        edge = np.where(distance < 0, some @ edge, 0.0)
        if not edge.any():
            break
        last += 1
        distance[edge > 0] = last
        ways = ways + edge
    share = np.zeros_like(ways)
    for step in range(last, 0, -1):
        behind = np.divide(1.0 + share, ways, out=np.zeros_like(ways), where=distance == step)
        share += np.where(distance == step - 1, ways * (some @ behind), 0.0)
    share[:, np.arange(n), np.arange(n)] = 0.0
    reached, steps = (distance > 0).sum(axis=1), np.where(distance > 0, distance, 0).sum(axis=1)
    close = np.divide(reached**2, steps * (n - 1), out=np.zeros(steps.shape), where=steps > 0)
    return close, share.sum(axis=2) / ((n - 1) * (n - 2))


def _half(between: Matrices) -> NDArray[np.intp]:
    """The fewest people through whom half of the ways lead; 0 where none does."""
    ordered = np.cumsum(-np.sort(-between, axis=1), axis=1)
    whole = ordered[:, -1:]
    return np.where(whole[:, 0] > 0, (2 * ordered < whole * (1 - 1e-9)).sum(axis=1) + 1, 0)
