"""A community's own past, played again: what would have been proposed for each question, and who answered.

Profiles are those of the start of the question's day (UTC); nothing of that day or later is seen.
Test questions are those asked after the first 80% of answers (one a person and question, not counting
answers to one's own question), or from a given date on. A test question is scored if somebody other
than its asker answered it whom the community knew, by an earlier answer, when that day began.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from passeur.algorithms.evaluation.baselines import BASELINES
from passeur.algorithms.routing.evidence import AskedQuestion, Past
from passeur.algorithms.routing.history import History
from passeur.algorithms.routing.ranker import Ranker
from passeur.algorithms.routing.signals import gather
from passeur.algorithms.routing.timeline import days, learn

OURS = "routing"
TRAINING_SHARE = 0.8
REFIT_EVERY = 40
"""Weights are fitted when the test begins, then again after so many questions."""
_REHEARSED = 100
_KEPT = 20
"""Places kept of each list: ten, and ten more for when the ten busiest people are removed."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One test question: what each method proposed, best first, and what happened.

    `chances`: routing's (person, chance), for the lists under a load cap. `answerers`: known people
    who answered. `chosen`: who gave the accepted answer, else the first.
    """

    question: int
    proposals: dict[str, tuple[int, ...]]
    chances: tuple[tuple[int, float], ...]
    answerers: frozenset[int]
    chosen: int


@dataclass(frozen=True, slots=True)
class Replay:
    """Trials that can be scored, out of `asked` test questions; `known`: everybody who could be ranked.

    `rehearsal`: routing's (person, chance) for the last hundred questions before the test.
    """

    trials: list[Trial]
    asked: int
    known: frozenset[int]
    busiest: frozenset[int]
    rehearsal: list[list[tuple[int, float]]]


@dataclass(slots=True)
class _Try:
    question: AskedQuestion
    proposals: dict[str, tuple[int, ...]]
    chances: tuple[tuple[int, float], ...]
    known: int
    """How many people were known then; `History.records` keeps the order in which they became known."""


def replay(past: Past, since: float | None = None, training_share: float = TRAINING_SHARE) -> Replay:
    """Play `past` day by day; test questions are asked from `since` (UNIX s) on, or by the training share."""
    begin = _begin(past, training_share) if since is None else since
    after = (lambda at: at >= begin) if since is not None else (lambda at: at > begin)
    ranker = Ranker(past.themes)
    rehearsal: list[list[tuple[int, float]]] = []
    tries = list(_tries(past, ranker, after, rehearsal))
    first_seen = {person: i for i, person in enumerate(ranker.history.records)}
    trials = []
    for tried in tries:
        answerers = ranker.history.exchanges[tried.question.id].answerers
        known = frozenset(person for person in answerers if first_seen[person] < tried.known)
        if known:
            first = next(iter(answerers))
            chosen = next((p for p, share in answerers.items() if share.accepted), first)
            trials.append(Trial(tried.question.id, tried.proposals, tried.chances, known, chosen))
    answers = Counter({person: record.answers for person, record in ranker.history.records.items()})
    busiest = frozenset(person for person, _ in answers.most_common(10))
    return Replay(trials, len(tries), frozenset(first_seen), busiest, rehearsal)


def _tries(
    past: Past,
    ranker: Ranker,
    is_test: Callable[[float], bool],
    rehearsal: list[list[tuple[int, float]]],
) -> Iterator[_Try]:
    """Rank each test question from the state at the start of its day, then learn the day."""
    began = False
    for day, events in days(past):
        asked = [event for event in events if isinstance(event, AskedQuestion)]
        if any(is_test(question.asked_at) for question in asked):
            ranker.refit(at_least=REFIT_EVERY if began else 1)
            if not began:
                rehearsal.extend(ranker.past_orders(_REHEARSED))
            began = True
        for question in asked:
            signals = gather(ranker.history, question, day)
            ranker.remember(question, signals)
            if is_test(question.asked_at):
                order = ranker.order(signals)
                proposals = _proposals(ranker.history, question, [person for person, _ in order])
                known = len(ranker.history.records)
                yield _Try(question, proposals, tuple(order), known)
        for event in events:
            ranker.learn(event)


def _proposals(history: History, question: AskedQuestion, ours: Sequence[int]) -> dict[str, tuple[int, ...]]:
    lists = {OURS: tuple(ours[:_KEPT])}
    for name, baseline in BASELINES.items():
        lists[name] = tuple(baseline(history, question)[:_KEPT])
    return lists


def _begin(past: Past, training_share: float) -> float:
    """The time of the answer that ends the training share; infinity without answers."""
    history = History(past.themes)
    for _, events in days(past):
        for event in events:
            learn(history, event)
    times = sorted(
        share.at for exchange in history.exchanges.values() for share in exchange.answerers.values()
    )
    return times[int(training_share * len(times))] if times else math.inf
