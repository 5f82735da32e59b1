"""Extracts of texts with the words found in them marked: safe HTML, in time linear in the text.

A word is marked when the search found it: as written, without its accents, or by what it stands for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from passeur.algorithms.words import Language

from . import lexemes
from .parsing import Query, Term

LENGTH = 240
_BEFORE = 60


@dataclass(frozen=True, slots=True)
class Marked:
    """A place that the search found: which of its words stands there, and as which word of the text."""

    start: int
    end: int
    word: int
    nth: int


class Finder:
    """Knows the words of one query in any of their forms."""

    def __init__(self, query: Query) -> None:
        self._folded: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        self._beginnings: list[tuple[str, int]] = []
        self._term: list[int] = []
        self._reach: dict[int, int] = {}
        # Single words first: a word asked for by itself and in a phrase is marked wherever it stands.
        for number, term in enumerate(sorted(query.terms, key=lambda term: len(term.words))):
            if len(term.words) > 1:
                self._reach[number] = max(term.gaps)
            for word in term.words:
                self._know(word, number, term)
            if term.joined:
                self._know(term.joined, -1, term)

    def _know(self, word: str, number: int, term: Term) -> None:
        n = len(self._term)
        self._term.append(number)
        self._folded.setdefault(lexemes.folded(word), n)
        if term.beginning:
            self._beginnings.append((lexemes.folded(word), n))
        elif not term.quoted:
            for form in lexemes.stem_forms(word):
                self._stems.setdefault(form, n)

    def places(self, text: str, languages: Iterable[Language]) -> list[Marked]:
        """Where the words stand in a `readable` text, in order; those of a phrase only beside one another."""
        found, nth = [], 0
        for token in lexemes.TOKEN.finditer(text):
            if token[1] is None:
                continue
            parts = lexemes.HYPHEN.split(token[1])
            if len(parts) > 1 and (n := self._which("".join(parts).lower(), languages)) is not None:
                found.append(Marked(token.start(1), token.end(1), n, nth))
                nth += len(parts)
                continue
            at = token.start(1)
            for part in parts:
                if (n := self._which(part.lower(), languages)) is not None:
                    found.append(Marked(at, at + len(part), n, nth))
                at += len(part) + 1
                nth += 1
        return [place for i, place in enumerate(found) if self._stands(found, i)]

    def _which(self, word: str, languages: Iterable[Language]) -> int | None:
        """The number of the searched word that `word` (lower case) answers to."""
        plain = lexemes.folded(word)
        if (found := self._folded.get(plain)) is not None:
            return found
        for beginning, n in self._beginnings:
            if plain.startswith(beginning):
                return n
        for language in languages:
            form = lexemes.stem_lexeme(word, language)
            if form is not None and (found := self._stems.get(form)) is not None:
                return found
        return None

    def _stands(self, found: list[Marked], i: int) -> bool:
        place = found[i]
        term = self._term[place.word]
        reach = self._reach.get(term)
        if reach is None:
            return True
        return any(
            self._term[other.word] == term
            and other.word != place.word
            and abs(other.nth - place.nth) <= reach
            for other in found[max(0, i - 1) : i + 2]
        )


def language_of(text: str, usual: Language) -> Language:
    """The language of a text that is read here, as the index saw it."""
    return lexemes.language_of(lexemes.tokens(text[:4000]), usual)


def marked(text: str, query: Query, language: Language) -> SafeString:
    """The whole of a short text, such as a title, with its words marked."""
    text = lexemes.readable(text)
    return _html(text, Finder(query).places(text, (language,)), 0, len(text))


def extract(text: str, query: Query, language: Language) -> SafeString:
    """The passage of about `LENGTH` characters with the most of the searched words, else the beginning."""
    text = " ".join(lexemes.readable(text).split())
    places = Finder(query).places(text, (language,))
    start, end = _around(text, _densest(places))
    return _html(text, [place for place in places if start <= place.start and place.end <= end], start, end)


def _densest(places: list[Marked]) -> Marked | None:
    """The place where a window with the most different words begins; of equals, the one with most places."""
    best, most, last = None, (0, 0), 0
    inside: dict[int, int] = {}
    for first, place in enumerate(places):
        while last < len(places) and places[last].end - place.start <= LENGTH - _BEFORE:
            inside[places[last].word] = inside.get(places[last].word, 0) + 1
            last += 1
        if (len(inside), last - first) > most:
            best, most = place, (len(inside), last - first)
        if last == first:  # a single word longer than the window
            last += 1
        elif inside[place.word] == 1:
            del inside[place.word]
        else:
            inside[place.word] -= 1
    return best


def _around(text: str, place: Marked | None) -> tuple[int, int]:
    """A window that begins and ends between words."""
    if len(text) <= LENGTH:
        return 0, len(text)
    start = max(0, place.start - _BEFORE) if place else 0
    if start > 0:
        space = text.find(" ", start, place.start if place else len(text))
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + LENGTH)
    if end < len(text):
        space = text.rfind(" ", place.end if place else start, end)
        end = space if space > 0 else max(end, place.end if place else end)
    return start, end


def _html(text: str, places: list[Marked], start: int, end: int) -> SafeString:
    out, at = ["… "] if start > 0 else [], start
    for place in places:
        out += [escape(text[at : place.start]), "<mark>", escape(text[place.start : place.end]), "</mark>"]
        at = place.end
    out.append(escape(text[at:end]))
    out += [" …"] if end < len(text) else []
    return mark_safe("".join(out))  # noqa: S308 - each piece of text is escaped above
