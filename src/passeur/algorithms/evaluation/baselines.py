"""What anybody would try first, and what routing has to beat: each orders people for a question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from passeur.algorithms.routing.evidence import AskedQuestion
from passeur.algorithms.routing.history import History
from passeur.algorithms.text import weighted_terms

Baseline = Callable[[History, AskedQuestion], list[int]]
"""People best first, the asker left out; ties by the number of all answers, then by number."""

_BEST_ANSWERS = 50


def most_active(history: History, question: AskedQuestion) -> list[int]:
    """By questions answered so far."""
    return _ordered({}, history, question)


def most_active_in_theme(history: History, question: AskedQuestion) -> list[int]:
    """By questions answered so far in the question's own themes, added up."""
    counts: Counter[int] = Counter()
    for theme in question.themes:
        for person, record in history.theme_records.get(theme, {}).items():
            counts[person] += record.answers
    return _ordered(counts, history, question)


def bm25_over_answers(history: History, question: AskedQuestion) -> list[int]:
    """By BM25 of the question for the person's past answers, the fifty best answers of all added up."""
    totals: dict[int, float] = {}
    terms = weighted_terms(question.title, question.text)
    for position, score in history.wording.search(terms, _BEST_ANSWERS):
        author = history.given[position][0]
        totals[author] = totals.get(author, 0.0) + score
    return _ordered(totals, history, question)


BASELINES: Mapping[str, Baseline] = {
    "most_active": most_active,
    "most_active_in_theme": most_active_in_theme,
    "bm25_over_answers": bm25_over_answers,
}


def _ordered(scores: Mapping[int, float], history: History, question: AskedQuestion) -> list[int]:
    records = history.records
    people = (person for person in records if person != question.asker)
    return sorted(people, key=lambda p: (-scores.get(p, 0.0), -records[p].answers, p))
