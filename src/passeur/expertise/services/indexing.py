"""Adding one text to the packed words, or all those of a community at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from django.db import connection

from passeur.algorithms.term_index import TermIndex

from ..choices import Text
from ..models.words import BLOCK
from ..queries.words import NUMBER, POSITION, key_of

_ADD = """
insert into expertise_block as b (community_id, kind, term, number, positions, frequencies, lengths)
select %(community)s, %(kind)s, t.term,
    coalesce(last.number + (octet_length(last.positions) = %(full)s)::int, 0),
    %(position)s, t.frequency, %(length)s
from unnest(%(terms)s::bigint[], %(frequencies)s::bytea[]) as t(term, frequency)
left join lateral (
    select number, positions from expertise_block
    where community_id = %(community)s and kind = %(kind)s and term = t.term
    order by number desc limit 1
) last on true
on conflict (community_id, kind, term, number) do update set
    positions = b.positions || excluded.positions,
    frequencies = b.frequencies || excluded.frequencies,
    lengths = b.lengths || excluded.lengths
"""


def add_text(community: int, kind: Text, position: int, terms: Mapping[str, float]) -> float:
    """Index the text at `position`, the next one of its kind; gives back its length."""
    length = float(sum(terms.values()))
    with connection.cursor() as cursor:
        cursor.execute(
            _ADD,
            {
                "community": community,
                "kind": kind,
                "full": BLOCK * POSITION.itemsize,
                "position": np.array([position], POSITION).tobytes(),
                "length": np.array([length], NUMBER).tobytes(),
                "terms": [key_of(term) for term in terms],
                "frequencies": [np.array([weight], NUMBER).tobytes() for weight in terms.values()],
            },
        )
    return length


class RecordedIndex(TermIndex):
    """An index in memory that can be written down."""

    @property
    def words(self) -> float:
        """The lengths of all documents together."""
        return self._total_length

    def blocks(self) -> Iterator[tuple[int, int, bytes, bytes, bytes]]:
        """(word, number of the block, positions, frequencies, lengths)."""
        every = np.frombuffer(self._lengths, np.float32)
        for term, documents in self._documents.items():
            positions = np.frombuffer(documents, np.int64)
            frequencies = np.frombuffer(self._frequencies[term], np.float32)
            key = key_of(term)
            for number, start in enumerate(range(0, len(positions), BLOCK)):
                here = slice(start, start + BLOCK)
                yield (
                    key,
                    number,
                    positions[here].astype(POSITION).tobytes(),
                    frequencies[here].astype(NUMBER).tobytes(),
                    every[positions[here]].astype(NUMBER).tobytes(),
                )
