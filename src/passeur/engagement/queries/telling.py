"""Of which weeks exchanges are told: runs with enough people in each and beside each (decision 36).

What is told are sums of sets of exchanges. Whoever reads two of them reads their difference too, so that each
difference must be about enough people as well, or about no exchange at all:

- Questions are told apart from other forms; all exchanges are what is told of both.
- In a block of four weeks, those of too few people are put together into *runs*: periods differ by runs.
- A theme, another form, or the team of who asked, is told of whole blocks, over the weeks of their runs,
  where those outside of it are enough people too. No two of these together are.
- All this is decided once, when weeks are over (`Decided`). Later it is told where it was, and is still of
  enough people: a week that were told alone now, and with another before, would tell of the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .weeks import Week

Weeks = tuple[dt.date, ...]
"""Mondays, rising."""
WEEK = dt.timedelta(weeks=1)
WEEKS = 4
"""Of a block."""


@dataclass(slots=True)
class Some:
    """A set of exchanges: how many, and some of the people who started them."""

    asked: int = 0
    people: set[int] = field(default_factory=set)

    def take(self, asked: int, people: Iterable[int] | None) -> None:
        """These too."""
        self.asked += asked
        self.people.update(people or ())

    def is_safe(self, smallest: int) -> bool:
        """Whether it may be found out: it is about enough people, or about nothing."""
        return not self.asked or len(self.people) >= smallest


def of(rows: Iterable[Week]) -> Some:
    """The exchanges of some rows that have none in common."""
    made = Some()
    for row in rows:
        made.take(row.asked, row.askers)
    return made


@dataclass(frozen=True, slots=True)
class Days:
    """The rows of one community: of all its exchanges, and of some themes; by week."""

    rows: Mapping[int, Mapping[dt.date, Sequence[Week]]]

    def within(self, theme: int, weeks: Iterable[dt.date], *, asks: bool) -> list[Week]:
        """Questions, or the other exchanges, of a theme (0: of the community) in some weeks."""
        by_week = self.rows.get(theme, {})
        return [row for week in weeks for row in by_week.get(week, ()) if row.asks == asks]

    def besides(self, theme: int, parent: int, weeks: Weeks, *, asks: bool) -> Some:
        """What is in the parent and not in the theme."""
        inside = self.within(theme, weeks, asks=asks)
        around = self.within(parent, weeks, asks=asks)
        there = {row.week for row in inside}
        made = of(row for row in around if row.week not in there)
        for row in inside:
            made.people.update(row.beside)
        made.asked = sum(row.asked for row in around) - sum(row.asked for row in inside)
        return made


def weeks_of(block: dt.date) -> Weeks:
    """The weeks of the block that begins with a Monday."""
    return tuple(block + number * WEEK for number in range(WEEKS))


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

    `told` are the weeks that anybody may be told of. The `runs` of who needs larger groups are made of those
    of who does not: the two together know what one of them knows.
    """

    days: Days
    asks: bool
    smallest: int
    told: Weeks
    runs: tuple[Weeks, ...]
    decided: Decided | None = None

    def has_theme(self, theme: int, above: Mapping[int, int | None]) -> bool:
        """Whether a theme is told of: enough people in it, and outside of it in whatever it is part of."""
        if self._whole is not None and theme not in self._whole.themes:
            return False
        if len(of(self.days.within(theme, self.told, asks=self.asks)).people) < self.smallest:
            return False
        step = theme
        while step:
            parent = above.get(step) or 0
            rest = self.days.besides(step, parent, self.told, asks=self.asks)
            if rest.asked:
                return len(rest.people) >= self.smallest
            step = parent
        return True

    def kinds(self) -> dict[str, list[Week]]:
        """The forms that are told of, with their rows: what is not told is about enough people together."""
        parts: dict[str, list[Week]] = {}
        for row in self.days.within(0, self.told, asks=self.asks):
            parts.setdefault(row.kind, []).append(row)
        hidden: list[Week] = []
        for kind in set(parts) - (set(parts) if self._whole is None else self._whole.kinds):
            hidden += parts.pop(kind)
        for kind in sorted(parts, key=lambda kind: (len(of(parts[kind]).people), kind)):
            if not of(parts[kind]).is_safe(self.smallest) or not of(hidden).is_safe(self.smallest):
                hidden += parts.pop(kind)
        return parts

    @property
    def teams(self) -> Collection[str] | None:
        """Those that may be told of; None: whichever are enough people."""
        return None if self._whole is None else self._whole.teams

    @property
    def _whole(self) -> Decided | None:
        return self.decided if self.decided is not None and self.decided.is_whole else None

    def has_newcomers(self, theme: int) -> bool:
        """Whether those are told of who asked for the first time, of a theme (0: of all).

        They are enough people, and so are the others, here and elsewhere.
        """
        if self._whole is not None and theme not in self._whole.welcoming:
            return False
        rows = self.days.within(theme, self.told, asks=True)
        first, there = sum(row.newcomers for row in rows), of(rows)
        people = max([len(there.people), *(row.people for row in rows)])
        elsewhere = sum(row.newcomers for row in self.days.within(0, self.told, asks=True)) - first
        others_are_safe = first == there.asked or people - first >= self.smallest
        return first >= self.smallest and others_are_safe and (elsewhere == 0 or elsewhere >= self.smallest)


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
    told = tuple(sorted(week for run in runs for week in run))
    if smallest > least:
        runs = _runs(days, begun, runs, known.get(smallest), smallest, asks=asks) if runs else []
    return Block(days, asks, smallest, told, tuple(runs), known.get(smallest))


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
