"""What routing knows of a community: questions, answers, votes, acceptances and the tree of themes.

People, questions, answers and themes are integers that the caller chooses; times are UNIX seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

DAY = 86_400.0
"""Seconds in a day."""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as it stood when it was asked: later edits and replies are not in `text`."""

    id: int
    asker: int
    asked_at: float
    title: str = ""
    text: str = ""
    themes: tuple[int, ...] = ()
    mentions: tuple[int, ...] = ()
    """People whom the asker names in the question."""


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer, or in a chat a reply in the topic. An asker's own answer is never evidence."""

    id: int
    question: int
    author: int
    at: float
    text: str = ""


@dataclass(frozen=True, slots=True)
class DayVotes:
    """Votes that an answer received on one day; `day` is the start of that day."""

    answer: int
    day: float
    up: int = 0
    down: int = 0


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The asker chose this answer at this time."""

    answer: int
    at: float


@dataclass(frozen=True, slots=True)
class Themes:
    """The tree of themes, each with its parent; a theme that is not in the mapping is a root."""

    parents: Mapping[int, int | None] = field(default_factory=dict)

    def with_broader(self, themes: Iterable[int]) -> dict[int, int]:
        """Each of `themes` and all that are broader, with its distance (0 = named by the question)."""
        distances: dict[int, int] = {}
        for theme in themes:
            at: int | None = theme
            distance = 0
            while at is not None and distances.get(at, distance + 1) > distance:
                distances[at] = distance
                at = self.parents.get(at)
                distance += 1
        return distances


@dataclass(frozen=True, slots=True)
class Past:
    """All the evidence of one community, in any order; the caller leaves out machines and erased people."""

    community: str
    questions: tuple[AskedQuestion, ...]
    answers: tuple[GivenAnswer, ...]
    votes: tuple[DayVotes, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()
    themes: Themes = field(default_factory=Themes)
