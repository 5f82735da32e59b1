"""Cutting a text into words, and the forms under which a word is indexed and found.

A word is indexed as written (`répondues`), without its accents when it has some (`~repondues`), and as what
it stands for in the language of its text (`f/repondre`). The marks `~`, `f/` and `e/` cannot stand in a
word, so the three kinds never mix, and a query chooses which it wants.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from passeur.algorithms.text import STOP_WORDS
from passeur.algorithms.words import LANGUAGES, Language, stem
from passeur.foundation.text import fold

LONGEST = 40
"""Longer words (hashes, addresses) count by their beginning."""

_JOINED_AT_MOST = 4
# What is elided or contracted is no word: l’inventaire, qu’il, it’s. A compound is cut at its hyphens later.
TOKEN = re.compile(
    r"(?<![^\W_])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’](?=[^\W_])"
    r"|(?<=[^\W_])['’](?:s|t|re|ve|ll|d|m)(?![^\W_])"
    r"|([^\W_]+(?:[-‐‑][^\W_]+)*(?:\+\+|\#)?)",
    re.IGNORECASE,
)
HYPHEN = re.compile(r"[-‐‑]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")

_FRENCH = frozenset(["le", "la", "les", "un", "une", "des", "du", "est", "et", "que", "qui", "dans", "pour"])
_FRENCH |= frozenset(["sur", "avec", "pas", "ne", "ce", "je", "il", "nous", "vous", "sont", "comment", "au"])
_ENGLISH = frozenset(["the", "a", "of", "to", "is", "are", "and", "or", "that", "in", "for", "with", "not"])
_ENGLISH |= frozenset(["this", "i", "you", "it", "how", "why", "what", "can", "do", "we", "have", "be"])


def readable(text: str) -> str:
    """`text` with each accented letter in one piece and without invisible characters."""
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text))


def tokens(text: str) -> list[str]:
    """The words and compounds of a `readable` text, in lower case; "" stands for what is no word."""
    return TOKEN.findall(text.lower())


def language_of(words: list[str], otherwise: Language) -> Language:
    """The language whose small words are more frequent at the beginning; `otherwise` when none are."""
    some = words[:300]
    french, english = sum(w in _FRENCH for w in some), sum(w in _ENGLISH for w in some)
    return otherwise if french == english else "fr" if french > english else "en"


@lru_cache(maxsize=200_000)
def folded(word: str) -> str:
    """The form of a word without its accents."""
    return fold(word)[:LONGEST] or word


def is_common(word: str) -> bool:
    """Whether nobody looks for that word: articles, pronouns, auxiliaries of either language."""
    return folded(word) in STOP_WORDS


@lru_cache(maxsize=200_000)
def stem_lexeme(word: str, language: Language) -> str | None:
    """What `word` stands for in that language, marked; nothing for small words and for numbers."""
    if len(word) < 3 or not word.isalpha() or is_common(word):
        return None
    return f"{language[0]}/{folded(stem(word, language))}"


@lru_cache(maxsize=200_000)
def indexed(word: str, language: Language) -> tuple[str, ...]:
    """All lexemes under which a word of a text in that language is kept."""
    word = word[:LONGEST]
    forms = [word]
    if (plain := folded(word)) != word:
        forms.append(f"~{plain}")
    if word.endswith(("+", "#")):
        forms.append(word.rstrip("+#"))
    if (meaning := stem_lexeme(word, language)) is not None:
        forms.append(meaning)
    return tuple(forms)


def joined(parts: list[str]) -> str | None:
    """A compound as one word, *e-mail* as *email*; nothing for *est-il*."""
    if len(parts) > _JOINED_AT_MOST or any(is_common(part) for part in parts):
        return None
    return "".join(parts)[:LONGEST]


def exact_forms(word: str) -> list[str]:
    """The lexemes of the word as written."""
    return [word[:LONGEST]]


def folded_forms(word: str) -> list[str]:
    """The lexemes of the word, whatever its accents."""
    plain = folded(word[:LONGEST])
    return [plain, f"~{plain}"]


def stem_forms(word: str) -> list[str]:
    """The lexemes of all that stands for the same, in French texts and in English ones.

    Both: a query is too short to tell its language, and each lexeme only meets texts of its own.
    """
    return [meaning for language in LANGUAGES if (meaning := stem_lexeme(word, language)) is not None]


def pieces(token: str) -> Iterator[str]:
    """The words of a compound."""
    yield from (part for part in HYPHEN.split(token) if part)
