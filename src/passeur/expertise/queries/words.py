"""Searching the packed words of questions and answers: the same scores as the index in memory gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter

import numpy as np

from passeur.algorithms.term_index import TermIndex
from passeur.foundation import lasting
from passeur.foundation.arrays import array

from ..choices import Text
from ..models.words import BLOCK

POSITION, NUMBER = np.dtype("<i4"), np.dtype("<f4")


SPREAD = f"""
select kind, term, last.number * {BLOCK} + octet_length(last.positions) / 4
from unnest(%(kinds)s::smallint[]) as kind, unnest(%(terms)s::bigint[]) as term
cross join lateral (
    select number, positions from expertise_block
    where community_id = %(community)s::bigint and expertise_block.kind = kind.kind
        and expertise_block.term = term.term
    order by number desc limit 1
) last
"""  # noqa: S608 - states and numbers of ours
"""Kind, word, and how many documents have it, of the words that some have."""
_BLOCKS = """
select kind, term, positions, frequencies, lengths
from unnest(%(kinds)s::smallint[], %(terms)s::bigint[], %(first)s::int[], %(last)s::int[])
    as w(kind, term, first, last)
join expertise_block b using (kind, term)
where community_id = %(community)s::bigint and b.number between w.first and w.last
order by kind, term, number
"""
Postings = tuple[np.ndarray, np.ndarray, np.ndarray]
"""Positions, frequencies, lengths."""


def key_of(term: str) -> int:
    """The number under which a word is kept."""
    return int.from_bytes(blake2b(term.encode(), digest_size=8).digest(), "big", signed=True)


class StoredIndex(TermIndex):
    """The words of one kind of text of a community, for the words of one question: see `read_together`."""

    def __init__(
        self, kind: Text, documents: int, words: float, spread: Mapping[str, int], terms: Mapping[str, float]
    ) -> None:
        """`documents` are how many there are, `words` their lengths together; `spread` says how many of them
        have each of the question's `terms`.
        """
        super().__init__()
        self.kind = kind
        self._count, self._total_length, self._spread = documents, words, spread
        self._weighed = super()._heaviest(terms)
        self._read = super()._to_read(terms)
        self._postings: dict[str, Postings] = {}

    def __len__(self) -> int:
        return self._count

    def found_in(self, term: str) -> int:
        return self._spread.get(term, 0)

    def best(self, limit: int) -> list[tuple[int, float]]:
        """The `limit` best (position, score), best first; ties by age, oldest first."""
        if not self._read:
            return []
        positions, scores = self._scored()
        if len(positions) > limit:
            some = scores >= np.partition(scores, -limit)[-limit]
            positions, scores = positions[some], scores[some]
        best = np.lexsort((positions, -scores))[:limit]
        return list(zip(positions[best].tolist(), scores[best].tolist(), strict=True))

    def wanted(self) -> dict[str, tuple[int, int]]:
        """By term that a search reads, the first and the last of its blocks."""
        return {
            term: ((self._spread[term] - count) // BLOCK, (self._spread[term] - 1) // BLOCK)
            for _weight, term, count in self._read
        }

    def keep(self, term: str, parts: Sequence[tuple[bytes, bytes, bytes]]) -> None:
        """Have the blocks of a term, in order."""
        positions, frequencies, lengths = (b"".join(column) for column in zip(*parts, strict=True))
        self._postings[term] = (
            np.frombuffer(positions, POSITION),
            np.frombuffer(frequencies, NUMBER),
            np.frombuffer(lengths, NUMBER),
        )

    def _heaviest(self, terms: Mapping[str, float]) -> list[tuple[float, str]]:
        return self._weighed

    def _to_read(self, terms: Mapping[str, float]) -> list[tuple[float, str, int]]:
        return self._read

    def _scored(self) -> tuple[np.ndarray, np.ndarray]:
        """Each position that holds one of the words that are read, with its score."""
        mean = self._total_length / self._count or 1.0
        where: list[np.ndarray] = [np.empty(0, POSITION)]
        gains: list[np.ndarray] = [np.empty(0, NUMBER)]
        for weight, term, count in self._read:
            positions, tf, lengths = (column[-count:] for column in self._postings[term])
            norm = self._k1 * (1.0 - self._b + self._b * lengths / mean)
            where.append(positions)
            gains.append(weight * tf * (self._k1 + 1.0) / (tf + norm))
        positions, place = np.unique(np.concatenate(where), return_inverse=True)
        return positions, np.bincount(place, np.concatenate(gains), len(positions))


def read_together(community: int, indexes: Sequence[StoredIndex]) -> None:
    """Bring what these indexes read of a question's words. One statement for all of them."""
    keys: dict[int, str] = {}
    wanted: list[tuple[int, int, int, int]] = []
    for index in indexes:
        for term, (first, last) in index.wanted().items():
            keys[key_of(term)] = term
            wanted.append((index.kind, key_of(term), first, last))
    if not wanted:
        return
    names = ("kinds", "terms", "first", "last")
    columns = dict(zip(names, map(array, zip(*wanted, strict=True)), strict=True))
    rows = lasting.fetched(_BLOCKS, {"community": community, **columns}, is_binary=True)
    by_kind = {int(index.kind): index for index in indexes}
    for (kind, key), parts in groupby(rows, key=itemgetter(0, 1)):
        by_kind[kind].keep(keys[key], [part[2:] for part in parts])
