"""English: the dictionary form, then the verb or adjective behind it, when the dictionary knows that one."""

from __future__ import annotations

from collections.abc import Mapping

from .lexicon import lemmas

_RULES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ization", ("ize", "ise")),
    ("isation", ("ise", "ize")),
    ("ification", ("ify",)),
    ("ication", ("icate", "y")),
    ("ation", ("e", "", "ate")),
    ("ator", ("ate",)),
    ("izer", ("ize",)),
    ("ition", ("e", "ite")),
    ("ion", ("e", "")),
    ("ment", ("",)),
    ("ically", ("ic", "ical")),
    ("ily", ("y",)),
    ("ly", ("", "le")),
    ("ness", ("",)),
    ("ing", ("", "e")),
    ("ise", ("ize",)),
    ("our", ("or",)),
)
_SHORTEST = 4
# Words that a rule would lead to one of another sense.
_ALONE_WORDS = """
apartment basement compartment complement compliance condition department duration early evening
expression family fashion four fusion hardly hour impression lately likely mention mission moment
morning nearly occasion opinion option passion pension portion position question section session
statement station union vacation version your
"""
_ALONE = frozenset(_ALONE_WORDS.split())


def stem(word: str) -> str:
    """What stands for `word` (lower case) in a search: another word, or itself."""
    forms = lemmas("en")
    found = forms.get(word)
    if found is None:
        return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
    for _ in range(2):
        found = _behind(found.lower(), forms)
    return found


def _behind(word: str, forms: Mapping[str, str]) -> str:
    """The verb or adjective that `word` was made from, when one is known."""
    if word in _ALONE:
        return word
    for ending, replacements in _RULES:
        root = word[: -len(ending)]
        if not word.endswith(ending) or len(root) < _SHORTEST:
            continue
        for replacement in replacements:
            if forms.get(root + replacement) == root + replacement:
                return root + replacement
        if ending == "ing" and root[-1] == root[-2] and root[:-1] in forms:
            return root[:-1]
    return word
