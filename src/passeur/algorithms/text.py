"""Words of French and English text, and an index of weighted terms that finds similar texts.

The same tokens serve routing, similar questions and their evaluation, so that a figure measured
here says something about the search that people use.
"""

from __future__ import annotations

import math
import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from threading import Lock

import numpy as np
import snowballstemmer
from numpy.typing import NDArray

_WORD = re.compile(r"[^\W_]+(?:[._+#-]*[^\W_]+)*[+#]*", re.UNICODE)
_PART = re.compile(r"[^\W_]+", re.UNICODE)
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "’": "'"})

_FRENCH_STOP = """
a afin ai aie ainsi alors apres as au aucun aucune aussi autre autres aux avait avant avec avez
avoir avons bien c ca car ce ceci cela celle celles celui ces cet cette ceux chaque chez ci comme
comment d dans de depuis des donc dont du elle elles en encore entre es est et etait etaient etant
ete etre eu fait faire faut fois font il ils j je l la le les leur leurs lors lui m ma mais me meme
memes mes moi mon n ne ni nos notre nous on ont ou par parce pas peu peut peuvent peux plus plutot
pour pourquoi pouvez pu puis qu quand que quel quelle quelles quels qui quoi s sa sans se sera ses
si sinon soit son sont sous suis sur t ta te tes toi ton tous tout toute toutes tres trop tu un une
va vers veut veux voila vos votre vous y
"""
_ENGLISH_STOP = """
a about after again all also am an and any are as at be because been before being between both but
by can cannot could did do does doing don down during each else ever few for from further get gets
go got had has have having he her here hers him his how however i if in into is isn it its itself
just like m made make many may me might more most much must my no nor not now of off on once one
only or other our out over own re s same see she should so some such t than that the their them
then there these they thing things this those through to too under until up use used using ve very
want was way we well were what when where which while who whom why will with would you your
"""
STOP_WORDS: frozenset[str] = frozenset(_FRENCH_STOP.split()) | frozenset(_ENGLISH_STOP.split())

# A Snowball stemmer keeps the word in its own state: one thread at a time.
_stemming = Lock()
_stem_french = snowballstemmer.stemmer("french").stemWord
_stem_english = snowballstemmer.stemmer("english").stemWord
_FRENCH_ONLY = frozenset(
    ["le", "la", "les", "un", "une", "des", "du", "au", "aux", "est", "et", "ou", "que", "qui", "dans", "pour", "sur", "avec", "pas", "ne", "ce", "cette", "ces", "je", "il", "elle", "nous", "vous", "ils", "sont", "comment", "pourquoi"]
)
_ENGLISH_ONLY = frozenset(
    ["the", "a", "an", "of", "to", "is", "are", "and", "or", "that", "which", "in", "for", "with", "not", "this", "these", "i", "you", "he", "she", "we", "they", "how", "why", "what", "do", "does", "can", "it"]
)


def folded(text: str) -> str:
    """`text` in lower case, ligatures opened and accents removed: « Cœur élevé » → "coeur eleve"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def is_french(words: Sequence[str]) -> bool:
    """Whether function words (folded) lean to French; a tie, or no clue at all, reads as English."""
    french = sum(w in _FRENCH_ONLY for w in words)
    english = sum(w in _ENGLISH_ONLY for w in words)
    return french > english


@lru_cache(maxsize=65_536)
def _stem(word: str, french: bool) -> str:
    if len(word) < 4 or any(c.isdigit() for c in word):
        return word
    with _stemming:
        return str(_stem_french(word) if french else _stem_english(word))


def tokens(text: str) -> list[str]:
    """Stems of the words of `text`, in order, without stop words (French and English).

    Accents fold before stemming, so that both spellings meet. A compound such as `wit-bindgen` or
    `node.js` gives its parts and itself, which is the rarer and so the heavier term.
    """
    plain = folded(text)
    words = _WORD.findall(plain)
    french = is_french(_PART.findall(plain))
    out: list[str] = []
    for word in words:
        parts = _PART.findall(word)
        if len(parts) > 1 and len(word) <= 40:
            out.append(word)
        for part in parts:
            if part not in STOP_WORDS and len(part) <= 40:
                out.append(_stem(part, french))
    return out


def weighted_terms(title: str, text: str, title_weight: float = 3.0) -> dict[str, float]:
    """Terms of a titled text and their weighted frequency: a word of the title counts `title_weight` times."""
    weights: dict[str, float] = dict(Counter(tokens(text)))
    for term in tokens(title):
        weights[term] = weights.get(term, 0.0) + title_weight
    return weights


class TermIndex:
    """An inverted index that grows one document at a time and scores by BM25.

    Robertson & Zaragoza (2009), *The Probabilistic Relevance Framework: BM25 and Beyond*, with the
    idf of Lucene, `ln(1 + (N − df + ½) / (df + ½))`, which is never negative.
    """

    def __init__(self, k1: float = 1.2, b: float = 0.5, max_terms: int = 60, max_postings: int = 5_000) -> None:
        """`max_terms` of a query and `max_postings` of a term bound the cost of a search.

        `k1` > 0 is how soon a repeated word stops counting, `b` in [0, 1] how much length weighs.
        """
        self._k1, self._b = k1, b
        self._max_terms, self._max_postings = max_terms, max_postings
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
        df = len(self._documents.get(term, ()))
        return math.log1p((len(self._ids) - df + 0.5) / (df + 0.5))

    def ceiling(self, terms: Mapping[str, float]) -> float:
        """The score that no document can exceed for this query: a score over it is a likeness in [0, 1)."""
        return sum(weight for weight, _ in self._heaviest(terms)) * (self._k1 + 1.0)

    def scores(self, terms: Mapping[str, float]) -> NDArray[np.float64]:
        """BM25 of every document for a query of weighted `terms`: one number ≥ 0 a document.

        Of a term that stands in more than `max_postings` documents, the most recent ones are scored.
        """
        total = np.zeros(len(self._ids))
        if not self._ids:
            return total
        lengths = np.frombuffer(self._lengths, dtype=np.float32)
        mean = self._total_length / len(self._ids) or 1.0
        for weight, term in self._heaviest(terms):
            if term not in self._documents:
                continue
            where = np.frombuffer(self._documents[term], dtype=np.int64)[-self._max_postings :]
            tf = np.frombuffer(self._frequencies[term], dtype=np.float32)[-self._max_postings :]
            norm = self._k1 * (1.0 - self._b + self._b * lengths[where] / mean)
            total[where] += weight * tf * (self._k1 + 1.0) / (tf + norm)
        return total

    def _heaviest(self, terms: Mapping[str, float]) -> list[tuple[float, str]]:
        weighted = ((weight_of_query(w) * self.rarity(term), term) for term, w in terms.items())
        return sorted(weighted, key=lambda pair: (-pair[0], pair[1]))[: self._max_terms]

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
