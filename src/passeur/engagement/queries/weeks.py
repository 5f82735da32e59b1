"""Weeks of exchanges as they are kept, with counts side by side that add up as one row of numbers.

Cells of a week: how many were asked in each of its 168 hours, how many of those still wait, how many got a
first reply within each bin of `algorithms.measures.bins`, and how many were closed within it, unserved.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from passeur.algorithms.measures.bins import ENDS

from ..models import ResponseWeek, TeamDay

Numbers = NDArray[np.int64]
HOURS = 7 * 24
BINS = len(ENDS)
_STARTS = (0, HOURS, 2 * HOURS, 2 * HOURS + BINS, 2 * HOURS + 2 * BINS)
WIDTH = _STARTS[-1]
_KEPT = np.dtype("<i4")
_HOUR = dt.timedelta(hours=1)
_ENDS = np.asarray(ENDS)
_COLUMNS = (
    "community", "theme", "week", "kind", "asks", "asked", "within", "accepted", "due", "resolved",
    "newcomers", "newcomers_within", "helped", "people", "askers", "beside", "cells",
)  # fmt: skip


@dataclass(slots=True)
class Week:
    """A row: questions, or the other exchanges, of a community (by form) or of a theme, in a week."""

    community: int
    theme: int
    week: dt.date
    kind: str
    asks: bool
    asked: int
    within: int
    accepted: int
    due: int
    resolved: int
    newcomers: int
    newcomers_within: int
    helped: int
    people: int
    askers: Sequence[int]
    beside: Sequence[int]
    cells: bytes


def read(
    communities: Sequence[int],
    themes: Iterable[int],
    first: dt.date,
    last: dt.date,
    *,
    asks: bool | None = None,
) -> list[Week]:
    """The weeks that begin from one day to another, in their order; only questions, or only the rest."""
    rows = ResponseWeek.objects.filter(
        community__in=communities, theme__in=sorted(themes), week__gte=first, week__lte=last
    )
    if asks is not None:
        rows = rows.filter(asks=asks)
    return [Week(*row) for row in rows.order_by("week", "kind", "asks").values_list(*_COLUMNS)]


def of_team(row: TeamDay) -> Week:
    """What people of a team asked on a day, as part of its week."""
    place = row.day.weekday()
    return Week(
        row.community, 0, row.day - dt.timedelta(days=place), row.kind, row.asks, row.asked, row.within,
        row.accepted, row.due, row.resolved, row.newcomers, row.newcomers_within, row.helped,
        len(row.askers or ()), row.askers or (), (),
        packed(day_cells(place, row.hours or (), row.waiting, row.served, row.left)),
    )  # fmt: skip


def day_cells(
    place: int, hours: Sequence[int], waiting: Sequence[int], served: Sequence[int], left: Sequence[int]
) -> Numbers:
    """The cells of a week in which something was asked on one day, `place` days after its Monday."""
    made = np.zeros(WIDTH, dtype=np.int64)
    for start, some in zip(
        (24 * place, _STARTS[1] + 24 * place, _STARTS[2], _STARTS[3]),
        (hours, waiting, served, left),
        strict=True,
    ):
        made[start : start + len(some)] = some
    return made


def packed(cells: Numbers) -> bytes:
    """As they are kept."""
    return cells.astype(_KEPT).tobytes()


def unpacked(weeks: Iterable[Week]) -> Numbers:
    """The cells of some weeks, a row each."""
    together: NDArray[Any] = np.frombuffer(b"".join(week.cells for week in weeks), dtype=_KEPT)
    return together.astype(np.int64).reshape(-1, WIDTH)


def hours(cells: Numbers) -> Numbers:
    """Of rows of cells, those asked in each hour."""
    return cells[:, : _STARTS[1]]


def waiting(cells: Numbers) -> Numbers:
    """Of rows of cells, those of each hour that still wait."""
    return cells[:, _STARTS[1] : _STARTS[2]]


def served(cells: Numbers) -> Numbers:
    """Of rows of cells, those that got a first reply within each bin."""
    return cells[:, _STARTS[2] : _STARTS[3]]


def left(cells: Numbers) -> Numbers:
    """Of rows of cells, those that were closed within each bin, unserved."""
    return cells[:, _STARTS[3] :]


def bins_by(now: dt.datetime, week: dt.date) -> Numbers:
    """The bin of what has waited since the middle of each hour of a week; what lies ahead is in the first."""
    first, last = _waited(now, week, 0), _waited(now, week, HOURS - 1)
    waits = first - np.arange(HOURS)
    if abs(waits[-1] - last) > 1e-6:  # the clocks of the site are changed in this week
        waits = np.asarray([_waited(now, week, number) for number in range(HOURS)])
    found: Numbers = np.searchsorted(_ENDS, np.maximum(waits, 0.0), side="left")
    return found


def _waited(now: dt.datetime, week: dt.date, number: int) -> float:
    """Hours since the middle of an hour of a week, where the site is."""
    at = dt.datetime.combine(week + dt.timedelta(days=number // 24), dt.time(number % 24, 30))
    return (now.astimezone(dt.UTC) - timezone.make_aware(at)) / _HOUR
