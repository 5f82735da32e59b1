"""The days a ritual falls on, and the instant of its hour on the community's clock."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dates import WEEKDAYS

from passeur.foundation.dates import clock, day_and_month

from ..choices import Cadence

if TYPE_CHECKING:
    from ..models import Ritual


def instant(day: dt.date, hour: dt.time, zone: str) -> dt.datetime:
    """The hour on the wall of that day, in UTC.

    An hour that the clock skips is read with the offset of before, so it falls as much after the change; of
    an hour that comes twice it is the first.
    """
    return dt.datetime.combine(day, hour, ZoneInfo(zone)).astimezone(dt.UTC)


def in_words(moment: dt.datetime) -> str:
    """« lundi 30 novembre, 9 h », on the reader's clock."""
    moment = timezone.localtime(moment)
    return f"{WEEKDAYS[moment.weekday()]} {day_and_month(moment)}, {clock(moment)}"


def days_of(ritual: Ritual, start: dt.date, end: dt.date, *, planned: bool = True) -> list[dt.date]:
    """Its days from `start` to `end`, both counted, none before it begins.

    Those that are `planned` do not come before it was made or resumed here.
    """
    first = max(start, ritual.starts_on, ritual.since) if planned else max(start, ritual.starts_on)
    found = (
        _monthly(ritual.day, first, end) if ritual.cadence == Cadence.MONTHLY else _weekly(ritual, first, end)
    )
    return list(found)


def _weekly(ritual: Ritual, first: dt.date, end: dt.date) -> Iterator[dt.date]:
    step = 14 if ritual.cadence == Cadence.FORTNIGHTLY else 7
    # Counted from the first day of all, so that every second week stays the same one.
    anchor = ritual.starts_on + dt.timedelta(days=(ritual.weekday - ritual.starts_on.weekday()) % 7)
    day = anchor + dt.timedelta(days=-(-max(0, (first - anchor).days) // step) * step)
    while day <= end:
        yield day
        day += dt.timedelta(days=step)


def _monthly(wanted: int, first: dt.date, end: dt.date) -> Iterator[dt.date]:
    """The last day of a month stands for the 31st where there is none."""
    year, month = first.year, first.month
    while dt.date(year, month, 1) <= end:
        day = dt.date(year, month, min(wanted, calendar.monthrange(year, month)[1]))
        if first <= day <= end:
            yield day
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
