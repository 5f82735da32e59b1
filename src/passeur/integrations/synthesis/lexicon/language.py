"""A language ready to speak: nouns in all their forms, rare words made of stems, sentences cut."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Literal, TypeAlias

from . import english, french

Code: TypeAlias = Literal["fr", "en"]
Noun: TypeAlias = Mapping[str, str]
"""The forms of a thing, by the name of the place it goes to: `le`, `Le`, `un`, `du`, `au`, `les`, `n`."""

Sentence: TypeAlias = tuple[tuple[str, str], ...]
"""(text, place that follows it), the last place being empty."""

_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Trade:
    """What a community is about, and the things it speaks of, the most usual first."""

    name: str
    things: tuple[Noun, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that texts in one language are made from."""

    code: Code
    trades: tuple[Trade, ...]
    rare: tuple[Noun, ...]
    verbs: tuple[str, ...]
    adjectives: tuple[str, ...]
    units: tuple[str, ...]
    first: tuple[str, ...]
    last: tuple[str, ...]
    jobs: tuple[str, ...]
    teams: tuple[str, ...]
    sites: tuple[str, ...]
    titles: tuple[Sentence, ...]
    tellings: tuple[Sentence, ...]
    openings: tuple[Sentence, ...]
    answers: tuple[Sentence, ...]
    remarks: tuple[Sentence, ...]


def _french(entry: str) -> Noun:
    """`la pompe`, `le joint`, `l’axe m`: the article says what the others are."""
    if entry.startswith("l’"):
        noun, _space, gender = entry[2:].rpartition(" ")
        forms = {"le": f"l’{noun}", "un": f"un{'e' * (gender == 'f')} {noun}"}
        forms |= {"du": f"de l’{noun}", "au": f"à l’{noun}"}
    else:
        article, _space, noun = entry.partition(" ")
        feminine = article == "la"
        forms = {"le": entry, "un": f"un{'e' * feminine} {noun}"}
        forms |= {"du": f"de la {noun}" if feminine else f"du {noun}"}
        forms |= {"au": f"à la {noun}" if feminine else f"au {noun}"}
    first, space, rest = noun.partition(" ")
    plural = _french_plural(first)
    return _capitalised({**forms, "les": f"les {plural}{space}{rest}", "n": noun})


def _french_plural(word: str) -> str:
    if word.endswith(("s", "x", "z")):
        return word
    if word.endswith("al"):
        return f"{word[:-2]}aux"
    return f"{word}x" if word.endswith(("eau", "eu")) else f"{word}s"


def _english(noun: str) -> Noun:
    article = "an" if noun[0] in "aeiou" else "a"
    plural = f"{noun[:-1]}ies" if noun.endswith("ry") else noun if noun.endswith("s") else f"{noun}s"
    the = f"the {noun}"
    return _capitalised({"le": the, "un": f"{article} {noun}", "les": plural, "n": noun})


def _capitalised(forms: dict[str, str]) -> Noun:
    return {**forms, "Le": forms["le"][0].upper() + forms["le"][1:]}


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split(","))


def _cut(sentences: Sequence[str]) -> tuple[Sentence, ...]:
    cut = []
    for sentence in sentences:
        parts = _PLACE.split(sentence)
        cut.append(tuple(zip(parts[::2], [*parts[1::2], ""], strict=True)))
    return tuple(cut)


def _rare(words: ModuleType, code: Code) -> tuple[Noun, ...]:
    """Thousands of words that are each seldom said: every stem with every beginning and ending."""
    made = []
    for after in _words(words.AFTER):
        ending, _space, article = after.partition(" ")
        for before in _words(words.BEFORE):
            for stem in _words(words.STEMS):
                noun = f"{before}{stem}{ending}"
                if code == "en":
                    made.append(_english(noun))
                elif noun[0] in "aeiouhéè":
                    made.append(_french(f"l’{noun} {'f' if article == 'la' else 'm'}"))
                else:
                    made.append(_french(f"{article} {noun}"))
    # A stride through them, so that neighbours in rank do not all begin alike.
    stride = 1_009
    return tuple(made[(place * stride) % len(made)] for place in range(len(made)))


def _lexicon(words: ModuleType, code: Code) -> Lexicon:
    noun = _french if code == "fr" else _english
    return Lexicon(
        code=code,
        trades=tuple(
            Trade(name, tuple(noun(entry) for entry in _words(things)))
            for name, things in words.TRADES.items()
        ),
        rare=_rare(words, code),
        verbs=_words(words.VERBS),
        adjectives=_words(words.ADJECTIVES),
        units=_words(words.UNITS),
        first=_words(words.FIRST),
        last=_words(words.LAST),
        jobs=_words(words.JOBS),
        teams=_words(words.TEAMS),
        sites=_words(words.SITES),
        titles=_cut(words.TITLES),
        tellings=_cut(words.TELLINGS),
        openings=_cut(words.OPENINGS),
        answers=_cut(words.ANSWERS),
        remarks=_cut(words.REMARKS),
    )


LANGUAGES: Mapping[Code, Lexicon] = {"fr": _lexicon(french, "fr"), "en": _lexicon(english, "en")}
