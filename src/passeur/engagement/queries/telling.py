"""Of which weeks exchanges are told: runs with enough people in each and beside each (decision 36).

What is told are sums of sets of exchanges. Whoever reads two of them reads their difference too, so that each
difference must be about enough people as well, or about no exchange at all:

- Questions are told apart from other forms; all exchanges are what is told of both.
- In a block of four weeks, those of too few people are put together into *runs*: periods differ by runs.
- A theme, another form, or the team of who asked, is told of whole blocks, over the weeks of their runs,
  where those outside of it are enough people too. No two of these together are.
- Where runs lie wholly in a theme, what other weeks have of it is the difference: enough people too, or
  nothing (`Block.is_apart`). So it is of forms, of teams and of newcomers.
- Where one of a form, a team and a theme lies wholly in another, so is what is left of it (`crossed`).
- All this is decided once, when weeks are over (`Decided`). Later it is told where it was, and is still of
  enough people: a week that were told alone now, and with another before, would tell of the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from .sets import WEEKS, Days, Some, Weeks, at_least, of, together, weeks_of
from .weeks import Week

Parts = Callable[[Weeks], Sequence[Some]]
"""What some weeks have of each of the parts that make a block up."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided of a block for a reader of such groups, of its first `weeks`; the rest of all four.

    `welcoming` are the themes, or 0 for all, that tell of newcomers.
    """

    weeks: int
    runs: tuple[Weeks, ...]
    themes: frozenset[int]
    welcoming: frozenset[int]
    kinds: frozenset[str]
    teams: frozenset[str]

    @property
    def is_whole(self) -> bool:
        """Whether all weeks are decided of."""
        return self.weeks == WEEKS


def joined(
    days: Days,
    pieces: Iterable[Weeks],
    smallest: int,
    *,
    asks: bool,
    before: Sequence[Weeks] = (),
    pool: Weeks = (),
) -> list[Weeks]:
    """Runs of weeks: pieces of enough people alone, the others put together in their order until they are.

    What is left in the end is in no run. A piece in which nothing was started stands alone, too. It goes on
    from the runs made `before`, with weeks that were left.
    """
    made: list[Weeks] = list(before)
    for piece in pieces:
        if of(days.within(0, piece, asks=asks)).is_safe(smallest):
            made.append(piece)
            continue
        pool += piece
        if of(days.within(0, pool, asks=asks)).is_safe(smallest):
            made.append(pool)
            pool = ()
    return sorted(made)


def open_teams(
    by_team: Mapping[str, Some], smallest: int, among: Collection[str] | None = None
) -> frozenset[str]:
    """The teams that are told of: enough people in each, and in all that are not, with those of no team ("").

    Teams part what was started in a block, so those not told are the difference of what is. With `among`, no
    others.
    """
    hidden = Some()
    if (none := by_team.get("")) is not None:
        hidden.take(none.asked, none.people)
    told: set[str] = set()
    for team, some in by_team.items():
        if team and among is not None and team not in among:
            hidden.take(some.asked, some.people)
    for team in sorted(
        (team for team in by_team if team and (among is None or team in among)),
        key=lambda team: (len(by_team[team].people), team),
    ):
        some = by_team[team]
        if some.is_safe(smallest) and hidden.is_safe(smallest):
            told.add(team)
        else:
            hidden.take(some.asked, some.people)
    return frozenset(told) if hidden.is_safe(smallest) else frozenset()


@dataclass(frozen=True, slots=True)
class Block:
    """Questions, or the other exchanges, of a community in four weeks, for one reader.

    The `pieces` are the runs that anybody may be told of. The `runs` of who needs larger groups are made of
    those of who does not: the two together know what one of them knows.
    """

    days: Days
    asks: bool
    smallest: int
    pieces: tuple[Weeks, ...]
    runs: tuple[Weeks, ...]
    decided: Decided | None = None

    @property
    def told(self) -> Weeks:
        """The weeks of all pieces."""
        return _weeks_in(self.pieces)

    def is_apart(self, parts: Parts) -> bool:
        """Whether the block may be told by its parts beside its pieces.

        Pieces lie wholly in the parts that they touch. These less the pieces are what other weeks have of
        them: it must be of enough people, or nothing, whichever pieces are taken.
        """
        touched = {
            piece: {part for part, some in enumerate(parts(piece)) if some.asked} for piece in self.pieces
        }
        every = set[int]().union(*touched.values())
        # Of pieces that touch all parts, what is left are other whole pieces.
        few = [piece for piece in self.pieces if touched[piece] != every]
        for taken in (some for number in range(1, 1 + len(few)) for some in combinations(few, number)):
            theirs = set[int]().union(*(touched[piece] for piece in taken))
            if theirs != every:
                left = parts(_weeks_in(set(self.pieces).difference(taken)))
                if not together(left[part] for part in theirs).is_safe(self.smallest):
                    return False
        return True

    def has_theme(self, theme: int, above: Mapping[int, int | None]) -> bool:
        """Whether a theme is told of: enough people in it, and outside of it in whatever it is part of."""
        if self._whole is not None and theme not in self._whole.themes:
            return False
        way = [theme]
        while way[-1]:
            way.append(above.get(way[-1]) or 0)

        def inside(weeks: Weeks) -> Some:
            return of(self.days.within(theme, weeks, asks=self.asks))

        def outside(weeks: Weeks) -> Iterator[Some]:
            return (self.days.besides(*step, weeks, asks=self.asks) for step in pairwise(way))

        around = next((some for some in outside(self.told) if some.asked), Some())
        if len(inside(self.told).people) < self.smallest or not around.is_safe(self.smallest):
            return False
        asked = (
            [0, *(sum(row.asked for row in self.days.within(one, piece, asks=self.asks)) for one in way)]
            for piece in self.pieces
        )
        if all(less < more for counts in asked if any(counts) for less, more in pairwise(counts)):
            return True  # something of each part in each piece, as most often: that costs less to see
        return self.is_apart(lambda weeks: [inside(weeks), *outside(weeks)])

    def kinds(self) -> dict[str, list[Week]]:
        """The forms that are told of, with their rows: what is not told is about enough people together."""
        parts: dict[str, list[Week]] = {}
        for row in self.days.within(0, self.told, asks=self.asks):
            parts.setdefault(row.kind, []).append(row)
        every = set(parts)
        told: list[str] = []
        hidden: list[Week] = []
        for kind in set(parts) - (set(parts) if self._whole is None else self._whole.kinds):
            hidden += parts.pop(kind)
        for kind in sorted(parts, key=lambda kind: (len(of(parts[kind]).people), kind)):
            if of(parts[kind]).is_safe(self.smallest) and of(hidden).is_safe(self.smallest):
                told.append(kind)
            else:
                hidden += parts[kind]

        def started(kinds: Collection[str], weeks: Weeks) -> Some:
            return of(row for row in self.days.within(0, weeks, asks=self.asks) if row.kind in kinds)

        return {kind: parts[kind] for kind in self._apart(told, every, started)}

    def teams(self, by_week: Mapping[dt.date, Mapping[str, Some]]) -> Sequence[str]:
        """The teams that are told of, of what was started by week and team ("": by people of none)."""

        def started(teams: Collection[str], weeks: Weeks) -> Some:
            return together(by_week[week][team] for week in weeks for team in by_week[week] if team in teams)

        every = {team for week in self.told for team in by_week[week]}
        whole = {team: started([team], self.told) for team in every}
        told = open_teams(whole, self.smallest, None if self._whole is None else self._whole.teams)
        return self._apart(sorted(told, key=lambda team: (len(whole[team].people), team)), every, started)

    def _apart(
        self, told: Sequence[str], every: set[str], started: Callable[[Collection[str], Weeks], Some]
    ) -> Sequence[str]:
        """Of what is told, smallest first, all that is apart: the smallest go with the rest until it is."""
        for number in range(len(told)):
            names = [*([one] for one in told[number:]), every.difference(told[number:])]

            def parts(weeks: Weeks, names: Sequence[Collection[str]] = names) -> list[Some]:
                return [started(some, weeks) for some in names]

            if self.is_apart(parts):
                return told[number:]
        return ()

    @property
    def _whole(self) -> Decided | None:
        return self.decided if self.decided is not None and self.decided.is_whole else None

    def has_newcomers(self, theme: int) -> bool:
        """Whether those are told of who asked for the first time, of a theme (0: of all).

        They are enough people, and so are the others, here and elsewhere.
        """
        if self._whole is not None and theme not in self._whole.welcoming:
            return False

        def parts(weeks: Weeks) -> list[Some]:
            """First ones and others, here and elsewhere: each person has one first question."""
            here, every = (self.days.within(one, weeks, asks=True) for one in (theme, 0))
            first = sum(row.newcomers for row in here)
            first_elsewhere = sum(row.newcomers for row in every) - first
            there, whole = of(here), of(every)
            people = max([len(there.people), *(row.people for row in here)])
            outside = whole.asked - there.asked - first_elsewhere
            return [
                at_least(first, first),
                at_least(there.asked - first, people - first),
                at_least(first_elsewhere, first_elsewhere),
                at_least(outside, len(whole.people - there.people) - first_elsewhere),
            ]

        first, others, elsewhere, _rest = parts(self.told)
        if first.asked < self.smallest:
            return False
        are_safe = others.is_safe(self.smallest) and elsewhere.is_safe(self.smallest)
        return are_safe and self.is_apart(parts)


def block(
    days: Days,
    begun: dt.date,
    smallest: int,
    least: int,
    *,
    asks: bool,
    decided: Mapping[int, Decided] | None = None,
    over: int = WEEKS,
) -> Block:
    """A block as a reader is told of it; `least` is the smallest group of any reader.

    `decided` is by smallest group; `over`, how many of its weeks are looked at. Of a block of which a run is
    of too few people by now nothing is told: what is left of it would, beside what was told before.
    """
    known = decided or {}
    runs = _runs(
        days, begun, [(week,) for week in weeks_of(begun)[:over]], known.get(least), least, asks=asks
    )
    pieces = tuple(runs)
    if smallest > least:
        runs = _runs(days, begun, runs, known.get(smallest), smallest, asks=asks) if runs else []
    return Block(days, asks, smallest, pieces, tuple(runs), known.get(smallest))


def _weeks_in(runs: Iterable[Weeks]) -> Weeks:
    return tuple(sorted(week for run in runs for week in run))


def _runs(
    days: Days, begun: dt.date, pieces: Sequence[Weeks], decided: Decided | None, smallest: int, *, asks: bool
) -> list[Weeks]:
    """As decided, and going on from there where weeks are left to decide of."""
    if decided is None:
        return joined(days, pieces, smallest, asks=asks)
    if not all(of(days.within(0, run, asks=asks)).is_safe(smallest) for run in decided.runs):
        return []
    if decided.is_whole:
        return list(decided.runs)
    used = {week for run in decided.runs for week in run}
    left = [piece for piece in pieces if not used.issuperset(piece)]
    known = weeks_of(begun)[: decided.weeks]
    pool = tuple(week for piece in left if set(piece) <= set(known) for week in piece)
    new = [piece for piece in left if not set(piece) <= set(known)]
    return joined(days, new, smallest, asks=asks, before=decided.runs, pool=pool)
