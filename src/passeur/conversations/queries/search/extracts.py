"""Extracts of texts with the words found in them marked: safe HTML, in time linear in the text.

A word is marked when the search found it: as written, without its accents, or by what it stands for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from passeur.algorithms.words import LANGUAGES, Language

from . import lexemes
from .parsing import Query

LENGTH = 240
_BEFORE = 60


@dataclass(frozen=True, slots=True)
class Marked:
    """A place of the text that the search found, and which of its words stands there."""

    start: int
    end: int
    word: int


class Finder:
    """Knows the words of one query in any of their forms."""

    def __init__(self, query: Query) -> None:
        self._folded: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        self._beginnings: list[tuple[str, int]] = []
        for n, (word, beginning, quoted) in enumerate(_searched(query)):
            self._folded.setdefault(lexemes.folded(word), n)
            if beginning:
                self._beginnings.append((lexemes.folded(word), n))
            elif not quoted:
                for form in lexemes.stem_forms(word):
                    self._stems.setdefault(form, n)

    def which(self, word: str, languages: Iterable[Language]) -> int | None:
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

    def places(self, text: str, languages: Iterable[Language]) -> list[Marked]:
        """Where the words stand in a `readable` text, in order."""
        found = []
        for token in lexemes.TOKEN.finditer(text):
            if token[1] is None:
                continue
            whole = "".join(lexemes.pieces(token[1].lower()))
            if (n := self.which(whole, languages)) is not None:
                found.append(Marked(token.start(1), token.end(1), n))
                continue
            at = token.start(1)
            for part in lexemes.HYPHEN.split(token[1]):
                if part and (n := self.which(part.lower(), languages)) is not None:
                    found.append(Marked(at, at + len(part), n))
                at += len(part) + 1
        return found


def marked(text: str, query: Query) -> SafeString:
    """The whole of a short text, such as a title, with its words marked."""
    text = lexemes.readable(text)
    return _html(text, Finder(query).places(text, LANGUAGES), 0, len(text))


def extract(text: str, query: Query, usual: Language) -> SafeString:
    """The passage of about `LENGTH` characters with the most of the searched words, else the beginning."""
    text = " ".join(lexemes.readable(text).split())
    language = lexemes.language_of(lexemes.tokens(text[:4000]), usual)
    places = Finder(query).places(text, (language,))
    start, end = _around(text, _densest(places))
    return _html(text, [place for place in places if start <= place.start and place.end <= end], start, end)


def _searched(query: Query) -> Iterable[tuple[str, bool, bool]]:
    for term in query.terms:
        for word in term.words + ((term.joined,) if term.joined else ()):
            yield word, term.beginning, term.quoted


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
