"""Places in a network: degree, closeness, betweenness. For distributions over a community, never a ranking.

Degree and closeness go with the sense of community, betweenness against it (Dawson, 2008).
"""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from passeur.algorithms.measures.network import Ties

PIVOTS = 256
"""Up to so many people, figures are exact; above, they are estimated from so many starting points."""


@dataclass(frozen=True, slots=True, eq=False)
class Centralities:
    """Of each person, by number, each in [0, 1]. Ways are counted in steps, whatever the strength of ties."""

    degree: NDArray[np.float64]
    closeness: NDArray[np.float64]
    betweenness: NDArray[np.float64]


def centralities(ties: Ties, *, pivots: int = PIVOTS, seed: int = 20_250_101) -> Centralities:
    """Freeman's (1979), where closeness is that of Wasserman & Faust for people who cannot all reach each
    other.

    From `pivots` starting points: betweenness as Brandes & Pich (2007), closeness as Eppstein & Wang (2004).
    Time grows with pivots × ties: a job's work in a community of thousands.
    """
    n = len(ties.people)
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(n))
    graph.add_edges_from(ties.pairs.tolist())
    if n <= pivots:
        closeness = nx.closeness_centrality(graph)
        betweenness = nx.betweenness_centrality(graph)
    else:
        closeness = _closeness(graph, pivots, seed)
        betweenness = nx.betweenness_centrality(graph, k=pivots, seed=seed)
    degree = nx.degree_centrality(graph)
    return Centralities(*(_in_order(figures, n) for figures in (degree, closeness, betweenness)))


def _closeness(graph: nx.Graph[int], pivots: int, seed: int) -> dict[int, float]:
    n = len(graph)
    starts = np.random.default_rng(seed).choice(n, pivots, replace=False)
    reached, steps = np.zeros(n), np.zeros(n)
    for start in starts.tolist():
        for person, length in nx.single_source_shortest_path_length(graph, start).items():
            if person != start:
                reached[person] += 1
                steps[person] += length
    looked = np.full(n, float(pivots))
    looked[starts] -= 1
    # reached / steps is one over the mean way; the share that is reached scales it, as among all.
    figures = np.divide(reached, steps, out=np.zeros(n), where=steps > 0) * reached / looked
    return dict(enumerate(figures.tolist()))


def _in_order(figures: dict[int, float], n: int) -> NDArray[np.float64]:
    return np.array([figures[number] for number in range(n)], dtype=np.float64)
