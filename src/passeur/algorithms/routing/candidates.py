"""Who is looked at for a question: a few hundred people at most, whatever the size of the community."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from passeur.algorithms.routing.evidence import DAY, AskedQuestion
from passeur.algorithms.routing.history import History, Resembling, Share
from passeur.algorithms.routing.tally import HALF_LIVES

_SIMILAR = 40
_WORDINGS = 200
LEADING = 40
"""How many leaders of a theme, or overall, are looked at, at each half-life."""
_WORDING_HALF_LIFE = 180 * DAY


@dataclass(frozen=True, slots=True)
class SimilarAnswer:
    """A person's part in a question that resembles this one; `likeness` is 1 for the most alike.

    `closeness` in [0, 1) is the part of the question's weighted words that the other question has.
    """

    question: int
    likeness: float
    closeness: float
    share: Share


@dataclass(frozen=True, slots=True)
class Field:
    """The people considered for one question, and what its words brought up about them."""

    people: list[int]
    theme_weights: dict[int, float]
    similar: dict[int, list[SimilarAnswer]]
    wording: dict[int, float]
    wording_ever: dict[int, float]


def theme_weights(history: History, question: AskedQuestion) -> dict[int, float]:
    """Weights (sum 1) of the question's themes and the broader ones: specific before broad.

    A theme weighs by its rarity among questions, ln(1 + N / (1 + n)), halved at each step up the tree.
    """
    asked = max(1, len(history.exchanges))
    weights = {
        theme: 0.5**distance * _rarity(asked, history.questions_by_theme.get(theme, 0))
        for theme, distance in history.themes.with_broader(question.themes).items()
    }
    total = sum(weights.values())
    return {theme: weight / total for theme, weight in weights.items()}


def _rarity(asked: int, of_theme: int) -> float:
    return math.log1p(asked / (1 + of_theme))


def _similar(history: History, found: Resembling) -> dict[int, list[SimilarAnswer]]:
    by_person: dict[int, list[SimilarAnswer]] = {}
    for question, score in found.questions:
        for person, share in history.exchanges[question].answerers.items():
            alike = SimilarAnswer(question, score / found.questions[0][1], score / found.ceiling, share)
            by_person.setdefault(person, []).append(alike)
    return by_person


def _wording(history: History, found: Resembling, now: float) -> tuple[dict[int, float], dict[int, float]]:
    """BM25 of a person's answers for the question's words: fading over half a year, and not fading."""
    recent: dict[int, float] = {}
    ever: dict[int, float] = {}
    for position, score in found.answers:
        person, at = history.given[position]
        ever[person] = ever.get(person, 0.0) + score
        faded: float = 2.0 ** ((at - now) / _WORDING_HALF_LIFE)
        recent[person] = recent.get(person, 0.0) + score * faded
    return recent, ever


def look_around(history: History, question: AskedQuestion, now: float) -> Field:
    """Gather those who lead in the themes or overall, answered similar questions, or know the asker."""
    found = history.resembling(history.terms_of(question), _SIMILAR, _WORDINGS)
    similar = _similar(history, found)
    recent, ever = _wording(history, found, now)
    weights = theme_weights(history, question)
    people: dict[int, None] = {}

    def add(some: Iterable[int]) -> None:
        for person in some:
            if person not in people and person != question.asker and history.knows(person):
                people[person] = None

    for theme in sorted(weights, key=lambda t: (-weights[t], t)):
        if theme in history.by_theme:
            for half_life in range(len(HALF_LIVES)):
                add(history.by_theme[theme].leaders(half_life, LEADING))
    for half_life in range(len(HALF_LIVES)):
        add(history.overall.leaders(half_life, LEADING))
    add(similar)
    if question.asker in history.to_asker:
        add(history.to_asker[question.asker].leaders(0, LEADING))
    add(question.mentions)
    return Field(list(people), weights, similar, recent, ever)
