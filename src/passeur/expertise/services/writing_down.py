"""Writing a history in memory down as rows, in bulk."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection

from passeur.algorithms.routing import Ranker
from passeur.algorithms.routing.evidence import GivenAnswer, Past
from passeur.algorithms.routing.history import History
from passeur.algorithms.routing.tally import HALF_LIVES, Tally

from ..choices import Scope, Text
from ..models import Block, Evidence, Exchange, Share, TextEntry, ThemeCount
from ..models import Tally as StoredRow
from .indexing import RecordedIndex
from .learning import broader


@dataclass(frozen=True, slots=True)
class Taught:
    """A ranker with what it learnt, its two indexes, and the answers in the order of the second."""

    ranker: Ranker
    similar: RecordedIndex
    wording: RecordedIndex
    counted: list[GivenAnswer]


def clear(community_id: int) -> None:
    """Drop what was counted; weights and lists stay."""
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


def write_down(evidence: Evidence, facts: Past, pupil: Taught) -> None:
    """Keep everything that was learnt; the caller saves `evidence`."""
    history, community = pupil.ranker.history, evidence.community_id
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
    _write_words(evidence, pupil)
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
