"""How hard a text is to read: Kandel and Moles for French, Flesch for English.

Flesch (1948), *A new readability yardstick*; Kandel & Moles (1958) fitted it to French. Both weigh the length
of sentences and the syllables of words. A word is what stands between blanks and has a letter, so that
elisions and contractions are one, as in Flesch's own counting. The text is plain: no marks, no code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from passeur.algorithms.measures.syllables import syllables
from passeur.algorithms.words import Language

ENOUGH = 100
"""Words of Flesch's samples: fewer say little about a text."""

_END = re.compile(r"(?:[.!?…]+[»”\"')\]]*(?=\s|$))|\n+")
_LETTER = re.compile(r"[^\W\d_]")


class Grade(IntEnum):
    """Flesch's seven grades by their lower bound; Kandel and Moles kept them."""

    VERY_HARD = -1_000
    HARD = 30
    RATHER_HARD = 50
    PLAIN = 60
    RATHER_EASY = 70
    EASY = 80
    VERY_EASY = 90


@dataclass(frozen=True, slots=True)
class Readability:
    """Counts of a text, and its ease: about 100 very easy, about 0 very hard; a text may pass both ends."""

    words: int
    sentences: int
    syllables: int
    ease: float

    @property
    def grade(self) -> Grade:
        """The grade whose lower bound the ease reaches."""
        return max(grade for grade in Grade if self.ease >= grade or grade is Grade.VERY_HARD)

    @property
    def enough(self) -> bool:
        """Whether the text is as long as the samples from which the formula comes."""
        return self.words >= ENOUGH


def readability(text: str, language: Language) -> Readability | None:
    """None without a word. A line ends a sentence too, so that a list is not one endless sentence."""
    sentences = words = count = 0
    for sentence in _END.split(text):
        found = [word for word in sentence.split() if _LETTER.search(word)]
        if found:
            sentences += 1
            words += len(found)
            count += sum(syllables(word, language) for word in found)
    if not words:
        return None
    return of_counts(words, sentences, count, language)


def of_counts(words: int, sentences: int, syllables: int, language: Language) -> Readability:
    """The same of counts, of one text or of several taken together; `words` and `sentences` are not 0."""
    length, weight = words / sentences, syllables / words
    if language == "fr":
        ease = 207 - 1.015 * length - 73.6 * weight
    else:
        ease = 206.835 - 1.015 * length - 84.6 * weight
    return Readability(words, sentences, syllables, ease)
