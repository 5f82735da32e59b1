"""Words of French and English text, as routing and the search for similar questions take them.

The same tokens serve routing, similar questions and their evaluation, so that a figure measured
here says something about the search that people use.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from passeur.algorithms.words import Language, stem

_COMPOUND = re.compile(r"[^\W_]+(?:[._+#-]*[^\W_]+)*[+#]*")
_WORD = re.compile(r"[^\W_]+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
_LONGEST = 40

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
"""Words that say nothing of the subject, folded."""

_OF_FRENCH = """
le la les un une des du au aux est et ou que qui dans pour sur avec pas ne ce cette ces je il elle
nous vous ils sont comment pourquoi
"""
_OF_ENGLISH = """
the a an of to is are and or that which in for with not this these i you he she we they how why
what do does can it
"""
_FRENCH_SIGNS = frozenset(_OF_FRENCH.split())
_ENGLISH_SIGNS = frozenset(_OF_ENGLISH.split())


def folded(text: str) -> str:
    """`text` in lower case, ligatures opened and accents removed: « Cœur élevé » → "coeur eleve"."""
    if text.isascii():
        return text.lower()
    return _BEYOND_ASCII.sub(_folded_piece, text.casefold())


def _folded_piece(found: re.Match[str]) -> str:
    return _without_accents(found[0])


@lru_cache(maxsize=10_000)
def _without_accents(piece: str) -> str:
    """Of a few letters beyond ASCII between two others: folding looks at each letter alone."""
    decomposed = unicodedata.normalize("NFKD", piece.translate(_LIGATURES))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def language_of(words: Sequence[str]) -> Language:
    """To which language the function words among `words` (folded) lean; without a clue, English."""
    french = sum(word in _FRENCH_SIGNS for word in words)
    english = sum(word in _ENGLISH_SIGNS for word in words)
    return "fr" if french > english else "en"


@lru_cache(maxsize=200_000)
def _term(word: str, language: Language) -> str | None:
    """What stands for `word` (lower case, accents as written); nothing for a stop word."""
    if len(word) > _LONGEST or folded(word) in STOP_WORDS:
        return None
    return folded(stem(word, language))


def languages(text: str) -> tuple[Language, ...]:
    """The languages that function words speak for: both where neither is clearly in the majority."""
    words = _WORD.findall(folded(text))
    french = sum(word in _FRENCH_SIGNS for word in words)
    english = sum(word in _ENGLISH_SIGNS for word in words)
    if 3 * min(french, english) >= french + english:
        return ("fr", "en")
    return ("fr",) if french > english else ("en",)


def tokens(text: str, language: Language | None = None) -> list[str]:
    """Terms of `text` in order, folded, without stop words: the dictionary forms of its words.

    Without a `language`, it is the one to which the text leans.
    A compound such as `wit-bindgen` or `node.js` gives itself, which is rare and so weighs more, then
    its parts.
    """
    lower = unicodedata.normalize("NFC", text.casefold())
    language = language or language_of(_WORD.findall(folded(lower)))
    terms: list[str] = []
    for compound in _COMPOUND.findall(lower):
        terms += _of_compound(compound, language) if len(compound) <= _LONGEST else _cut(compound, language)
    return terms


def _cut(compound: str, language: Language) -> tuple[str, ...]:
    parts = _WORD.findall(compound)
    whole = [folded(compound)] if len(parts) > 1 and len(compound) <= _LONGEST else []
    return (*whole, *(term for part in parts if (term := _term(part, language)) is not None))


_of_compound = lru_cache(maxsize=200_000)(_cut)


def weighted_terms(title: str, text: str, title_weight: float = 3.0) -> dict[str, float]:
    """Terms of a titled text with their frequency; a word of the title counts `title_weight` times."""
    weights: dict[str, float] = dict(Counter(tokens(text)))
    for term in tokens(title):
        weights[term] = weights.get(term, 0.0) + title_weight
    return weights
