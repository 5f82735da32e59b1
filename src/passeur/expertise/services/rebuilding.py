"""Counting a community's evidence anew, in bulk: after an import, and when something old has changed."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from passeur.algorithms.routing import Ranker, Weights
from passeur.algorithms.routing.evidence import AskedQuestion, GivenAnswer, Past
from passeur.algorithms.routing.history import History
from passeur.algorithms.routing.ranker import LESSONS
from passeur.algorithms.routing.signals import gather
from passeur.algorithms.routing.tally import HALF_LIVES, Tally
from passeur.algorithms.routing.timeline import days

from ..choices import Scope, Text
from ..models import Block, Evidence, Exchange, Listing, Share, TextEntry, ThemeCount
from ..models import Tally as StoredRow
from ..queries.fairness import KEPT, REMEMBERED
from .facts import facts_of
from .indexing import RecordedIndex
from .learning import broader, locked

REFIT_AFTER = 40
"""New questions after which the weights are learnt again."""
_SETTLED = dt.timedelta(minutes=1)

Progress = Callable[[int, int], None]


def rebuild(
    community_id: int, *, refit: bool = True, progress: Progress = lambda done, total: None
) -> Evidence:
    """Count a community's evidence anew from its conversations; with `refit` also learn the weights."""
    with transaction.atomic():
        evidence = locked(community_id)
        facts = facts_of(evidence.community)
        pupil = taught(facts, weights_of(evidence), refit=refit, progress=progress)
        ranker = pupil.ranker
        _clear(community_id)
        _write(evidence, facts, ranker.history)
        _write_words(evidence, pupil)
        if refit:
            evidence.weights, evidence.lessons = ranker.weights.by_name(), ranker.weights.lessons
            evidence.learnt = 0
            _write_listings(community_id, facts, ranker)
        evidence.stale_at, evidence.rebuilt_at = None, timezone.now()
        evidence.save()
    return evidence


def rebuild_due() -> list[int]:
    """Rebuild the communities where something old changed (a minute ago at least) or enough came since."""
    settled = timezone.now() - _SETTLED
    done = []
    for evidence in Evidence.objects.filter(stale_at__lt=settled):
        rebuild(evidence.community_id, refit=evidence.learnt >= REFIT_AFTER)
        done.append(evidence.community_id)
    return done


def refit_due() -> list[int]:
    """Learn the weights again where enough questions came since the last time."""
    due = list(Evidence.objects.filter(learnt__gte=REFIT_AFTER).values_list("community_id", flat=True))
    for community_id in due:
        rebuild(community_id)
    return due


def weights_of(evidence: Evidence) -> Weights:
    """The weights a community has learnt, else those that ship."""
    return Weights.from_names(evidence.weights, evidence.lessons) if evidence.weights else Weights()


@dataclass(frozen=True, slots=True)
class Taught:
    """A ranker with what it learnt, its two indexes, and the answers that counted in the order of the second."""

    ranker: Ranker
    similar: RecordedIndex
    wording: RecordedIndex
    counted: list[GivenAnswer]


def taught(facts: Past, weights: Weights, *, refit: bool, progress: Progress) -> Taught:
    """Learn the whole past day by day, as the replay does; with `refit` also the weights, from the last of it."""
    ranker = Ranker(facts.themes, weights)
    similar, wording = ranker.history.similar, ranker.history.wording = RecordedIndex(), RecordedIndex()
    counted: list[GivenAnswer] = []
    begin = max(0, len(facts.questions) - LESSONS)
    taken = done = 0
    total = len(facts.questions) + len(facts.answers) + len(facts.votes) + len(facts.acceptances)
    for day, events in days(facts):
        for question in (event for event in events if isinstance(event, AskedQuestion)):
            if refit and taken >= begin:
                ranker.remember(question, gather(ranker.history, question, day))
            taken += 1
        for event in events:
            before = len(wording)
            ranker.learn(event)
            if isinstance(event, GivenAnswer) and len(wording) > before:
                counted.append(event)
        done += len(events)
        progress(done, total)
    if refit:
        ranker.refit()
    return Taught(ranker, similar, wording, counted)


def _clear(community_id: int) -> None:
    for model in (Block, TextEntry, StoredRow, ThemeCount, Share, Exchange):
        model._default_manager.filter(community=community_id)._raw_delete("default")


def _copy(model: Any, columns: list[str], rows: Iterable[tuple[Any, ...]]) -> None:
    names = ", ".join(columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy {model._meta.db_table} ({names}) from stdin") as out,
    ):
        for row in rows:
            out.write_row(row)


