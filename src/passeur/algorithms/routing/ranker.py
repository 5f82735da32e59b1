"""People who can answer a question, best first, each with reasons."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from passeur.algorithms.routing.evidence import AskedQuestion, Themes
from passeur.algorithms.routing.history import History
from passeur.algorithms.routing.reasons import Reason, reasons_for
from passeur.algorithms.routing.signals import SIGNALS, Signals, gather
from passeur.algorithms.routing.timeline import Event, learn
from passeur.algorithms.routing.weights import Lesson, Weights, fit

LESSONS = 2_500
"""How many past questions, the latest, teach the weights."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person for a question.

    `chance` in [0, 1] orders and balances; it is shown to nobody. `contributions`: how much each
    signal moved the score above or below the mean candidate's.
    """

    person: int
    score: float
    chance: float
    contributions: dict[str, float]
    reasons: tuple[Reason, ...]


@dataclass(slots=True)
class _Remembered:
    question: int
    people: list[int]
    values: NDArray[np.float32]


class Ranker:
    """Learns facts in the order in which they become known, ranks at any moment from what it knows then."""

    def __init__(self, themes: Themes | None = None, weights: Weights | None = None) -> None:
        self.history = History(themes)
        self.weights = weights or Weights()
        self._remembered: deque[_Remembered] = deque(maxlen=LESSONS)
        self._since_fit = 0

    def learn(self, event: Event) -> None:
        """Take in one fact; facts come in the order of `timeline.in_order`."""
        learn(self.history, event)

    def rank(
        self, question: AskedQuestion, now: float, limit: int = 10, without: Collection[int] = ()
    ) -> list[Candidate]:
        """The `limit` best candidates at time `now`, without the asker and the people in `without`."""
        return self.ranked(question, gather(self.history, question, now), now, limit, without)

    def order(self, signals: Signals) -> list[tuple[int, float]]:
        """(person, chance) of every candidate, best first; ties by number, so that a rerun agrees."""
        return _ordered(signals.people, signals.values @ self.weights.vector())

    def ranked(
        self,
        question: AskedQuestion,
        signals: Signals,
        now: float,
        limit: int,
        without: Collection[int] = (),
    ) -> list[Candidate]:
        """Candidates from signals that were gathered before, at the same `now`."""
        best = [person for person, _ in self.order(signals) if person not in without][:limit]
        return self.told(question, signals, now, best)

    def told(
        self, question: AskedQuestion, signals: Signals, now: float, people: Sequence[int]
    ) -> list[Candidate]:
        """These of the people who were considered, with their reasons, in the order given."""
        if not people:
            return []
        weights = self.weights.vector()
        row = {person: i for i, person in enumerate(signals.people)}
        relative = (signals.values - signals.values.mean(axis=0)) * weights
        scores = signals.values @ weights
        chances = dict(self.order(signals))
        candidates = []
        for person in people:
            moved = dict(zip(SIGNALS, relative[row[person]].tolist(), strict=True))
            why = reasons_for(self.history, question, signals.field, person, moved, now)
            candidates.append(Candidate(person, float(scores[row[person]]), chances[person], moved, why))
        return candidates

    def remember(self, question: AskedQuestion, signals: Signals) -> None:
        """Keep the signals as they stood when `question` was asked: a lesson, once it is answered."""
        values = signals.values.astype(np.float32)
        self._remembered.append(_Remembered(question.id, signals.people, values))
        self._since_fit += 1

    def refit(self, at_least: int = 1) -> bool:
        """Learn the weights again if `at_least` questions came since; says whether it did."""
        if self._since_fit < at_least:
            return False
        self._since_fit = 0
        self.weights = fit(self.lessons(), start=self.weights)
        return True

    def past_orders(self, last: int) -> list[list[tuple[int, float]]]:
        """How the present weights would have ordered people for the `last` questions, oldest first."""
        weights = self.weights.vector()
        return [_ordered(past.people, past.values @ weights) for past in list(self._remembered)[-last:]]

    def lessons(self) -> list[Lesson]:
        """The remembered questions, and who of their candidates has answered by now."""
        lessons = []
        for past in self._remembered:
            exchange = self.history.exchanges.get(past.question)
            answerers = exchange.answerers if exchange else {}
            answered = np.array([person in answerers for person in past.people], dtype=np.bool_)
            lessons.append(Lesson(past.values, answered))
        return lessons


def _ordered(people: list[int], scores: NDArray[np.float64]) -> list[tuple[int, float]]:
    if not people:
        return []
    odds = np.exp(scores - scores.max())
    chances = (odds / odds.sum()).tolist()
    by_score = np.lexsort((np.array(people), -scores)).tolist()
    return [(people[i], chances[i]) for i in by_score]
