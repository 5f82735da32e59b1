"""What people write: sentences about the things of a conversation, in words as unevenly used as ours.

A few things are said all the time, most of them seldom, some once (Zipf 1949): `int(n ** u)` with `u`
uniform in [0, 1) draws ranks from 1 to n with a chance of about 1/rank.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

from .lexicon import Lexicon, Noun, Trade
from .lexicon.language import Sentence

T = TypeVar("T")
USUAL_SHARE, TRADE_SHARE = 0.55, 0.9
"""Up to the first, a word is of the conversation's own; up to the second, of its trade; else a rare one."""
LONGEST = 24


def ranked(choices: Sequence[T], drawn: random.Random) -> T:
    """One of `choices`, the first ones far more often."""
    return choices[int((len(choices) + 1) ** drawn.random()) - 1]


class Speaker:
    """Writes the texts of one conversation; `about` are the things that its theme speaks of."""

    def __init__(self, lexicon: Lexicon, trade: Trade, about: Sequence[Noun], drawn: random.Random) -> None:
        self._lexicon, self._trade, self._drawn = lexicon, trade, drawn
        self._things = [*about[:1], ranked(trade.things, drawn), ranked(lexicon.rare, drawn), *about[1:]]

    def title(self, *, asks: bool) -> str:
        """A question, or what an experience or announcement is about."""
        sentences = self._lexicon.titles if asks else self._lexicon.tellings
        return self._said(self._drawn.choice(sentences))

    def paragraphs(self, sentences: Sequence[Sentence], *, usual: float) -> list[str]:
        """A few paragraphs; `usual` is the median of the number of sentences."""
        drawn = self._drawn
        count = min(LONGEST, max(1, round(drawn.lognormvariate(0, 0.55) * usual)))
        said = [self._said(drawn.choice(sentences)) for _ in range(count)]
        return [" ".join(said[start : start + 4]) for start in range(0, count, 4)]

    def _said(self, sentence: Sentence) -> str:
        parts = []
        for text, place in sentence:
            parts.append(text)
            if place:
                parts.append(self._word(place))
        return "".join(parts)

    def _word(self, place: str) -> str:
        drawn, lexicon = self._drawn, self._lexicon
        match place:
            case "v":
                return ranked(lexicon.verbs, drawn)
            case "a":
                return ranked(lexicon.adjectives, drawn)
            case "x":
                return f"{int(400 ** drawn.random()) + 1} {drawn.choice(lexicon.units)}"
            case "r":
                number = int(90_000 ** drawn.random())
                return f"{chr(65 + number % 26)}{chr(65 + number // 7 % 26)}-{number + 100}"
            case "p":
                return drawn.choice(lexicon.first)
        return self._thing()[place]

    def _thing(self) -> Noun:
        share = self._drawn.random()
        if share < USUAL_SHARE:
            return self._drawn.choice(self._things)
        if share < TRADE_SHARE:
            return ranked(self._trade.things, self._drawn)
        return ranked(self._lexicon.rare, self._drawn)
