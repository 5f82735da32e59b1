"""Searching the packed words of questions and answers: the same scores as the index in memory gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter

import numpy as np
from django.db import connection

from passeur.algorithms.term_index import TermIndex

from ..choices import Text
from ..models.words import BLOCK
from .literals import array

POSITION, NUMBER = np.dtype("<i4"), np.dtype("<f4")


_SPREAD = """
select kind, term, last.number * %s + octet_length(last.positions) / 4
from unnest(%s::int[]) as kind, unnest(%s::bigint[]) as term
cross join lateral (
    select number, positions from expertise_block
    where community_id = %s and expertise_block.kind = kind.kind and expertise_block.term = term.term
    order by number desc limit 1
) last
"""
_BLOCKS = """
select kind, term, positions, frequencies, lengths
from unnest(%s::int[], %s::bigint[], %s::int[], %s::int[]) as w(kind, term, first, last)
join expertise_block b using (kind, term)
where community_id = %s and b.number between w.first and w.last
order by kind, term, number
"""
Postings = tuple[np.ndarray, np.ndarray, np.ndarray]
"""Positions, frequencies, lengths."""


def key_of(term: str) -> int:
    """The number under which a word is kept."""
    return int.from_bytes(blake2b(term.encode(), digest_size=8).digest(), "big", signed=True)


class StoredIndex(TermIndex):
    """The words of one kind of text of a community, as far as one query goes: see `read_together`."""

    def __init__(
        self,
        kind: Text,
        *,
        documents: int,
        words: float,
        ids: Callable[[Sequence[int]], list[int]],
        read: Callable[[Mapping[str, float]], None],
    ) -> None:
        """`documents` are how many there are and `words` their lengths together; `ids` names positions.

        `read` brings the words of a query, for this index and for those that are asked the same.
        """
        super().__init__()
        self.kind = kind
        self._count, self._total_length = documents, words
        self._ids_at, self._bring = ids, read
        self.spread: dict[str, int] = {}
        self._postings: dict[str, Postings] = {}

    def __len__(self) -> int:
        return self._count

    def found_in(self, term: str) -> int:
        return self.spread.get(term, 0)

    def ceiling(self, terms: Mapping[str, float]) -> float:
        self._bring(terms)
        return super().ceiling(terms)

    def search(self, terms: Mapping[str, float], limit: int = 10) -> list[tuple[int, float]]:
        """The `limit` best (id, score), best first; ties by age, oldest first."""
        if not self._count or not terms:
            return []
        self._bring(terms)
        positions, scores = self._scored(terms)
        if len(positions) > limit:
            some = scores >= np.partition(scores, -limit)[-limit]
            positions, scores = positions[some], scores[some]
        best = np.lexsort((positions, -scores))[:limit]
        found = positions[best].tolist()
        return list(zip(self._ids_at(found), scores[best].tolist(), strict=True))

    def wanted(self, terms: Mapping[str, float]) -> dict[str, tuple[int, int]]:
        """By term that a search reads, the first and the last of its blocks."""
        return {
            term: ((self.spread[term] - count) // BLOCK, (self.spread[term] - 1) // BLOCK)
            for _weight, term, count in self._to_read(terms)
        }

    def keep(self, term: str, parts: Sequence[tuple[bytes, bytes, bytes]]) -> None:
        """Have the blocks of a term, in order."""
        positions, frequencies, lengths = (b"".join(column) for column in zip(*parts, strict=True))
        self._postings[term] = (
            np.frombuffer(positions, POSITION),
            np.frombuffer(frequencies, NUMBER),
            np.frombuffer(lengths, NUMBER),
        )

    def _scored(self, terms: Mapping[str, float]) -> tuple[np.ndarray, np.ndarray]:
        """Each position that holds one of the words that are read, with its score."""
        mean = self._total_length / self._count or 1.0
        where: list[np.ndarray] = [np.empty(0, POSITION)]
        gains: list[np.ndarray] = [np.empty(0, NUMBER)]
        for weight, term, count in self._to_read(terms):
            positions, tf, lengths = (column[-count:] for column in self._postings[term])
            norm = self._k1 * (1.0 - self._b + self._b * lengths / mean)
            where.append(positions)
            gains.append(weight * tf * (self._k1 + 1.0) / (tf + norm))
        positions, place = np.unique(np.concatenate(where), return_inverse=True)
        return positions, np.bincount(place, np.concatenate(gains), len(positions))


def read_together(community: int, indexes: Sequence[StoredIndex], terms: Mapping[str, float]) -> None:
    """Bring what these indexes read of a query's words. Two statements for all of them."""
    keys = {key_of(term): term for term in terms}
    by_kind = {int(index.kind): index for index in indexes}
    with connection.cursor() as cursor:
        cursor.execute(_SPREAD, [BLOCK, array(by_kind), array(keys), community])
        for kind, key, documents in cursor.fetchall():
            by_kind[kind].spread[keys[key]] = documents
        wanted = [
            (kind, key_of(term), first, last)
            for kind, index in by_kind.items()
            for term, (first, last) in index.wanted(terms).items()
        ]
        if not wanted:
            return
        cursor.execute(_BLOCKS, [*map(array, zip(*wanted, strict=True)), community])
        for (kind, key), rows in groupby(cursor.fetchall(), key=itemgetter(0, 1)):
            by_kind[kind].keep(keys[key], [row[2:] for row in rows])
