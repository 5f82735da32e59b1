"""An inverted index of weighted terms that grows one document at a time: the reference for lexical search."""

from __future__ import annotations

import math
from array import array
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

BUDGET = 12_000
"""How many places of words one search reads: what is left out are the commonest of its words."""


class TermIndex:
    """An inverted index that grows one document at a time and scores by BM25.

    Robertson & Zaragoza (2009), *The Probabilistic Relevance Framework: BM25 and Beyond*, with the
    idf of Lucene, `ln(1 + (N − df + ½) / (df + ½))`, which is never negative.
    """

    def __init__(
        self,
        k1: float = 1.2,
        b: float = 0.5,
        max_terms: int = 60,
        max_postings: int = 5_000,
        budget: int = BUDGET,
    ) -> None:
        """`max_terms` of a query, `max_postings` of a term and `budget` for all bound the cost of a search.

        `k1` > 0 is how soon a repeated word stops counting, `b` in [0, 1] how much length weighs.
        """
        self._k1, self._b = k1, b
        self._max_terms, self._max_postings, self._budget = max_terms, max_postings, budget
        self._documents: dict[str, array[int]] = {}
        self._frequencies: dict[str, array[float]] = {}
        self._ids: list[int] = []
        self._lengths: array[float] = array("f")
        self._total_length = 0.0

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def ids(self) -> Sequence[int]:
        """Ids in the order in which they were added; positions in `scores` follow it."""
        return self._ids

    def add(self, id: int, terms: Mapping[str, float]) -> None:
        """Index a document under `id`, with the weighted frequency (> 0) of its terms."""
        position = len(self._ids)
        for term, frequency in terms.items():
            if term not in self._documents:
                self._documents[term] = array("q")
                self._frequencies[term] = array("f")
            self._documents[term].append(position)
            self._frequencies[term].append(frequency)
        length = sum(terms.values())
        self._ids.append(id)
        self._lengths.append(length)
        self._total_length += length

    def rarity(self, term: str) -> float:
        """Inverse document frequency of `term`, ≥ 0; that of an unknown term is the highest."""
        df = self.found_in(term)
        return math.log1p((len(self) - df + 0.5) / (df + 0.5))

    def found_in(self, term: str) -> int:
        """In how many documents `term` stands."""
        return len(self._documents.get(term, ()))

    def ceiling(self, terms: Mapping[str, float]) -> float:
        """The score that no document can exceed for this query: a score over it is a likeness in [0, 1)."""
        return sum(weight for weight, _ in self._heaviest(terms)) * (self._k1 + 1.0)

    def scores(self, terms: Mapping[str, float]) -> NDArray[np.float64]:
        """BM25 of every document for a query of weighted `terms`: one number ≥ 0 a document.

        Of a term that stands in more than `max_postings` documents, the most recent ones are scored; the
        lightest terms are left out once `budget` is used.
        """
        total = np.zeros(len(self._ids))
        if not self._ids:
            return total
        lengths = np.frombuffer(self._lengths, dtype=np.float32)
        mean = self._total_length / len(self._ids) or 1.0
        for weight, term, count in self._to_read(terms):
            where = np.frombuffer(self._documents[term], dtype=np.int64)[-count:]
            tf = np.frombuffer(self._frequencies[term], dtype=np.float32)[-count:]
            norm = self._k1 * (1.0 - self._b + self._b * lengths[where] / mean)
            total[where] += weight * tf * (self._k1 + 1.0) / (tf + norm)
        return total

    def _heaviest(self, terms: Mapping[str, float]) -> list[tuple[float, str]]:
        weighted = ((weight_of_query(w) * self.rarity(term), term) for term, w in terms.items())
        return sorted(weighted, key=lambda pair: (-pair[0], pair[1]))[: self._max_terms]

    def _to_read(self, terms: Mapping[str, float]) -> list[tuple[float, str, int]]:
        """(weight, term, how many of its last documents) of what a search scores, heaviest first."""
        left, chosen = self._budget, []
        for weight, term in self._heaviest(terms):
            count = min(self.found_in(term), self._max_postings, left)
            if count:
                chosen.append((weight, term, count))
                left -= count
        return chosen

    def search(self, terms: Mapping[str, float], limit: int = 10) -> list[tuple[int, float]]:
        """The `limit` best (id, score) with a score above 0, best first; ties by age, oldest first."""
        scores = self.scores(terms)
        some = np.flatnonzero(scores)
        if len(some) > limit:
            least = np.partition(scores[some], -limit)[-limit]
            some = some[scores[some] >= least]
        best = some[np.argsort(-scores[some], kind="stable")][:limit]
        return [(self._ids[i], float(scores[i])) for i in best]


def weight_of_query(frequency: float) -> float:
    """Weight of a term that stands `frequency` times in the query: it grows as a logarithm."""
    return 1.0 + math.log(frequency) if frequency > 1.0 else frequency
