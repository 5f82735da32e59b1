"""The signals that point to a person for a question, each with a name and readable on its own.

A signal is one number a candidate, from what was known at one moment. Counts enter as logarithms:
the tenth answer says less than the second. None looks at presence, reading or idle time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from passeur.algorithms.routing.candidates import Field, look_around
from passeur.algorithms.routing.evidence import DAY, AskedQuestion
from passeur.algorithms.routing.history import History, Record
from passeur.algorithms.routing.tally import MONTH, QUARTER, WEEK, YEAR, Tally

Column = NDArray[np.float64]
_TEN_YEARS = 3650.0

SIGNALS: tuple[str, ...] = (
    "active_month",  # ln(1 + answers), fading with a half-life of a month
    "active_quarter",
    "active_year",
    "share_of_year",  # ln of the person's part of all answers, fading over a year
    "last_fifty",  # ln(1 + answers among the community's last fifty)
    "replies_week",  # ln(1 + everything written in reply), fading over a week
    "theme_month",  # ln(1 + answers in a theme), weighted mean over themes, specific before broad
    "theme_quarter",
    "theme_year",
    "theme_last_twenty",  # ln(1 + answers among the last twenty of the theme)
    "similar",  # ln(1 + likeness of the similar questions that the person answered)
    "similar_approved",  # the same, weighted by votes and acceptance
    "wording",  # ln(1 + words shared with the person's answers), fading over half a year
    "wording_each",  # ln(1 + words shared) for the mean answer
    "helped_asker",  # ln(1 + answers to this asker), fading over a year
    "helped_by_asker",  # ln(1 + answers that this asker gave them)
    "answers_with_asker",  # ln(1 + questions that both answered)
    "since_answer",  # −ln(1 + days since the last answer)
    "since_theme_answer",  # −ln(1 + days since the last answer in one of the themes)
    "asking",  # ln(1 + own questions), fading over a month
    "mentioned",  # 1 if the asker names the person
)


@dataclass(frozen=True, slots=True)
class Signals:
    """Candidates in rows, `SIGNALS` in columns."""

    field: Field
    values: NDArray[np.float64]

    @property
    def people(self) -> list[int]:
        """The candidates, in the order of the rows."""
        return self.field.people

    def of(self, person: int) -> dict[str, float]:
        """One candidate's signals by name."""
        row = self.values[self.people.index(person)]
        return {name: float(value) for name, value in zip(SIGNALS, row, strict=True)}


def gather(history: History, question: AskedQuestion, now: float) -> Signals:
    """Signals of every candidate at time `now`, which is not after the question is routed."""
    field = look_around(history, question, now)
    columns: dict[str, Column] = {}
    for measure in (_activity, _themes, _similar, _ties, _freshness):
        columns.update(measure(history, question, field, now))
    return Signals(field, np.stack([columns[name] for name in SIGNALS], axis=1))


def _activity(history: History, question: AskedQuestion, field: Field, now: float) -> Mapping[str, Column]:
    counts = history.overall.read(field.people, now)
    last = Counter(history.last)
    return {
        "active_month": np.log1p(counts[:, MONTH]),
        "active_quarter": np.log1p(counts[:, QUARTER]),
        "active_year": np.log1p(counts[:, YEAR]),
        "share_of_year": np.log((counts[:, YEAR] + 0.02) / (history.overall.total(YEAR, now) + 1.0)),
        "last_fifty": np.log1p(_each(field, last)),
        "replies_week": np.log1p(history.replies.read(field.people, now)[:, WEEK]),
        "asking": np.log1p(history.asking.read(field.people, now)[:, MONTH]),
    }


def _themes(history: History, question: AskedQuestion, field: Field, now: float) -> Mapping[str, Column]:
    counts = np.zeros((len(field.people), 4))
    last_twenty = np.zeros(len(field.people))
    days = np.full(len(field.people), _TEN_YEARS)
    for theme, weight in field.theme_weights.items():
        tally = history.by_theme.get(theme)
        if tally is None:
            continue
        counts += weight * np.log1p(tally.read(field.people, now))
        last = Counter(history.last_by_theme[theme])
        last_twenty += weight * np.log1p(_each(field, last))
        days = np.minimum(days, _days_since(tally, field, now))
    return {
        "theme_month": counts[:, MONTH],
        "theme_quarter": counts[:, QUARTER],
        "theme_year": counts[:, YEAR],
        "theme_last_twenty": last_twenty,
        "since_theme_answer": -np.log1p(days),
    }


def _similar(history: History, question: AskedQuestion, field: Field, now: float) -> Mapping[str, Column]:
    like = {person: sum(one.likeness for one in some) for person, some in field.similar.items()}
    approved = {
        person: sum(one.likeness**2 * one.share.approval for one in some)
        for person, some in field.similar.items()
    }
    recent = _each(field, field.wording)
    highest = float(recent.max(initial=0.0)) or 1.0
    never = Record()
    each = {
        person: shared / (1 + history.records.get(person, never).answers)
        for person, shared in field.wording_ever.items()
    }
    return {
        "similar": np.log1p(_each(field, like)),
        "similar_approved": np.log1p(_each(field, approved)),
        "wording": np.log1p(10.0 * recent / highest),
        "wording_each": np.log1p(_each(field, each)),
    }


def _ties(history: History, question: AskedQuestion, field: Field, now: float) -> Mapping[str, Column]:
    nobody = Tally((365 * DAY,))
    helped = history.to_asker.get(question.asker, nobody)
    together = history.together.get(question.asker, nobody)
    return {
        "helped_asker": np.log1p(helped.read(field.people, now)[:, 0]),
        "helped_by_asker": np.log1p(history.helped_by(question.asker, field.people, now)),
        "answers_with_asker": np.log1p(together.read(field.people, now)[:, 0]),
        "mentioned": _each(field, dict.fromkeys(question.mentions, 1.0)),
    }


def _freshness(history: History, question: AskedQuestion, field: Field, now: float) -> Mapping[str, Column]:
    return {"since_answer": -np.log1p(_days_since(history.overall, field, now))}


def _each(field: Field, measured: Mapping[int, float]) -> Column:
    """What was measured of each candidate; 0 where nothing was."""
    return np.array([*map(measured.get, field.people, repeat(0.0))], dtype=np.float64)


def _days_since(tally: Tally, field: Field, now: float) -> Column:
    """Days since each candidate's last event, between 0 and ten years."""
    return np.clip((now - tally.latest_of(field.people)) / DAY, 0.0, _TEN_YEARS)
