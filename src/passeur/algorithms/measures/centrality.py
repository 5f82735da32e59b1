"""Places in a network: degree, closeness, betweenness. For figures of a community, never a ranking.

Degree and closeness go with the sense of community, betweenness against it (Dawson, 2008).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from passeur.algorithms.measures.knowledge import absence_factor
from passeur.algorithms.measures.network import Ties

if TYPE_CHECKING:
    from scipy.sparse import csr_array

PIVOTS = 256
"""Up to so many people, figures are exact; above, they are estimated from so many starting points."""
_AT_ONCE = 32
"""Starting points that are followed together: one product of matrices takes a step from all of them."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Centralities:
    """Of each person, by number, each in [0, 1]. Ways are counted in steps, whatever the strength of ties."""

    degree: Floats
    closeness: Floats
    betweenness: Floats

    @property
    def half_hangs_on(self) -> int:
        """The fewest people through whom half of the shortest ways between two others lead; 0: none do."""
        return absence_factor(self.betweenness.tolist())


def centralities(ties: Ties, *, pivots: int = PIVOTS, seed: int = 20_250_101) -> Centralities:
    """Freeman's (1979), where closeness is that of Wasserman & Faust for people who cannot all reach each
    other.

    From `pivots` starting points: betweenness as Brandes & Pich (2007), closeness as Eppstein & Wang (2004).
    Time grows with pivots × ties, seconds in a community of tens of thousands: a job's work.
    """
    n = len(ties.people)
    starts = np.arange(n)
    if n > pivots:
        starts = np.sort(np.random.default_rng(seed).choice(n, pivots, replace=False))
    adjacent = _adjacent(ties.pairs, n)
    reached, steps, passed = np.zeros(n), np.zeros(n), np.zeros(n)
    for begun in range(0, len(starts), _AT_ONCE):
        distance, share = _ways(adjacent, starts[begun : begun + _AT_ONCE])
        there = distance > 0
        reached += there.sum(axis=1)
        steps += np.where(there, distance, 0).sum(axis=1)
        passed += share.sum(axis=1)
    looked = np.full(n, float(len(starts)))
    looked[starts] -= 1
    # reached / steps is one over the mean way; the share that is reached scales it, as among all.
    mean = np.divide(reached, steps, out=np.zeros(n), where=steps > 0)
    closeness = mean * np.divide(reached, looked, out=np.zeros(n), where=looked > 0)
    possible = len(starts) / n * (n - 1) * (n - 2) if n > 2 else 1.0
    return Centralities(ties.degree / max(n - 1, 1), closeness, passed / possible)


def _adjacent(pairs: NDArray[np.intp], n: int) -> csr_array:
    # Loaded when first asked for: see `quantiles`.
    from scipy.sparse import csr_array

    ends = np.concatenate([pairs, pairs[:, ::-1]])
    return csr_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(n, n))


def _ways(adjacent: csr_array, starts: NDArray[np.intp]) -> tuple[NDArray[np.int32], Floats]:
    """By person and starting point: steps there (−1: no way), and how much of the ways from there to others
    leads through the person (Brandes, 2001), a step from all starting points at a time.
    """
    n, many = adjacent.shape[0], len(starts)
    here = (starts, np.arange(many))
    distance = np.full((n, many), -1, dtype=np.int32)
    distance[here] = 0
    ways = np.zeros((n, many))
    ways[here] = 1.0
    edge, last = ways, 0
    while True:
        edge = adjacent @ edge
        edge[distance >= 0] = 0.0
        new = edge > 0
        if not new.any():
            break
        last += 1
        distance[new] = last
        ways += edge
    share = np.zeros((n, many))
    for step in range(last, 0, -1):
        behind = np.divide(1.0 + share, ways, out=np.zeros((n, many)), where=distance == step)
        share += np.where(distance == step - 1, ways * (adjacent @ behind), 0.0)
    share[here] = 0.0
    return distance, share