def _write(evidence: Evidence, facts: Past, history: History) -> None:
    community = evidence.community_id
    exchanges = history.exchanges
    above = {key: broader(facts.themes, e.question.themes) for key, e in exchanges.items()}
    _copy(
        Exchange,
        ["conversation_id", "community_id", "asker_id", "asked_at", "themes", "broader"],
        (
            (key, community, e.question.asker, e.question.asked_at, list(e.question.themes), above[key])
            for key, e in exchanges.items()
        ),
    )
    shares = [(key, person, s) for key, e in exchanges.items() for person, s in e.answerers.items()]
    shares.sort(key=lambda found: found[2].at)
    _copy(
        Share,
        ["exchange_id", "community_id", "person_id", "at", "replies", "up", "down", "accepted"],
        ((key, community, person, s.at, s.replies, s.up, s.down, s.accepted) for key, person, s in shares),
    )
    _copy(
        StoredRow,
        [
            "community_id",
            "scope",
            "key",
            "person_id",
            "week",
            "month",
            "quarter",
            "year",
            "latest",
            "answers",
            "accepted",
        ],
        ((community, *row) for row in _tallies(history)),
    )
    asked = history.questions_by_theme
    last = history.last_by_theme
    times = {theme: max(history.by_theme[theme].latest.values()) for theme in last}
    _copy(
        ThemeCount,
        ["theme_id", "community_id", "questions", "last", "last_at"],
        ((t, community, n, list(last.get(t, deque())), times.get(t, 0.0)) for t, n in asked.items()),
    )
    evidence.totals = [_log(history.overall, place) for place in range(len(HALF_LIVES))]


def _write_words(evidence: Evidence, pupil: Taught) -> None:
    community, similar, wording = evidence.community_id, pupil.similar, pupil.wording
    entry = ["community_id", "kind", "position", "object_id", "exchange_id", "person_id", "at"]
    asked = [pupil.ranker.history.exchanges[question].question for question in similar.ids]
    _copy(
        TextEntry,
        entry,
        ((community, Text.QUESTION, n, q.id, q.id, q.asker, q.asked_at) for n, q in enumerate(asked)),
    )
    _copy(
        TextEntry,
        entry,
        ((community, Text.ANSWER, n, a.id, a.question, a.author, a.at) for n, a in enumerate(pupil.counted)),
    )
    block = ["community_id", "kind", "term", "number", "positions", "frequencies", "lengths"]
    for kind, index in ((Text.QUESTION, similar), (Text.ANSWER, wording)):
        _copy(Block, block, ((community, kind, *row) for row in index.blocks()))
    evidence.questions, evidence.question_words = len(similar), similar.words
    evidence.answers, evidence.answer_words = len(wording), wording.words


def _tallies(history: History) -> Iterator[tuple[Any, ...]]:
    """Every row, from the tallies of a history in memory."""
    nobody: dict[int, Any] = {}
    yield from _rows(Scope.OVERALL, 0, history.overall, history.records)
    for theme, tally in history.by_theme.items():
        yield from _rows(Scope.THEME, theme, tally, history.theme_records[theme])
    yield from _rows(Scope.REPLIES, 0, history.replies, nobody)
    yield from _rows(Scope.ASKING, 0, history.asking, nobody)
    for asker, tally in history.to_asker.items():
        for row in _rows(Scope.TO_ASKER, asker, tally, nobody):
            yield (*row[:-2], history.helped(asker, row[2]), 0)
    for person, tally in history.together.items():
        yield from _rows(Scope.TOGETHER, person, tally, nobody)


def _rows(scope: Scope, key: int, tally: Tally, records: dict[int, Any]) -> Iterator[tuple[Any, ...]]:
    people = list(tally.latest)
    if not people:
        return
    logs = _logs(tally, people)
    for person, row in zip(people, logs, strict=True):
        record = records.get(person)
        counts = (record.answers, record.accepted) if record else (0, 0)
        yield (int(scope), key, person, *_four(row.tolist()), tally.latest[person], *counts)


def _logs(tally: Tally, people: list[int]) -> Any:
    """log2 of the sums as they are kept: what is read at the last event, unfaded."""
    now = max(tally.latest.values())
    counts = tally.read(people, now)
    half_lives = np.array(HALF_LIVES[-counts.shape[1] :])
    with np.errstate(divide="ignore"):
        return np.log2(counts) + now / half_lives


def _four(row: list[float]) -> list[float]:
    """Tallies of one half-life keep it in the last column; the others say nothing."""
    return [float("-inf")] * (len(HALF_LIVES) - len(row)) + row


def _log(tally: Tally, place: int) -> float:
    now = max(tally.latest.values(), default=0.0)
    total = tally.total(place, now)
    return float(np.log2(total) + now / HALF_LIVES[place]) if total else float("-inf")


def _write_listings(community_id: int, facts: Past, ranker: Ranker) -> None:
    """The lists that the last questions would have had: fairness starts from them, not from nothing."""
    known = set(Listing.objects.filter(community=community_id).values_list("conversation_id", flat=True))
    last = sorted(facts.questions, key=lambda q: (q.asked_at, q.id))[-REMEMBERED:]
    orders = ranker.past_orders(len(last))
    Listing.objects.bulk_create(
        [
            Listing(
                community_id=community_id,
                conversation_id=question.id,
                order=[[person, chance] for person, chance in order[:KEPT]],
                made_at=question.asked_at,
            )
            for question, order in zip(last, orders, strict=True)
            if question.id not in known and order
        ]
    )
