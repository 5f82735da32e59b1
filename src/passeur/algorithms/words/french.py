"""French: the dictionary form, then the verb behind a noun of action or the adjective behind an adverb.

A rule applies only when the dictionary knows the word it leads to: *actualisation* goes to *actualiser*,
while *station* stays, for nobody *ste*s. That is the guard against taking *châtiment* for *chat*.
"""

from __future__ import annotations

from collections.abc import Mapping

from .lexicon import accented, lemmas
from .nouns import ALONE, FORMS, TO_VERB

# An ending and what may stand in its place, the longest ending first. `!` leads to an adjective.
_RULES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("issement", ("ir",)),
    ("ification", ("ifier",)),
    ("ificateur", ("ifier",)),
    ("cription", ("crire",)),
    ("isseur", ("ir",)),
    ("issage", ("ir",)),
    ("ucteur", ("uire",)),
    ("uction", ("uire",)),
    ("rection", ("riger",)),
    ("tection", ("téger",)),
    ("jection", ("jeter",)),
    ("mission", ("mettre",)),
    ("ression", ("rimer", "resser")),
    ("ussion", ("uter",)),
    ("lusion", ("lure",)),
    ("estion", ("érer",)),
    ("ention", ("enir", "enter")),
    ("osition", ("oser",)),
    ("ition", ("ir", "iter")),
    ("ision", ("ider", "iser", "oir")),
    ("exion", ("échir", "ecter")),
    ("ciation", ("cier", "cer")),
    ("cation", ("quer",)),
    ("gation", ("guer",)),
    ("cateur", ("quer",)),
    ("uteur", ("uer",)),
    ("ution", ("uer",)),
    ("ation", ("er",)),
    ("aison", ("er",)),
    ("ateur", ("er",)),
    ("action", ("iger",)),
    ("iement", ("yer", "ier")),
    ("amment", ("!ant",)),
    ("emment", ("!ent",)),
    ("ément", ("!", "!é", "!e")),
    ("ement", ("er", "!e", "!")),
    ("ment", ("!",)),
    ("vert", ("vrir",)),
    ("fert", ("frir",)),
    ("enne", ("!en",)),
    ("onne", ("!on",)),
    ("pris", ("prendre",)),
    ("mis", ("mettre",)),
    ("int", ("indre",)),
    ("age", ("er",)),
    ("eur", ("er", "re")),
    ("able", ("er",)),
    ("ant", ("er",)),
    ("it", ("ire",)),
    ("é", ("er",)),
    ("i", ("ir",)),
    ("u", ("re", "ir", "oir")),
)
_SHORTEST = 3


def stem(word: str) -> str:
    """What stands for `word` (lower case, accents as written) in a search: another word, or itself."""
    forms = lemmas("fr")
    found = _dictionary_form(word, forms)
    for _ in range(2):
        found = _behind(found, forms)
    return found


def _dictionary_form(word: str, forms: Mapping[str, str]) -> str:
    """The form under which `word` is listed; an unknown word only loses its plural: *macros*, *wikis*."""
    if word in FORMS:
        return FORMS[word]
    form = word if word in forms else accented(word, forms)
    if form is None:
        return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
    return form if form in TO_VERB else FORMS.get(form, forms[form])


def _behind(word: str, forms: Mapping[str, str]) -> str:
    """The verb or adjective that `word` was made from, when one is known."""
    if word in TO_VERB:
        return TO_VERB[word]
    if word in ALONE:
        return word
    for ending, replacements in _RULES:
        if not word.endswith(ending) or len(word) - len(ending) < _SHORTEST:
            continue
        if ending == "eur" and f"{word[:-3]}euse" not in forms:
            return word  # *erreur* is no agent: nobody is an *erreuse*
        for replacement in replacements:
            target = word[: -len(ending)] + replacement.removeprefix("!")
            known = target if target in forms else accented(target, forms)
            if known is not None and (replacement.startswith("!") or forms[known] == known):
                return _dictionary_form(known, forms)
    return word
