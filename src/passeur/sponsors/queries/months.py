"""Months of which a report tells, in whole weeks, and when it leaves."""

from __future__ import annotations

import datetime as dt

from passeur.dashboards.protocols import Period

from ..errors import NoReport

DAY = dt.timedelta(days=1)
KEPT = 12
LAST_DAY = 10
"""Until this day of the month a report that did not leave on time still does."""
SATURDAY = 5


def latest(today: dt.date) -> dt.date:
    """The first day of the last month that is over."""
    return (today.replace(day=1) - DAY).replace(day=1)


def months(today: dt.date) -> list[dt.date]:
    """The first days of the last twelve months that are over, the newest first."""
    found = [latest(today)]
    while len(found) < KEPT:
        found.append(latest(found[-1]))
    return found


def parse(words: str, today: dt.date) -> dt.date:
    """The first day of « 2026-03 »; nothing written is the last month. `NoReport` for any other."""
    if not words:
        return latest(today)
    found = {f"{month:%Y-%m}": month for month in months(today)}
    if words not in found:
        raise NoReport
    return found[words]


def period_of(month: dt.date) -> Period:
    """The whole weeks that end in the month: each week is in one month, and dashboards have the same ones."""
    sunday = month + (6 - month.weekday()) * DAY
    first = sunday - 6 * DAY
    weeks = 0
    while (sunday + 7 * weeks * DAY).month == month.month:
        weeks += 1
    return Period(first, first + (7 * weeks - 1) * DAY)


def due_month(today: dt.date) -> dt.date | None:
    """The month whose report leaves, from the first day of the next one on that is no weekend; or none."""
    first = today.replace(day=1)
    while first.weekday() >= SATURDAY:
        first += DAY
    return latest(today) if first <= today and today.day <= LAST_DAY else None
