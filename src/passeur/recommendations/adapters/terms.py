"""The weighted terms of documents and queries. The weights were chosen by `passeur evaluate similar`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

from passeur.algorithms.text import folded, tokens

from ..protocols import Document, Query

TITLE, TEXT, LABEL, REPLY = 30, 10, 20, 4  # in tenths, a time the term stands there
MAX_TERMS, MAX_WEIGHT = 160, 32_000
REPLIES, REPLY_TERMS = 5, 150


@dataclass(frozen=True, slots=True)
class Weighted:
    """Terms with their weights in tenths, those of the title first."""

    weights: Mapping[str, int]
    titles: int

    @property
    def length(self) -> int:
        return sum(self.weights.values())


def of_document(document: Document) -> Weighted:
    """All that is known of a document, the words of others with less weight."""
    replies = [term for reply in document.replies[:REPLIES] for term in tokens(reply)[:REPLY_TERMS]]
    return _weighted(document.title, document.text, document.labels, replies)


def of_query(query: Query) -> Weighted:
    """The same for a query, so that a text is closest to itself."""
    return _weighted(query.title, query.text, query.labels, [])


def _weighted(title: str, text: str, labels: tuple[str, ...], replies: list[str]) -> Weighted:
    in_title = Counter(tokens(title))
    weights = Counter({term: times * TITLE for term, times in in_title.items()})
    others: Counter[str] = Counter()
    for term in tokens(text):
        others[term] += TEXT
    for label in labels:
        others[f"#{folded(label)}"] += LABEL
    for term in replies:
        others[term] += REPLY
    room = max(0, MAX_TERMS - len(in_title))
    new = [(term, weight) for term, weight in others.items() if term not in in_title]
    kept = sorted(new, key=lambda pair: -pair[1])[:room]
    for term in in_title:
        weights[term] += others[term]
    weights.update(dict(kept))
    return Weighted({t: min(w, MAX_WEIGHT) for t, w in weights.items()}, len(in_title))


def number(kind: str, scope: int, term: str) -> int:
    """The number of a term in a scope: 64 bits, so that scopes never meet and no word is kept."""
    name = f"{kind}\x1f{scope}\x1f{term}".encode()
    return int.from_bytes(blake2b(name, digest_size=8).digest(), "big", signed=True)
