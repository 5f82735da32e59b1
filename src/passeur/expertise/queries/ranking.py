"""Ranking people for one question from stored evidence: a fixed number of queries, however many members."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from passeur.algorithms.routing import AskedQuestion, Ranker, Weights
from passeur.algorithms.routing import Candidate as RankedPerson
from passeur.algorithms.routing.evidence import DAY, Themes
from passeur.algorithms.routing.reasons import RECENT_DAYS
from passeur.algorithms.routing.signals import gather

from ..choices import DeclineReason
from ..models import Evidence, Referral
from .stored import StoredHistory

LESSON_OF_NO = 1.5
"""What one fresh « not my subject » on exactly the question's themes takes off a score (in its logarithm)."""
FORGOTTEN_BY_HALF = 180 * DAY


@dataclass(frozen=True, slots=True)
class Ranking:
    """(person, chance) of everybody considered, best first, and the first of them with their reasons."""

    order: list[tuple[int, float]]
    best: list[RankedPerson]


def rank(
    community_id: int, question: AskedQuestion, themes: Themes, *, now: float, limit: int = 20
) -> Ranking:
    """Rank for a question as it is known at `now` (UNIX seconds)."""
    evidence = Evidence.objects.filter(community=community_id).first()
    if evidence is None or not evidence.answers:
        return Ranking([], [])
    history = StoredHistory(evidence, question, themes)
    ranker = Ranker(
        themes, Weights.from_names(evidence.weights, evidence.lessons) if evidence.weights else None
    )
    ranker.history = history
    signals = gather(history, question, now)
    order = _without_lessons_of_no(community_id, history, ranker.order(signals), now)
    first = [person for person, _ in order[:limit]]
    history.bring_recent(first, now - RECENT_DAYS * DAY)
    others = {person for person, _ in order[limit:]}
    named = {found.person: found for found in ranker.ranked(question, signals, now, limit, without=others)}
    return Ranking(order, [named[person] for person in first])


def _without_lessons_of_no(
    community_id: int, history: StoredHistory, order: Sequence[tuple[int, float]], now: float
) -> list[tuple[int, float]]:
    """The order once those who said « not my subject » on these themes have gone down; it fades."""
    weights = history.weights_of_themes
    if not weights:
        return list(order)
    said_no = Referral.objects.filter(
        conversation__community=community_id,
        decline_reason=DeclineReason.NOT_MY_SUBJECT,
        conversation__themes__in=list(weights),
        member__in=[person for person, _ in order],
    )
    odds = dict(order)
    for person, theme, at in said_no.values_list("member_id", "conversation__themes", "decided_at"):
        if at is not None:
            faded = 2.0 ** ((at.timestamp() - now) / FORGOTTEN_BY_HALF)
            odds[person] *= math.exp(-LESSON_OF_NO * weights[theme] * faded)
    total = sum(odds.values()) or 1.0
    return sorted(
        ((person, chance / total) for person, chance in odds.items()), key=lambda pair: (-pair[1], pair[0])
    )
