"""Words and meaning together: each adapter's ranks, fused."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection, Sequence

from ..errors import EndpointFailed, NotReady
from ..protocols import Close, Document, Query, TextVectors

_log = logging.getLogger(__name__)
DEPTH, K = 50, 20
WEIGHTS = 2, 1


class Fused:
    """Reciprocal rank fusion (Cormack, Clarke & Büttcher, 2009) of words with vectors; words count twice.

    Words are always there: without the vectors, for whatever reason, a person still gets an answer.
    """

    def __init__(self, words: TextVectors, meaning: TextVectors) -> None:
        self.name = f"{words.name}+{meaning.name}"
        self._words, self._meaning = words, meaning

    def index(self, documents: Sequence[Document]) -> None:
        """Words first: they are quick, and kept if the vectors fail."""
        self._words.index(documents)
        self._meaning.index(documents)

    def forget(self, kind: str, ids: Collection[int]) -> None:
        """Out of both."""
        self._words.forget(kind, ids)
        self._meaning.forget(kind, ids)

    def closest(self, query: Query, limit: int) -> list[Close]:
        """Those that stand high in either list, highest those that do in both."""
        depth = max(DEPTH, limit)
        lists = [self._words.closest(query, depth)]
        try:
            lists.append(self._meaning.closest(query, depth))
        except (NotReady, EndpointFailed) as error:
            _log.warning("%s", error)
        scores: dict[int, float] = defaultdict(float)
        for weight, found in zip(WEIGHTS, lists, strict=False):
            for rank, close in enumerate(found, 1):
                scores[close.object_id] += weight / (K + rank)
        very_close = {close.object_id for found in lists for close in found if close.very_close}
        best = sorted(scores, key=lambda pk: (-scores[pk], pk))[:limit]
        return [Close(pk, scores[pk], pk in very_close) for pk in best]
