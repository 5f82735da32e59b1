"""Ranking people for one question from stored evidence: a fixed number of queries, however many members."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection

from passeur.algorithms.routing import AskedQuestion, Ranker
from passeur.algorithms.routing import Candidate as RankedPerson
from passeur.algorithms.routing.candidates import theme_weights
from passeur.algorithms.routing.evidence import DAY, Themes
from passeur.algorithms.routing.reasons import RECENT_DAYS, close_answers
from passeur.algorithms.routing.signals import gather
from passeur.algorithms.text import weighted_terms
from passeur.foundation.arrays import array

from .contests import SaidAgainst, said_against
from .known import known_for
from .stored import StoredHistory, titles_of

LESSON_OF_NO = 1.5
"""What one fresh « not my subject » on exactly the question's themes takes off a score (in its logarithm)."""
FORGOTTEN_BY_HALF = 180 * DAY


@dataclass(frozen=True, slots=True)
class Ranking:
    """(person, chance) of everybody considered, best first, and the first of them with their reasons.

    Who contests a theme of the question is in none of the two.
    """

    order: list[tuple[int, float]]
    best: list[RankedPerson]
    contesting: set[int]
    themes: dict[int, str] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)
    """Names and titles of what the reasons speak of."""


def rank(
    community_id: int,
    question: AskedQuestion,
    themes: Themes,
    *,
    now: float,
    limit: int = 20,
    known: Ranker | None = None,
) -> Ranking:
    """Rank for a question as it is known at `now` (UNIX seconds).

    `known` has learnt all that is stored, as after counting anew: what it knows is not read again.
    """
    about = list(themes.with_broader(question.themes))
    ranker = known or _stored(community_id, question, themes)
    if ranker is None or (known is not None and not known.history.records):
        return Ranking([], [], said_against(about, []).contesting)
    history = ranker.history
    signals = gather(history, question, now)
    order = ranker.order(signals)
    said = said_against(about, [person for person, _ in order])
    order = _without_lessons_of_no(theme_weights(history, question), order, said, now)
    order = [(person, chance) for person, chance in order if person not in said.contesting]
    first = [person for person, _ in order[:limit]]
    if first and isinstance(history, StoredHistory):
        alike = {close.question for one in first for close in close_answers(signals.field, one)[:1]}
        history.bring_reasons(first, alike, now - RECENT_DAYS * DAY)
    named = {found.person: found for found in ranker.told(question, signals, now, first)}
    best = [named[person] for person in first]
    if isinstance(history, StoredHistory):
        return Ranking(order, best, said.contesting, history.names_of_themes, history.titles)
    return Ranking(order, best, said.contesting, *_names(best))


def _stored(community_id: int, question: AskedQuestion, themes: Themes) -> Ranker | None:
    """What is stored and concerns the question; None where nothing was answered."""
    terms = weighted_terms(question.title, question.text)
    known = known_for(community_id, terms, themes.with_broader(question.themes))
    if known is None:
        return None
    ranker = Ranker(themes, known.weights)
    ranker.history = StoredHistory(known, question, terms, themes)
    return ranker


_THEMES = "select id, name from skills_theme where id = any(%s::bigint[])"


def _names(best: Sequence[RankedPerson]) -> tuple[dict[int, str], dict[int, str]]:
    """Of the themes that these reasons speak of, and the titles of the questions."""
    reasons = [reason for one in best for reason in one.reasons]
    with connection.cursor() as cursor:
        cursor.execute(_THEMES, [array({one.theme for one in reasons if one.theme is not None})])
        themes = dict(cursor.fetchall())
    return themes, _titles(best)


def _titles(best: Sequence[RankedPerson]) -> dict[int, str]:
    """Of the questions that these reasons name."""
    return titles_of({one.questions[0] for found in best for one in found.reasons if one.questions})


def _without_lessons_of_no(
    weights: Mapping[int, float], order: Sequence[tuple[int, float]], said: SaidAgainst, now: float
) -> list[tuple[int, float]]:
    """The order once those who said « not my subject » on these themes have gone down; it fades."""
    odds = dict(order)
    lessons = [(person, theme, at) for person, theme, at in said.declined if person in odds]
    if not lessons:
        return list(order)
    for person, theme, at in lessons:
        faded = 2.0 ** ((at.timestamp() - now) / FORGOTTEN_BY_HALF)
        odds[person] *= math.exp(-LESSON_OF_NO * weights[theme] * faded)
    total = sum(odds.values()) or 1.0
    return sorted(
        ((person, chance / total) for person, chance in odds.items()), key=lambda pair: (-pair[1], pair[0])
    )
