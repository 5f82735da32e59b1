"""How people of communities are tied: shares of them, and of pairs. Lists of people are the desk's."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from passeur.algorithms.disclosure import Cell
from passeur.algorithms.measures.estimates import Share
from passeur.algorithms.measures.network import Openness

from ..choices import Withholding
from ..models import Network
from .guarding import Withheld, guarded, pooled
from .slices import Slice


@dataclass(frozen=True, slots=True)
class NetworkFigures:
    """Of the 90 days that end on `day` (the newest one of the slice that was made).

    Isolated: no tie in or out. Unheard: replied to somebody, and nobody to them. One tie: with one other
    person. Reciprocity is over pairs. `openness` is the E-I index of a team towards the others, by team,
    where many enough are in it and outside of it.
    """

    day: dt.date
    isolated: Share | Withheld
    unheard: Share | Withheld
    one_tie: Share | Withheld
    reciprocity: Share
    openness: dict[str, Openness | Withheld]


def network(slice: Slice) -> NetworkFigures | Withheld | None:
    """Figures of the network; None where nothing was made yet by the end of the slice. One query."""
    if slice.team or slice.theme is not None:
        return Withheld(Withholding.NOT_FOR_TEAMS if slice.team else Withholding.GIVES_OTHERS_AWAY)
    found = Network.objects.filter(
        community__in=slice.numbers, day__lte=slice.last, day__gt=slice.last - dt.timedelta(days=7)
    )
    rows = list(found.order_by("community", "-day").distinct("community"))
    if not rows:
        return None
    return _figures(slice, rows)


def network_by_week(slice: Slice) -> list[NetworkFigures]:
    """The same of each Sunday of the slice that was made, where enough people are. One query."""
    if slice.team or slice.theme is not None:
        return []
    rows = Network.objects.filter(
        community__in=slice.numbers, day__gte=slice.first, day__lte=slice.last, day__iso_week_day=7
    )
    by_day: dict[dt.date, list[Network]] = defaultdict(list)
    for row in rows.order_by("day", "community"):
        by_day[row.day].append(row)
    made = [_figures(slice, some) for some in by_day.values()]
    return [one for one in made if isinstance(one, NetworkFigures)]


def _figures(slice: Slice, rows: list[Network]) -> NetworkFigures | Withheld:
    open_ones = [row for row in rows if row.people >= slice.smallest[row.community]]
    if not open_ones:
        return Withheld(Withholding.FEW_PEOPLE)
    return NetworkFigures(
        day=max(row.day for row in open_ones),
        isolated=_share(slice, [(row, row.isolated) for row in open_ones]),
        unheard=_share(slice, [(row, row.unheard) for row in open_ones]),
        one_tie=_share(slice, [(row, row.one_tie) for row in open_ones]),
        reciprocity=Share(sum(row.mutual for row in open_ones), sum(row.connected for row in open_ones)),
        openness=_openness(slice, open_ones),
    )


def _share(slice: Slice, counts: list[tuple[Network, int]]) -> Share | Withheld:
    return pooled([guarded(Cell(row.people, count), slice.smallest[row.community]) for row, count in counts])


def _openness(slice: Slice, rows: list[Network]) -> dict[str, Openness | Withheld]:
    """By team, over the communities where its group and those outside of it are large enough each."""
    counts: dict[str, list[Openness]] = defaultdict(list)
    for row in rows:
        smallest = slice.smallest[row.community]
        for team, (size, external, internal) in row.teams.items():
            is_open = size >= smallest and row.people - size >= smallest and external and internal
            counts[team] += [Openness(external, internal)] if is_open else []
    return {
        team: Openness(sum(one.external for one in some), sum(one.internal for one in some))
        if some
        else Withheld(Withholding.FEW_PEOPLE)
        for team, some in sorted(counts.items())
    }
