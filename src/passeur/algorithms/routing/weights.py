"""How much each signal weighs, learnt by a community from its own past.

A conditional logit (McFadden, 1974) over the candidates of each past question: the weights make it
likely that a person taken at random in proportion to exp(score) is one of those who answered. The
shipped defaults are the mean of a normal prior, so that a young community starts from something
sensible and departs from it only as far as its own answers say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from passeur.algorithms.routing.signals import SIGNALS

Vector = NDArray[np.float64]

DEFAULTS: Mapping[str, float] = {
    "active_month": 0.2,
    "active_quarter": 0.1,
    "active_year": 0.0,
    "share_of_year": 0.6,
    "last_fifty": 0.3,
    "replies_week": 0.1,
    "theme_month": 0.0,
    "theme_quarter": 0.3,
    "theme_year": 0.2,
    "theme_last_twenty": 0.3,
    "similar": 0.3,
    "similar_approved": 0.05,
    "wording": 0.2,
    "wording_each": 0.3,
    "helped_asker": 0.2,
    "helped_by_asker": 0.1,
    "answers_with_asker": 0.1,
    "since_answer": 0.25,
    "since_theme_answer": 0.1,
    "asking": 0.1,
    "mentioned": 3.5,
}
PRECISION = 8.0
"""Inverse variance of the prior around each default, in questions' worth of curvature."""


@dataclass(frozen=True, slots=True)
class Weights:
    """One number a signal, in the order of `SIGNALS`; `lessons` past questions taught them."""

    values: tuple[float, ...] = tuple(DEFAULTS[name] for name in SIGNALS)
    lessons: int = 0

    def vector(self) -> Vector:
        """The weights as an array."""
        return np.array(self.values)

    def by_name(self) -> dict[str, float]:
        """The weights by signal, to be stored and shown."""
        return dict(zip(SIGNALS, self.values, strict=True))

    @classmethod
    def from_names(cls, weights: Mapping[str, float], lessons: int = 0) -> Weights:
        """Weights as stored by `by_name`; a signal that is not named keeps its default."""
        return cls(tuple(weights.get(name, DEFAULTS[name]) for name in SIGNALS), lessons)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A past question: signals of its candidates (rows) as they stood then, and who of them answered."""

    values: NDArray[np.float32]
    answered: NDArray[np.bool_]


def fit(lessons: Sequence[Lesson], start: Weights | None = None, steps: int = 12) -> Weights:
    """Weights that maximise Σ ln P(a candidate who answered) + ln prior, by damped Newton steps.

    Lessons in which no candidate answered say nothing and are passed over. `start` only saves steps.
    """
    useful = [lesson for lesson in lessons if lesson.answered.any()]
    if not useful:
        return Weights()
    problem = _Problem(useful)
    weights = (start or Weights()).vector()
    loss = problem.loss(weights)
    for _ in range(steps):
        move = problem.newton_step(weights)
        size = 1.0
        while problem.loss(weights - size * move) > loss and size > 1e-3:
            size /= 2
        better = problem.loss(weights - size * move)
        if better >= loss:
            break
        gain, loss = loss - better, better
        weights = weights - size * move
        if gain < 1e-5 * (1.0 + abs(loss)):
            break
    return Weights(tuple(float(w) for w in weights), len(useful))


class _Problem:
    """All lessons one under the other; `starts` says where each begins."""

    def __init__(self, lessons: Sequence[Lesson]) -> None:
        self.values = np.concatenate([lesson.values for lesson in lessons]).astype(np.float64)
        self.answered = np.concatenate([lesson.answered for lesson in lessons])
        sizes = [len(lesson.answered) for lesson in lessons]
        self.starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        self.lesson = np.repeat(np.arange(len(sizes)), sizes)
        self.prior = Weights().vector()

    def _chances(self, weights: Vector) -> tuple[Vector, Vector]:
        """P(candidate) in each lesson, and P(one of those who answered) by lesson."""
        scores = self.values @ weights
        scores -= np.maximum.reduceat(scores, self.starts)[self.lesson]
        odds = np.exp(scores)
        chances = odds / np.add.reduceat(odds, self.starts)[self.lesson]
        right = np.add.reduceat(np.where(self.answered, chances, 0.0), self.starts)
        return chances, np.maximum(right, 1e-300)

    def loss(self, weights: Vector) -> float:
        _, right = self._chances(weights)
        return float(PRECISION / 2 * np.sum((weights - self.prior) ** 2) - np.sum(np.log(right)))

    def newton_step(self, weights: Vector) -> Vector:
        """Gradient over the curvature of the part that is always convex."""
        chances, right = self._chances(weights)
        blame = np.where(self.answered, chances / right[self.lesson], 0.0)
        gradient = PRECISION * (weights - self.prior) + self.values.T @ (chances - blame)
        means = np.add.reduceat(self.values * chances[:, None], self.starts)
        curvature = self.values.T @ (self.values * chances[:, None]) - means.T @ means
        curvature[np.diag_indices_from(curvature)] += PRECISION
        step: Vector = np.linalg.solve(curvature, gradient)
        return step
