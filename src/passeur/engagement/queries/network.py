"""How people of communities are tied: shares of them, and of pairs. Lists of people are the desk's.

Told of the last day of a block only, and to the nearest five: the 90 days of two blocks share days, and
whoever came, left or changed teams between them would be their difference (decision 36).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from math import ceil

from passeur.algorithms.disclosure import MARGIN, Cell, merged
from passeur.algorithms.measures.estimates import Share
from passeur.algorithms.measures.network import Openness

from ..choices import Withholding
from ..models import Network
from .guarding import Withheld, guarded, pooled
from .slices import BLOCK, DAY, Slice, blocks_of

ROUNDED = 5
YEAR = 364
MANY = 50
"""People from which on closeness has two digits; of fewer, the second says what a rounding of pairs hides."""
BETWEEN = 4
"""How many people may stand between others for each of those through whom half of the ways lead, at least."""


@dataclass(frozen=True, slots=True)
class Holding:
    """How a community holds together: `tied` pairs among its `people`, to the nearest five; their mean
    closeness, from 0 to 1; `half`, the fewest people through whom half of the shortest ways lead, up to the
    next five.
    """

    people: int
    tied: int
    closeness: float
    half: int

    @property
    def degree(self) -> float:
        """With how many others somebody is tied, on average."""
        return 2 * self.tied / self.people


@dataclass(frozen=True, slots=True)
class NetworkFigures:
    """Of the 90 days that end on `day`, the last one of a block. Counts are to the nearest five.

    Isolated: no tie in or out. Unheard: replied to somebody, and nobody to them. One tie: with one other
    person. Reciprocity is over pairs. `openness` is the E-I index of a team towards the others, by team,
    where many enough are in it and outside of it.
    """

    day: dt.date
    isolated: Share | Withheld
    unheard: Share | Withheld
    one_tie: Share | Withheld
    reciprocity: Share | Withheld
    openness: dict[str, Openness | Withheld]
    holding: Holding | Withheld


def network(slice: Slice) -> NetworkFigures | Withheld | None:
    """Figures of the network; None where nothing was made yet by the end of the slice. One query."""
    if slice.team or slice.theme is not None:
        return Withheld(Withholding.NOT_FOR_TEAMS if slice.team else Withholding.GIVES_OTHERS_AWAY)
    rows = _rows(slice)
    return _figures(slice, rows) if rows else None


def network_by_block(slice: Slice) -> list[NetworkFigures]:
    """The same of each block of the year that ends with the slice, where enough people are. One query."""
    if slice.team or slice.theme is not None:
        return []
    ended = blocks_of(slice)[-1][1]
    ends = [ended - DAY * BLOCK * number for number in range(YEAR // BLOCK)]
    by_day: dict[dt.date, list[Network]] = defaultdict(list)
    for row in Network.objects.filter(community__in=slice.numbers, day__in=ends).order_by("day", "community"):
        by_day[row.day].append(row)
    made = [_figures(slice, some) for some in by_day.values()]
    return [one for one in made if isinstance(one, NetworkFigures)]


def _rows(slice: Slice) -> list[Network]:
    """Those of the last block of the slice, or of the one before it while the last is still being counted."""
    ended = blocks_of(slice)[-1][1]
    days = (ended, ended - DAY * BLOCK)
    found = list(Network.objects.filter(community__in=slice.numbers, day__in=days).order_by("community"))
    newest = max((row.day for row in found), default=None)
    return [row for row in found if row.day == newest]


def _figures(slice: Slice, rows: list[Network]) -> NetworkFigures | Withheld:
    open_ones = [row for row in rows if row.people >= slice.smallest[row.community]]
    if not open_ones:
        return Withheld(Withholding.FEW_PEOPLE)
    return NetworkFigures(
        day=max(row.day for row in open_ones),
        isolated=_share(slice, [(row, row.isolated) for row in open_ones]),
        unheard=_share(slice, [(row, row.unheard) for row in open_ones]),
        one_tie=_share(slice, [(row, row.one_tie) for row in open_ones]),
        reciprocity=pooled([_pairs(row.mutual, row.connected) for row in open_ones]),
        openness=_openness(slice, open_ones),
        holding=holding(open_ones),
    )


def holding(rows: list[Network]) -> Holding | Withheld:
    """Of several communities, people and pairs are added, and closeness is the mean of all people.

    Where nobody is between two others, each is tied with all or with nobody: that would tell of each.
    """
    told = [
        one
        for row in rows
        if row.tied is not None and row.closeness is not None and row.half and rounded(row.tied)
        if leaves_open(
            one := Holding(
                row.people,
                rounded(row.tied),
                round(row.closeness, _digits(row.people)),
                ROUNDED * ceil(row.half / ROUNDED),
            ),
            row.isolated,
            row.one_tie,
        )
    ]
    if not told:
        return Withheld(Withholding.FEW_PEOPLE)
    people = sum(one.people for one in told)
    closeness = sum(one.closeness * one.people for one in told) / people
    return Holding(
        people,
        sum(one.tied for one in told),
        round(closeness, _digits(people)),
        sum(min(one.half, one.people) for one in told),
    )


def _digits(people: int) -> int:
    return 2 if people >= MANY else 1


def leaves_open(told: Holding, isolated: int, one_tie: int) -> bool:
    """Whether two people may be without a tie, and two have one, for all that is told; or as many as is told.

    A community that is so close that nobody can be alone is one in which each is known to be tied. These left
    out, there are so many pairs at most; with so many pairs, people who all reach each other are no closer
    than in two steps where they are no direct tie. Half of the ways lead through so many people only where
    others stand between two as well: four times as many leave room for those who stand nowhere.
    """
    n, slack = told.people, ROUNDED // 2
    alone, nearly = (max(MARGIN, rounded(count) - slack) for count in (isolated, one_tie))
    core, others = n - alone - nearly, n - alone
    most = core * (core - 1) // 2 + nearly
    is_spread = told.half > ROUNDED and core < BETWEEN * (told.half - ROUNDED + 1)
    if core < 1 or is_spread or told.tied - slack > most:
        return False
    reached = others - 1
    degree = 2 * min(told.tied + slack, most) / others
    closest = others * reached**2 / (n * (n - 1) * (2 * reached - degree))
    return told.closeness - 0.5 / 10.0 ** _digits(n) <= closest


def _share(slice: Slice, counts: list[tuple[Network, int]]) -> Share | Withheld:
    return pooled(
        [count_of_people(row.people, count, slice.smallest[row.community]) for row, count in counts]
    )


def count_of_people(people: int, count: int, smallest: int) -> Share | Withheld:
    """How many of a group, to the nearest five; withheld where that is nearly none or all of them."""
    figure = guarded(Cell(people, count), smallest)
    if isinstance(figure, Share) and not 0 < rounded(count) < people:
        return Withheld(Withholding.NEARLY_ALL_OR_NONE)
    return Share(rounded(count), people) if isinstance(figure, Share) else figure


def _pairs(count: int, of: int) -> Share | Withheld:
    """A share of so few pairs would tell of those who make them."""
    return Share(rounded(count), rounded(of)) if rounded(count) else Withheld(Withholding.FEW_PEOPLE)


def rounded(count: int) -> int:
    """To the nearest five."""
    return ROUNDED * round(count / ROUNDED)


def _openness(slice: Slice, rows: list[Network]) -> dict[str, Openness | Withheld]:
    """By team, over the communities where it and those not shown are large enough each."""
    counts: dict[str, list[Openness]] = defaultdict(list)
    for row in rows:
        open_ones = _open_teams(row, slice.smallest[row.community])
        for team, (_size, external, internal) in row.teams.items():
            counts[team] += [Openness(rounded(external), rounded(internal))] if team in open_ones else []
    return {
        team: Openness(sum(one.external for one in some), sum(one.internal for one in some))
        if some
        else Withheld(Withholding.FEW_PEOPLE)
        for team, some in sorted(counts.items())
    }


def _open_teams(row: Network, smallest: int) -> list[str]:
    """The teams of enough people and pairs.

    The smallest of them are withheld too, until those who are in no team shown are enough, or nobody.
    """
    found = [
        (size, team)
        for team, (size, external, internal) in row.teams.items()
        if size >= smallest and rounded(external) and rounded(internal)
    ]
    found.sort(reverse=True)
    while found and 0 < row.people - sum(size for size, _team in found) < smallest:
        found.pop()
    return [team for _size, team in found]


MOST_GROUPS = 12
"""Told apart; the smallest of more are told of as one."""
OTHERS = ""
"""The name of the groups that are told of as one."""


@dataclass(frozen=True, slots=True)
class Linked:
    """Groups by name (`OTHERS` last), and pairs tied between each two and within, to the nearest five.

    A group that has a row of its own has enough people, and so have those told of as one (decision 48).
    """

    day: dt.date
    names: tuple[str, ...]
    pairs: tuple[tuple[int, ...], ...]

    def openness(self, place: int) -> Openness:
        """Of the group at that place, its E-I index: of the pairs told here."""
        inside = self.pairs[place][place]
        return Openness(sum(self.pairs[place]) - inside, inside)


def linked(slice: Slice, kind: str) -> Linked | None:
    """Which groups ("team" or "site") are tied to which, in the 90 days of the network; None: not to be told.

    Of several communities, what each may tell is added. One query.
    """
    if slice.team or slice.theme is not None:
        return None
    rows = _rows(slice)
    pairs: Counter[tuple[str, str]] = Counter()
    for row in rows:
        pairs.update(_told(row, kind, slice.smallest[row.community]))
    names = sorted({name for key in pairs for name in key if name != OTHERS})
    if len(names) < 2:
        return None
    if any(OTHERS in key for key in pairs):
        names.append(OTHERS)
    return Linked(
        day=rows[0].day,
        names=tuple(names),
        pairs=tuple(
            tuple(pairs[one, other] + (pairs[other, one] if one != other else 0) for other in names)
            for one in names
        ),
    )


def _told(row: Network, kind: str, smallest: int) -> Counter[tuple[str, str]]:
    """Pairs of one community by the names under which its groups may be told, to the nearest five."""
    kept = row.links.get(kind, {})
    sizes: dict[str, int] = kept.get("people", {})
    together = merged(sizes, smallest, MOST_GROUPS)
    if row.people < smallest or 0 < sum(sizes[name] for name in together) < smallest:
        return Counter()
    found: Counter[tuple[str, str]] = Counter({(name, name): 0 for name in sizes if name not in together})
    if together:
        found[OTHERS, OTHERS] = 0
    for one, other, count in kept.get("pairs", []):
        first, second = sorted(OTHERS if name in together else name for name in (one, other))
        found[first, second] += count
    return Counter({key: rounded(count) for key, count in found.items()})
