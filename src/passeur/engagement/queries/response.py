"""How soon and how well what is asked is replied to, from the days of exchanges."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone
from numpy.typing import NDArray

from passeur.algorithms.measures import survival
from passeur.algorithms.measures.bins import ENDS, bin_of
from passeur.algorithms.measures.estimates import Share
from passeur.algorithms.measures.response import Outcomes
from passeur.skills import queries as skills

from ..choices import Withholding
from ..models import Exchange, ResponseDay
from .activity import open_communities
from .guarding import Withheld
from .slices import Slice

_Counts = NDArray[np.int64]
_HOUR = dt.timedelta(hours=1)
_WAITS = Q(replied_at=None, closed_at=None)


@dataclass(frozen=True, eq=False)
class Response:
    """What became of all that was asked in a slice. Times in hours.

    `served` and `unserved` count waits by the bins that end at `algorithms.measures.bins.ENDS`; who still
    waits is in `unserved`, at how long they have waited by now.
    """

    asked: int
    served: _Counts
    unserved: _Counts
    within_goal: Share
    newcomers_first_reply: Share
    outcomes: Outcomes

    @cached_property
    def waits(self) -> survival.Survival:
        """The Kaplan–Meier curve of the time to the first reply by somebody else."""
        return survival.from_counts(ENDS, self.served, self.unserved)

    @property
    def median(self) -> survival.Quantile:
        """Hours until half have a reply, those who still wait included."""
        return self.waits.median

    def still_waiting(self, hours: float) -> survival.StillWaiting:
        """The share that waits longer than so many hours: 24, 72."""
        return self.waits.at(hours)


def response(slice: Slice, *, kind: str = "", now: dt.datetime | None = None) -> Response | Withheld:
    """Of questions asked in the slice (its days in UTC), or of those of one kind. Rows a day do not grow.

    `within_goal` is over those whose goal has passed by `now`; quiet hours stop its clock.
    `newcomers_first_reply` is the same over the first exchanges of their authors, of every kind.
    """
    if slice.team:
        return Withheld(Withholding.NOT_FOR_TEAMS)
    open_ones = open_communities(slice)
    if not open_ones:
        return Withheld(Withholding.FEW_PEOPLE)
    now = now or timezone.now()
    days = ResponseDay.objects.filter(
        community__in=open_ones, theme=slice.theme_number, day__gte=slice.first, day__lte=slice.last
    )
    rows = list(days.filter(kind=kind) if kind else days.filter(asks=True))
    served, unserved = _sum(rows, "served"), _sum(rows, "left")
    waiting = 0
    for row in rows:
        for hour, number in enumerate(row.waiting):
            if number:
                unserved[_bin(row.day, hour, now)] += number
                waiting += number
    asked, accepted, resolved, within, due = (
        sum(getattr(row, name) for row in rows) for name in ("asked", "accepted", "resolved", "within", "due")
    )
    later = _not_due(slice, open_ones, now).filter(Q(kind=kind) if kind else Q(asks=True))
    not_due = later.aggregate(
        all=Count("pk"), waiting=Count("pk", _WAITS), replied=Count("pk", Q(replied_at__isnull=False))
    )
    firsts = days.aggregate(first=Sum("newcomers"), replied=Sum("newcomers_within"))
    not_yet = _not_due(slice, open_ones, now).filter(is_first=True)
    first = not_yet.aggregate(all=Count("pk"), replied=Count("pk", Q(replied_at__isnull=False)))
    return Response(
        asked=asked,
        served=served,
        unserved=unserved,
        within_goal=Share(within - not_due["replied"], due - not_due["all"]),
        newcomers_first_reply=Share(
            (firsts["replied"] or 0) - first["replied"], (firsts["first"] or 0) - first["all"]
        ),
        outcomes=Outcomes(asked, accepted, resolved - accepted, waiting - not_due["waiting"]),
    )


def _sum(rows: list[ResponseDay], name: str) -> _Counts:
    if not rows:
        return np.zeros(len(ENDS), dtype=np.int64)
    counts: _Counts = np.asarray([getattr(row, name) for row in rows], dtype=np.int64).sum(axis=0)
    return counts


def _bin(day: dt.date, hour: int, now: dt.datetime) -> int:
    asked = dt.datetime.combine(day, dt.time(hour, 30), dt.UTC)
    return bin_of((now - asked) / _HOUR)


def _not_due(slice: Slice, communities: list[int], now: dt.datetime) -> QuerySet[Exchange]:
    """Those of the slice whose goal has not passed yet: of the last days only, found by their index."""
    begun = dt.datetime.combine(slice.first, dt.time(), dt.UTC)
    ended = dt.datetime.combine(slice.last, dt.time(), dt.UTC) + dt.timedelta(days=1)
    found = Exchange.objects.filter(
        community__in=communities, due_at__gt=now, asked_at__gte=begun, asked_at__lt=ended
    )
    if slice.theme is None:
        return found
    below = [one.pk for one in skills.with_descendants(slice.theme)]
    return found.filter(themes__overlap=below)
