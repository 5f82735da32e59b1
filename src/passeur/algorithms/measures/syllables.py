"""Syllables of French and English words, as prose is spoken: *nation* has two, *ouvrier* three, *parlent*
one.

Rules of spelling, and for the French *-ent* the dictionary form of the word. Of all words as often as they
are met, 99.8% came out right against Lexique 3.83 (French) and 98.8% against CMU's dictionary (English, two
forums), and the sum of syllables was right to a thousandth in both.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from passeur.algorithms.words import Language
from passeur.algorithms.words.lexicon import lemmas

_PART = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=50_000)
def syllables(word: str, language: Language) -> int:
    """At least 1 of anything with a letter; a word with hyphens or apostrophes has those of its parts."""
    parts = _PART.findall(unicodedata.normalize("NFC", word).lower())
    count = _french if language == "fr" else _english
    return max(1, sum(count(part) for part in parts))


_VOWELS = "aàâäeéèêëiîïoôöuùûüyœæ"
_NUCLEUS = rf"(?:eau|[oœ]eu|œu|eui(?=l)|(?:œ|oe)i|e[iîuûy]|a[iîuy]|o[iîuùûy]|[{_VOWELS}])"
_FRENCH_SYLLABLE = re.compile(
    # A glide and the vowel after it are one (nation, nuit, jouer), but not after two consonants (crier,
    # cruel): there only "ui" is (bruit, brouillard).
    rf"(?<=[bcdfgptv][rl])(?:ui|oui(?=ll))"
    rf"|(?<![bcdfgptv][rl])(?:ou|[iuy])(?=[{_VOWELS}]){_NUCLEUS}|{_NUCLEUS}"
)
_FRENCH_SPELLING = (
    (re.compile(r"qu"), "q"),
    (re.compile(r"gu(?=[eéèêiîy])"), "g"),
    (re.compile(r"ge(?=[aâoôu])"), "g"),
    (re.compile(r"a(?=oû)"), ""),
    (re.compile(r"pays"), "péis"),
    # A y between two vowels sounds as a consonant: crayon, moyen, essuyer.
    (re.compile(rf"(?<=[{_VOWELS}])y(?=[{_VOWELS}])"), "j"),
    # An e after a vowel is not heard within a word: paiement, jouera.
    (re.compile(r"(?<=[iuéj])e(?=ment|r[aeio])"), ""),
)
_MUTE_END = re.compile(r"es?$")


def _french(part: str) -> int:
    if part.endswith("ent") and _is_plural_verb(part):
        part = part[:-3] + "e"
    for spelling, sound in _FRENCH_SPELLING:
        part = spelling.sub(sound, part)
    found = len(_FRENCH_SYLLABLE.findall(part))
    if found > 1 and _MUTE_END.search(part):
        # The e at the end was counted as a vowel of its own, unless it glided into what stands before.
        found = max(1, len(_FRENCH_SYLLABLE.findall(_MUTE_END.sub("", part))))
    return found


def _is_plural_verb(word: str) -> bool:
    """Whether *-ent* is not heard: parlent, finissaient; but not vient, moment."""
    if word.endswith("aient"):
        return True
    lemma = lemmas("fr").get(word, word)
    if lemma == word or (lemma.endswith("enir") and word.endswith("ient")):
        return False
    return lemma.endswith(("er", "ir", "re"))


_ENGLISH_VOWELS = re.compile(r"[aeiouy]+")
_ENGLISH_SPELLING = (
    # Endings that are not heard: make, makes, asked (but table, boxes, wanted, handled).
    (re.compile(r"(?<=[^aeiouyl])e$|(?<=[aeiouy]l)e$"), ""),
    (re.compile(r"(?<=[qg])ues?$"), ""),
    (re.compile(r"(?<=[^aeiouytdl])ed$|(?<=[aeiouyl]l)ed$"), "d"),
    (re.compile(r"(?<=[^aeiouyszxcghl])es$|(?<=[aeiouy]l)es$|(?<=[aeiouyr]th)es$"), "s"),
    (re.compile(r"(?<=[aeiouy][^aeiouy])e(?=(?:ly|less|ness|ful|ment|ments)$)"), ""),
    (re.compile(r"^(som|hom|ther|wher|for)e(?=[a-z]{3})"), r"\1"),
    (re.compile(r"(?<=ic)a(?=lly$)"), ""),
    (re.compile(r"(?<=[aeiou])y(?=[ao]|er)"), "j"),
)
_ENGLISH_HIATUS = re.compile(
    r"(?<![cgst])i(?=[ao])|(?<![cgst])(?<!fr)i(?=en)|i(?=u[ms]|er|et)|(?<![qg])u(?=[ao]|it[iy])|[aeiou](?=ing)"
    r"|(?<=id)e(?=as?$)|(?<=ar)e(?=as?$)|(?<=cr)e(?=at)|(?<=[dm])e(?=o)|y(?=ing|one)|a(?=ic)|(?:s|th)(?=ms?$)"
)


def _english(part: str) -> int:
    for spelling, sound in _ENGLISH_SPELLING:
        part = spelling.sub(sound, part)
    return len(_ENGLISH_VOWELS.findall(part)) + len(_ENGLISH_HIATUS.findall(part))
