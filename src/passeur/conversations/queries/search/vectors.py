"""Building the text form of a `tsvector` from words, within the limits that PostgreSQL sets."""

from __future__ import annotations

from collections.abc import Sequence

from passeur.algorithms.words import Language

from . import lexemes

LAST_PLACE = 16_383
"""A greater position is stored as this one."""

_PLACES = 255
_BYTES = 900_000  # of the 1,048,575 that a vector may hold, places and lengths included
_GAP = 8  # between two texts, so that no phrase reaches over


class Vector:
    """A document in the making; `str` gives the vector, `keys` and `starts` the texts it was made from."""

    def __init__(self) -> None:
        self.keys: list[int] = []
        self.starts: list[int] = []
        self._places: dict[str, list[str]] = {}
        self._at = 1

    def add(self, words: Sequence[str], *, label: str, language: Language, key: int) -> None:
        """Append a text, given as `lexemes.tokens`, in that language; `label` is its weight, from A to D."""
        if not words:
            return
        self.keys.append(key)
        self.starts.append(min(self._at, LAST_PLACE))
        for word in words:
            if not word:
                continue
            if "-" in word or "‐" in word or "‑" in word:
                self._add_compound(word, label, language)
            else:
                self._put(lexemes.indexed(word, language), label)
                self._at += 1
        self._at += _GAP

    def _add_compound(self, word: str, label: str, language: Language) -> None:
        parts = list(lexemes.pieces(word))
        if (whole := lexemes.joined(parts)) is not None:
            self._put(lexemes.indexed(whole, language), label)
        for part in parts:
            self._put(lexemes.indexed(part, language), label)
            self._at += 1

    def _put(self, forms: Sequence[str], label: str) -> None:
        place = f"{min(self._at, LAST_PLACE)}{label}"
        for form in forms:
            places = self._places.get(form)
            if places is None:
                self._places[form] = [place]
            elif len(places) < _PLACES and places[-1] != place:
                places.append(place)

    def __str__(self) -> str:
        """The vector as PostgreSQL reads it. Past its limit the words met last are left out."""
        out, size = [], 0
        for form, places in self._places.items():
            size += len(form.encode()) + 2 * len(places) + 4
            if size > _BYTES:
                break
            quoted = form.replace("\\", "\\\\").replace("'", "''")
            out.append(f"'{quoted}':{','.join(places)}")
        return " ".join(out)
