"""Searching the packed words of questions and answers: the same scores as the index in memory gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b

import numpy as np
from django.db import connection

from passeur.algorithms.term_index import TermIndex

from ..choices import Text
from ..models.words import BLOCK

POSITION, NUMBER = np.dtype("<i4"), np.dtype("<f4")


_SPREAD = """
select term, number * %s + octet_length(positions) / 4 from (
    select distinct on (term) term, number, positions
    from expertise_block
    where community_id = %s and kind = %s and term = any(%s)
    order by term, number desc
) last
"""
_BLOCKS = """
select term, positions, frequencies, lengths
from expertise_block
where community_id = %s and kind = %s and (term, number) in (select * from unnest(%s::bigint[], %s::int[]))
order by term, number
"""


def key_of(term: str) -> int:
    """The number under which a word is kept."""
    return int.from_bytes(blake2b(term.encode(), digest_size=8).digest(), "big", signed=True)


class StoredIndex(TermIndex):
    """The words of one community, read from the database for one query at a time."""

    def __init__(
        self,
        community: int,
        kind: Text,
        *,
        documents: int,
        words: float,
        ids: Callable[[Sequence[int]], list[int]],
    ) -> None:
        """`documents` are how many there are and `words` their lengths together; `ids` names positions."""
        super().__init__()
        self._community, self._kind = community, kind
        self._count, self._total_length = documents, words
        self._ids_at = ids
        self._spread: dict[str, int] = {}

    def __len__(self) -> int:
        return self._count

    def rarity(self, term: str) -> float:
        """As in memory, from the number of documents read by `_learn_spread`."""
        df = self._spread.get(term, 0)
        return float(np.log1p((self._count - df + 0.5) / (df + 0.5)))

    def ceiling(self, terms: Mapping[str, float]) -> float:
        self._learn_spread(terms)
        return super().ceiling(terms)

    def search(self, terms: Mapping[str, float], limit: int = 10) -> list[tuple[int, float]]:
        """The `limit` best (id, score), best first; ties by age, oldest first."""
        if not self._count or not terms:
            return []
        self._learn_spread(terms)
        positions, scores = self._scored(terms)
        best = np.lexsort((positions, -scores))[:limit]
        found = [int(position) for position in positions[best]]
        return list(zip(self._ids_at(found), map(float, scores[best]), strict=True))

    def _learn_spread(self, terms: Mapping[str, float]) -> None:
        unknown = {key_of(term): term for term in terms if term not in self._spread}
        if not unknown:
            return
        self._spread |= dict.fromkeys(unknown.values(), 0)
        with connection.cursor() as cursor:
            cursor.execute(_SPREAD, [BLOCK, self._community, self._kind, list(unknown)])
            self._spread |= {unknown[key]: documents for key, documents in cursor.fetchall()}

    def _scored(self, terms: Mapping[str, float]) -> tuple[np.ndarray, np.ndarray]:
        """Each position that holds one of the heaviest words, with its score."""
        mean = self._total_length / self._count or 1.0
        heaviest = [(weight, term) for weight, term in self._heaviest(terms) if self._spread.get(term)]
        blocks = self._read([term for _, term in heaviest])
        where: list[np.ndarray] = [np.empty(0, POSITION)]
        gains: list[np.ndarray] = [np.empty(0, NUMBER)]
        for weight, term in heaviest:
            positions, tf, lengths = blocks[key_of(term)]
            norm = self._k1 * (1.0 - self._b + self._b * lengths / mean)
            where.append(positions)
            gains.append(weight * tf * (self._k1 + 1.0) / (tf + norm))
        positions, place = np.unique(np.concatenate(where), return_inverse=True)
        return positions, np.bincount(place, np.concatenate(gains), len(positions))

    def _read(self, terms: Sequence[str]) -> dict[int, tuple[np.ndarray, np.ndarray, np.ndarray]]:
        """Of each word, its last `max_postings` documents: positions, frequencies, lengths."""
        wanted: list[tuple[int, int]] = []
        for term in terms:
            last = (self._spread[term] - 1) // BLOCK
            first = max(0, self._spread[term] - self._max_postings) // BLOCK
            wanted += [(key_of(term), number) for number in range(first, last + 1)]
        with connection.cursor() as cursor:
            keys, numbers = [key for key, _ in wanted], [number for _, number in wanted]
            cursor.execute(_BLOCKS, [self._community, self._kind, keys, numbers])
            parts: dict[int, list[tuple[bytes, bytes, bytes]]] = {}
            for key, positions, frequencies, lengths in cursor.fetchall():
                parts.setdefault(key, []).append((positions, frequencies, lengths))
        return {
            key: (
                np.frombuffer(b"".join(p for p, _, _ in rows), POSITION)[-self._max_postings :],
                np.frombuffer(b"".join(f for _, f, _ in rows), NUMBER)[-self._max_postings :],
                np.frombuffer(b"".join(n for _, _, n in rows), NUMBER)[-self._max_postings :],
            )
            for key, rows in parts.items()
        }
