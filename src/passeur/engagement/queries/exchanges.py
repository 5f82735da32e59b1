"""Which exchanges of a slice may be told, by the weeks in which they were started."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from django.db.models import Sum
from django.utils import timezone

from passeur.algorithms.measures.estimates import Share
from passeur.skills import queries as skills

from ..models import ResponseWeek
from ..policies import SMALLEST
from . import standing, weeks, worked
from .by_team import TeamLedger
from .deciding import Key, decided
from .sets import WEEK, Days, Weeks
from .slices import BLOCK, DAY, Slice, block_of, blocks_of
from .standing import Insider, Piece
from .started import Counted
from .telling import Block, Decided, block
from .weeks import Week
from .worked import Worked

WITHOUT = -1
"""The theme of what has none, as `services.responding` writes it."""


class Four(NamedTuple):
    """Four weeks of a community."""

    begun: dt.date
    community: int
    block: Block


class Ledger:
    """The weeks of a slice's exchanges, read once for all figures of a page, and which of them are told.

    `themes` are read beside the slice's own; with `asks`, questions only or the rest only. Four queries, one
    more for each figure of what has a goal.
    """

    def __init__(
        self,
        slice: Slice,
        *,
        themes: Collection[int] = (),
        asks: bool | None = None,
        now: dt.datetime | None = None,
    ) -> None:
        self.slice = slice
        self.now = now or timezone.now()
        self._above: dict[int, int | None] = {}
        if len(slice.communities) == 1 and (themes or slice.theme is not None):
            self._above = skills.parents(slice.communities[0])
        wanted = {0, WITHOUT}
        for theme in {*themes, slice.theme_number}:
            while theme and theme not in wanted:
                wanted.add(theme)
                theme = self._above.get(theme) or 0
        self._days = self._read(wanted, asks)
        self._blocks: dict[tuple[int, dt.date, bool], Block] = {}
        self._team = TeamLedger(slice, self._first) if slice.team else None

    def everything(self) -> Counted:
        """All exchanges of the slice."""
        pieces = (*self._pieces(asks=True), *self._pieces(asks=False))
        return Counted(pieces, self.now, withheld=self._withheld(pieces, (True, False)))

    def questions(self) -> Counted:
        """Those that ask."""
        pieces = tuple(self._pieces(asks=True))
        newcomers = tuple(self._newcomers())
        below, people = self._below(), self._people(pieces)
        return Counted(
            pieces,
            self.now,
            newcomers,
            standing.not_due(pieces, self.now, below, people=people),
            standing.not_due(newcomers, self.now, below, first=True),
            self._withheld(pieces, (True,)),
        )

    def of_theme(self, theme: int, *, asks: bool | None = None) -> Counted:
        """Those of a theme and of what is below it, or its questions, of whole blocks: how many, how soon.

        None of a team's.
        """
        both = (True, False) if asks is None else (asks,)
        return Counted(tuple(piece for one in both for piece in self._of_theme(theme, asks=one)), self.now)

    def of_kind(self, kind: str, *, asks: bool) -> Counted:
        """Those of a form, of whole blocks. None of them with a theme or a team."""
        pieces = []
        if self.slice.theme is None and self._team is None:
            for four in self._fours(asks=asks):
                if rows := four.block.kinds().get(kind):
                    pieces.append(Piece(four.community, asks, four.block.told, tuple(rows)))
        return Counted(tuple(pieces), self.now)

    def by_block(self) -> list[tuple[dt.date, Counted]]:
        """The whole blocks of the slice that are told, by their first Monday, oldest first.

        Of who needs larger groups, those of which all weeks are told that anybody is told of: parts of other
        weeks, beside the same parts as told to somebody else, would tell of the weeks between.
        """
        found: dict[dt.date, list[Piece]] = defaultdict(list)
        for asks in (True, False):
            for four in self._fours(asks=asks):
                if sum(map(len, four.block.runs)) == len(four.block.told):
                    found[four.begun] += self._pieces_of(four)
        made = [(begun, Counted(tuple(pieces), self.now)) for begun, pieces in sorted(found.items())]
        return [(begun, counted) for begun, counted in made if not counted.is_nothing]

    def of_blocks(self) -> Counted:
        """All exchanges of those blocks together."""
        return Counted(tuple(piece for _begun, one in self.by_block() for piece in one.pieces), self.now)

    def has_theme(self, begun: dt.date, theme: int, *, asks: bool) -> bool:
        """Whether a theme is told in a block of each community."""
        fours = [self._block(one, begun, asks=asks) for one in self.slice.numbers]
        return all(four.has_theme(theme, self._above) for four in fours)

    def has_kind(self, begun: dt.date, kind: str, *, asks: bool) -> bool:
        """Whether a form is told in a block of each community."""
        return all(kind in self._block(one, begun, asks=asks).kinds() for one in self.slice.numbers)

    def without_theme(self, everything: Counted) -> Share:
        """Those that have none, to the nearest five, over all of these: of whole blocks.

        Of single weeks, each rounding says how many there are at least, and all together what they are.
        """
        found = sum(
            row.asked
            for piece in everything.pieces
            for row in self._days[piece.community].within(WITHOUT, piece.weeks, asks=piece.asks)
        )
        return Share(min(5 * round(found / 5), everything.asked), everything.asked)

    def is_empty(self, *, asks: bool = False) -> bool:
        """Whether nothing at all was started in the slice, or nothing asked."""
        first, last = self.slice.first, self.slice.last
        return not any(
            row.asked and (row.asks or not asks)
            for days in self._days.values()
            for week, rows in days.rows.get(self.slice.theme_number, {}).items()
            if week + WEEK > first and week <= last
            for row in rows
        )

    def numbers(self, of: Counted, test: str, *, kind: str = "") -> list[int]:
        """The exchanges of what was counted that pass one of `standing.TESTS`, newest first."""
        pieces = {"newcomers": of.newcomers_due_in, "within": of.due_in}.get(test, of.pieces)
        below, people = self._below(), self._people(pieces)
        return standing.numbers(pieces, test, self.now, themes=below, kind=kind, people=people)

    def worked(self, some: Sequence[Counted]) -> list[Worked | None]:
        """What became of the exchanges of each; None where that is not kept yet. One query, more of a team.

        They are those that `numbers` gives of what was "started".
        """
        groups = [one.pieces for one in some]
        people = self._people([piece for pieces in groups for piece in pieces])
        return worked.read(groups, themes=self._below(), people=people)

    def _below(self) -> list[int] | None:
        theme = self.slice.theme
        return None if theme is None else [one.pk for one in skills.with_descendants(theme)]

    def _pieces(self, *, asks: bool) -> list[Piece]:
        """The runs that lie in the slice and are over; with a theme or a team, its whole blocks."""
        if self._team is not None:
            return [piece for four in self._fours(asks=asks) for piece in self._pieces_of(four)]
        if self.slice.theme is not None:
            return self._of_theme(self.slice.theme_number, asks=asks)
        last = min(self.slice.last, timezone.localdate(self.now) - DAY)
        found = []
        begun = block_of(self.slice.first)
        while begun <= last:
            for community in self.slice.numbers:
                for run in self._block(community, begun, asks=asks).runs:
                    if min(run) >= self.slice.first and max(run) + WEEK - DAY <= last:
                        found.append(self._piece(community, run, asks=asks))
            begun += DAY * BLOCK
        return found

    def _withheld(self, pieces: Sequence[Piece], both: Sequence[bool]) -> frozenset[dt.date]:
        """The weeks of which something is not told, of some community."""
        told = {(piece.community, piece.asks, week) for piece in pieces for week in piece.weeks}
        return frozenset(
            week
            for community, days in self._days.items()
            for week, rows in days.rows.get(self.slice.theme_number, {}).items()
            for row in rows
            if row.asks in both and (community, row.asks, week) not in told
        )

    def _of_theme(self, theme: int, *, asks: bool) -> list[Piece]:
        if self._team is not None:
            return []
        return [
            self._piece(four.community, four.block.told, asks=asks, theme=theme)
            for four in self._fours(asks=asks)
            if four.block.has_theme(theme, self._above)
        ]

    def _pieces_of(self, four: Four) -> list[Piece]:
        """What is told of a block: its runs; of a theme or of a team, all of it; of both, nothing."""
        theme, block = self.slice.theme_number, four.block
        if self._team is not None:
            return [] if theme else self._team.piece(four.community, block)
        weeks: Sequence[Weeks] = block.runs
        if theme:
            weeks = [block.told] if block.has_theme(theme, self._above) else []
        return [self._piece(four.community, some, asks=block.asks) for some in weeks]

    def _people(self, pieces: Sequence[Piece]) -> list[Insider] | None:
        return None if self._team is None else self._team.people(pieces)

    def _piece(self, community: int, weeks: Weeks, *, asks: bool, theme: int | None = None) -> Piece:
        number = self.slice.theme_number if theme is None else theme
        return Piece(community, asks, weeks, tuple(self._days[community].within(number, weeks, asks=asks)))

    def _newcomers(self) -> Iterator[Piece]:
        """The whole blocks in which those are told of who asked for the first time; none of a team's."""
        theme = self.slice.theme_number
        for four in self._fours(asks=True) if self._team is None else ():
            is_told = not theme or four.block.has_theme(theme, self._above)
            if is_told and four.block.has_newcomers(theme):
                yield self._piece(four.community, four.block.told, asks=True)

    def _fours(self, *, asks: bool) -> Iterator[Four]:
        """The whole blocks of the slice that are over."""
        today = timezone.localdate(self.now)
        for first, last in blocks_of(self.slice):
            if last < today:
                for community in self.slice.numbers:
                    yield Four(first, community, self._block(community, first, asks=asks))

    @cached_property
    def _decided(self) -> Mapping[Key, Mapping[int, Decided]]:
        return decided(self.slice.numbers, self._first, self.slice.last)

    @property
    def _first(self) -> dt.date:
        return min(block_of(self.slice.first), blocks_of(self.slice)[0][0])

    def _block(self, community: int, begun: dt.date, *, asks: bool) -> Block:
        key = (community, begun, asks)
        if key not in self._blocks:
            smallest = self.slice.smallest[community]
            least = min(SMALLEST, smallest)
            self._blocks[key] = block(
                self._days[community], begun, smallest, least, asks=asks, decided=self._decided.get(key)
            )
        return self._blocks[key]

    def _read(self, themes: Collection[int], asks: bool | None) -> dict[int, Days]:
        found: dict[int, dict[int, dict[dt.date, list[Week]]]] = {
            one: defaultdict(lambda: defaultdict(list)) for one in self.slice.numbers
        }
        for row in weeks.read(self.slice.numbers, themes, self._first, self.slice.last, asks=asks):
            found[row.community][row.theme][row.week].append(row)
        return {community: Days(by_theme) for community, by_theme in found.items()}


def busiest_themes(slice: Slice, most: int | None, *, asks: bool = False) -> list[int]:
    """The themes (numbers) with most started in the weeks of a slice, at most so many, or all. One query."""
    rows = ResponseWeek.objects.filter(
        community__in=slice.numbers,
        theme__gt=0,
        week__gte=_monday(slice.first),
        week__lte=slice.last,
    )
    if asks:
        rows = rows.filter(asks=True)
    summed = rows.values("theme").annotate(n=Sum("asked")).order_by("-n", "theme")
    return [one["theme"] for one in summed[:most]]


def _monday(day: dt.date) -> dt.date:
    return day - DAY * day.weekday()
