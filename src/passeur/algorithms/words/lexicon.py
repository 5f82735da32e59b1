"""The dictionary form of words, from the word lists of `simplemma`.

A list is read once a process, when first needed: 0.13 s and about 24 MB each.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import islice, product

from simplemma.strategies.dictionaries import DefaultDictionaryFactory

_LONGEST = 28
_TRIED = 400
_ACCENTED = {"e": "eéèê", "a": "aâà", "i": "iî", "o": "oô", "u": "uûù", "c": "cç"}


@cache
def lemmas(language: str) -> Mapping[str, str]:
    """Each known form of a language ("fr", "en") and the form under which a dictionary lists it."""
    return DefaultDictionaryFactory().get_dictionary(language)


def accented(word: str, forms: Mapping[str, str]) -> str | None:
    """The known form that `word` becomes once its accents are put back, for those who type without.

    *repondu* gives *répondu*. First `e` alone, then the other letters, and never more than a few hundred
    tries, so that no word costs much.
    """
    if len(word) > _LONGEST or not word.isascii():
        return None
    for letters in ("e", "eaiouc"):
        choices = [_ACCENTED[c] if c in letters else c for c in word]
        for spelling in islice(product(*choices), _TRIED):
            candidate = "".join(spelling)
            if candidate in forms:
                return candidate
    return None
