"""How soon and how well a question is replied to. Who still waits counts: neglect improves no figure.

Newcomers' first reply is `within_goal` over first posts: a newcomer who gets a reply comes back more
(Joyce & Kraut, 2006: 44% against 56%).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from passeur.algorithms.measures.estimates import Share


def within_goal(replied_at: ArrayLike, due_at: ArrayLike, now: float) -> Share:
    """Those replied to by `due_at`, over those due by `now`. Times in any one unit; NaN: nobody replied yet.

    `due_at` is when the goal passed on the community's clock, which stops in quiet hours. One asked less than
    a goal ago does not count, even if it has its reply: counting only those would count only the good ones.
    """
    replied, due = np.asarray(replied_at, dtype=np.float64), np.asarray(due_at, dtype=np.float64)
    judged = due <= now
    return Share(int(np.count_nonzero(replied[judged] <= due[judged])), int(np.count_nonzero(judged)))


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of `asked` questions: how many were accepted, closed as resolved, or wait past the goal.

    The three exclude each other, and the judge of a state is the caller.
    """

    asked: int
    accepted: int
    closed_as_resolved: int
    waiting_past_goal: int

    @property
    def resolved(self) -> Share:
        """Accepted, or closed with a reason that says so, over all."""
        return Share(self.accepted + self.closed_as_resolved, self.asked)

    @property
    def unanswered(self) -> Share:
        """Waiting for a reply past the community's goal, over all."""
        return Share(self.waiting_past_goal, self.asked)
