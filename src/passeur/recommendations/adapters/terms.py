"""The weighted terms of documents and queries. The weights were chosen by `passeur evaluate similar`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from passeur.algorithms.text import folded, languages, tokens
from passeur.algorithms.words import Language

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
    replies = [_tokens(reply, languages(reply))[:REPLY_TERMS] for reply in document.replies[:REPLIES]]
    return _weighted(document.title, document.text, document.labels, replies)


def of_query(query: Query) -> Weighted:
    """The same for a query, so that a text is closest to itself."""
    return _weighted(query.title, query.text, query.labels, [])


def _tokens(text: str, spoken: Sequence[Language]) -> list[str]:
    """Terms in each language that is spoken; a term that is the same in both counts once a time."""
    first, *others = (tokens(text, language) for language in spoken)
    known = set(first)
    return first + [term for terms in others for term in terms if term not in known]


def _weighted(title: str, text: str, labels: Sequence[str], replies: Sequence[Sequence[str]]) -> Weighted:
    # A title is too short to say its language alone.
    spoken = languages(f"{title}\n{text}")
    in_title = Counter(_tokens(title, spoken))
    others: Counter[str] = Counter()
    for weight, terms in [(TEXT, _tokens(text, spoken)), *((REPLY, reply) for reply in replies)]:
        for term in terms:
            others[term] += weight
    for label in labels:
        others[f"#{folded(label)}"] += LABEL
    weights = {term: times * TITLE + others[term] for term, times in in_title.items()}
    new = [(term, weight) for term, weight in others.items() if term not in in_title]
    new.sort(key=lambda pair: -pair[1])
    weights.update(new[: max(0, MAX_TERMS - len(in_title))])
    return Weighted({term: min(weight, MAX_WEIGHT) for term, weight in weights.items()}, len(in_title))


def number(kind: str, scope: int, term: str) -> int:
    """The number of a term in a scope: 64 bits, so that scopes never meet and no word is kept."""
    name = f"{kind}\x1f{scope}\x1f{term}".encode()
    return int.from_bytes(blake2b(name, digest_size=8).digest(), "big", signed=True)
