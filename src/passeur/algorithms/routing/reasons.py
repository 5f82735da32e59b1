"""Why this person: facts that are true of the record, to be put into words by whoever shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from passeur.algorithms.routing.candidates import Field, SimilarAnswer
from passeur.algorithms.routing.evidence import DAY, AskedQuestion
from passeur.algorithms.routing.history import History

RECENT_DAYS = 30
CLOSE = 0.15
"""From this closeness (0 to 1) on, a question is called similar in a reason."""


class ReasonKind(StrEnum):
    """What a reason speaks of."""

    MENTIONED = "mentioned"
    THEME_ANSWERS = "theme_answers"
    SIMILAR_ANSWERS = "similar_answers"
    HELPED_ASKER = "helped_asker"
    RECENT_ANSWERS = "recent_answers"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class Reason:
    """`count` questions answered, `accepted` of them with the accepted answer; an exact recount, never faded.

    `theme`: the theme of which a `THEME_ANSWERS` speaks. `questions`: up to three similar ones, most
    alike first. `days`: the window of `RECENT_ANSWERS`.
    """

    kind: ReasonKind
    count: int = 0
    accepted: int = 0
    theme: int | None = None
    questions: tuple[int, ...] = ()
    days: int | None = None


_SIGNALS: Mapping[ReasonKind, tuple[str, ...]] = {
    ReasonKind.MENTIONED: ("mentioned",),
    ReasonKind.THEME_ANSWERS: (
        "theme_month",
        "theme_quarter",
        "theme_year",
        "theme_last_twenty",
        "since_theme_answer",
    ),
    ReasonKind.SIMILAR_ANSWERS: ("similar", "similar_approved", "wording", "wording_each"),
    ReasonKind.HELPED_ASKER: ("helped_asker", "helped_by_asker", "answers_with_asker"),
    ReasonKind.RECENT_ANSWERS: (
        "active_month",
        "active_quarter",
        "last_fifty",
        "replies_week",
        "since_answer",
    ),
    ReasonKind.ANSWERS: ("active_year", "share_of_year"),
}


def reasons_for(
    history: History,
    question: AskedQuestion,
    field: Field,
    person: int,
    contributions: Mapping[str, float],
    now: float,
) -> tuple[Reason, ...]:
    """Reasons that hold, the one that weighed most first; how much is the sum of its signals' contributions.

    A mention comes first. The person's answers as a whole are named only where nothing closer can be.
    """
    found = [
        *_mentioned(question, person),
        *_theme_answers(history, field, person),
        *_similar_answers(field, person),
        *_helped_asker(history, question, person),
        *_recent_answers(history, person, now),
    ]
    if not found:
        record = history.records[person]
        return (Reason(ReasonKind.ANSWERS, record.answers, record.accepted),)

    def weighed(reason: Reason) -> tuple[bool, float]:
        return reason.kind is not ReasonKind.MENTIONED, -sum(contributions[s] for s in _SIGNALS[reason.kind])

    return tuple(sorted(found, key=weighed))


def _mentioned(question: AskedQuestion, person: int) -> list[Reason]:
    return [Reason(ReasonKind.MENTIONED)] if person in question.mentions else []


def _theme_answers(history: History, field: Field, person: int) -> list[Reason]:
    """The heaviest theme, so the narrowest, in which the person has answered."""
    for theme in sorted(field.theme_weights, key=lambda t: (-field.theme_weights[t], t)):
        record = history.theme_records.get(theme, {}).get(person)
        if record is not None:
            return [Reason(ReasonKind.THEME_ANSWERS, record.answers, record.accepted, theme=theme)]
    return []


def close_answers(field: Field, person: int) -> list[SimilarAnswer]:
    """The person's parts in questions that a reason may call similar, most alike first."""
    return [answer for answer in field.similar.get(person, ()) if answer.closeness >= CLOSE]


def _similar_answers(field: Field, person: int) -> list[Reason]:
    close = close_answers(field, person)
    if not close:
        return []
    accepted = sum(answer.share.accepted for answer in close)
    questions = tuple(answer.question for answer in close[:3])
    return [Reason(ReasonKind.SIMILAR_ANSWERS, len(close), accepted, questions=questions)]


def _helped_asker(history: History, question: AskedQuestion, person: int) -> list[Reason]:
    helped = history.helped(question.asker, person)
    return [Reason(ReasonKind.HELPED_ASKER, helped)] if helped else []


def _recent_answers(history: History, person: int, now: float) -> list[Reason]:
    recent = history.since(person, now - RECENT_DAYS * DAY)
    if not recent.answers:
        return []
    return [Reason(ReasonKind.RECENT_ANSWERS, recent.answers, recent.accepted, days=RECENT_DAYS)]
