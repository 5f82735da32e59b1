"""What is told of a month: as its first report told it, or, where none left yet, as it is counted now."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from passeur.dashboards.protocols import Slice
from passeur.dashboards.queries.measures import Figures
from passeur.dashboards.queries.summary import counted
from passeur.desk import queries as desk
from passeur.engagement.policies import SMALLEST_FOR_MANAGERS

from ..models import Told
from . import figures
from .months import latest, period_of

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

LEAST = SMALLEST_FOR_MANAGERS
"""A sponsor may be the superior of some: figures are about ten people at least."""


@dataclass(frozen=True, slots=True)
class Month:
    """The figures of a month, and those that they are compared with.

    `follows`: these are what was told of the month before; else `is_compared` says whether it is known what
    they were. `gestures` is how many cues were answered, `counted_on` when all this was: None where a version
    before did not keep it. `is_kept`: no report says it otherwise any more.
    """

    figures: Figures
    follows: bool
    is_compared: bool
    gestures: int | None
    counted_on: dt.date | None
    is_kept: bool


def month_of(community: Community, month: dt.date, reader: Member) -> Month:
    """One query where it was told already; else all that counting takes, with the rights of `reader`."""
    rows = Told.objects.filter(community=community, month__in=[month, latest(month)])
    told = {row.month: row for row in rows}
    past = told.get(latest(month))
    before = None if past is None else figures.read(past.figures)
    return _counted(community, month, reader, before) if month not in told else _kept(told[month], before)


def _counted(community: Community, month: dt.date, reader: Member, before: figures.Estimates | None) -> Month:
    period = period_of(month)
    found = counted(Slice(reader, (community,), period, smallest=LEAST))
    return Month(
        found if before is None else Figures(found.after, before),
        follows=before is not None,
        is_compared=True,
        gestures=desk.done_between(community, period.since, period.until),
        counted_on=timezone.localdate(),
        is_kept=False,
    )


def _kept(row: Told, before: figures.Estimates | None) -> Month:
    own = None if row.before is None else figures.read(row.before)
    compared = before if own is None else own
    return Month(
        Figures(figures.read(row.figures), compared or {}),
        follows=own is None and before is not None,
        is_compared=compared is not None,
        gestures=row.gestures,
        counted_on=row.counted_on,
        is_kept=True,
    )
