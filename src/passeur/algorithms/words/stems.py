"""One door to the two languages, with a memory: a text repeats its words."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, TypeAlias

from . import english, french

Language: TypeAlias = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")


@lru_cache(maxsize=200_000)
def stem(word: str, language: Language) -> str:
    """The word that stands for `word` (lower case, as written) and for those a searcher means with it."""
    if len(word) < 3 or not word.isalpha():
        return word
    return french.stem(word) if language == "fr" else english.stem(word)
