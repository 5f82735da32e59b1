"""What somebody typed, read as words, compounds, quoted phrases and exclusions. No input is an error of ours.

`stock lot` finds both words, `"lot périmé"` (or « lot périmé ») the phrase, `-jardin` leaves a word out,
`inventor*` finds what begins so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from passeur.foundation.errors import PasseurError

from . import lexemes

MOST_CHARACTERS = 200
MOST_WORDS = 12
_SHORTEST_BEGINNING = 2

_ITEM = re.compile(
    r"(?P<minus>(?<!\S)[-−–])?"
    r"(?:\"(?P<straight>[^\"]*)\"|«(?P<french>[^»]*)»|“(?P<curly>[^”]*)”|(?P<run>[^\s\"«“]+)|(?P<lost>[\"«“]))"
)
# Words that touch across these are one thing: node.js, rendez-vous, prenom.nom@example.org.
_CHUNK = re.compile(r"[^\W_]+(?:[-‐‑._@'’][^\W_]+)*(?:\+\+|\#)?\*?")


class NothingToSearch(PasseurError):
    """The text holds no word to look for."""

    def __str__(self) -> str:
        return _("Écrivez au moins un mot à chercher.")


class OnlyExclusions(PasseurError):
    """The text only says what to leave out."""

    def __str__(self) -> str:
        return _("Ajoutez au moins un mot à chercher, à côté de ceux que vous écartez.")


class SearchTooLong(PasseurError):
    """More than a search can weigh."""

    def __str__(self) -> str:
        return ngettext(
            "C’est trop long pour une recherche : gardez le mot le plus important.",
            "C’est trop long pour une recherche : gardez les %(most)d mots les plus importants.",
            MOST_WORDS,
        ) % {"most": MOST_WORDS}


REFUSALS = (NothingToSearch, OnlyExclusions, SearchTooLong)


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to find: a word, or words that follow one another (`gaps` places apart)."""

    words: tuple[str, ...]
    gaps: tuple[int, ...] = ()
    quoted: bool = False
    beginning: bool = False
    joined: str | None = None
    typed: str = ""


@dataclass(frozen=True)
class Query:
    """A search that was understood: all `terms` must be there, no `excluded` one may."""

    terms: tuple[Term, ...]
    excluded: tuple[Term, ...] = ()

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words to find, each once."""
        return tuple(dict.fromkeys(word for term in self.terms for word in term.words))

    @cached_property
    def folded_words(self) -> tuple[str, ...]:
        """The same without accents."""
        return tuple(dict.fromkeys(lexemes.folded(word) for word in self.words))


def parse(text: str, *, typing: bool = False) -> Query:
    """Read `text`; raises one of the three refusals above. With `typing` its last word is only a beginning.

    Small words (*le*, *comment*, *the*) are passed over when something else is left to find.
    """
    text = lexemes.readable(text).strip()
    if len(text) > MOST_CHARACTERS:
        raise SearchTooLong
    terms: list[Term] = []
    excluded: list[Term] = []
    for item in _ITEM.finditer(text):
        quote = item["straight"] or item["french"] or item["curly"]
        found = [_phrase(quote)] if quote else [_chunk(chunk) for chunk in _CHUNK.findall(item["run"] or "")]
        (excluded if item["minus"] else terms).extend(term for term in found if term is not None)
    telling = [term for term in terms if term.quoted or not all(map(lexemes.is_common, term.words))] or terms
    if typing and telling and terms[-1] is telling[-1] and text[-1:].isalnum():
        telling[-1] = _as_beginning(telling[-1])
    if not telling:
        raise OnlyExclusions if excluded else NothingToSearch
    if sum(len(term.words) for term in telling + excluded) > MOST_WORDS:
        raise SearchTooLong
    return Query(tuple(telling), tuple(excluded))


def _chunk(chunk: str) -> Term | None:
    """A word, or the words of a compound as a phrase; with a star, the beginning of a word."""
    term = _term(chunk.rstrip("*"), quoted=False)
    return _as_beginning(term) if term is not None and chunk.endswith("*") else term


def _phrase(quote: str) -> Term | None:
    return _term(quote, quoted=True)


def _term(typed: str, *, quoted: bool) -> Term | None:
    """The words of `typed` in order; small ones between others only keep their place."""
    tokens = [token for token in lexemes.tokens(typed) if token]
    parts = [part for token in tokens for part in lexemes.pieces(token)]
    kept = [n for n, part in enumerate(parts) if not lexemes.is_common(part)] or list(range(len(parts)))
    if not kept:
        return None
    return Term(
        words=tuple(parts[n] for n in kept),
        gaps=tuple(after - before for before, after in pairwise(kept)),
        quoted=quoted,
        joined=lexemes.joined(parts) if len(tokens) == 1 and len(parts) > 1 and not quoted else None,
        typed=_("« %(words)s »") % {"words": typed.strip()} if quoted else typed,
    )


def _as_beginning(term: Term) -> Term:
    if term.quoted or len(term.words) > 1 or len(term.words[0]) < _SHORTEST_BEGINNING:
        return term
    return Term(words=term.words, beginning=True, typed=term.typed)
