"""What was started in runs of weeks that may be told, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from passeur.algorithms.measures import survival
from passeur.algorithms.measures.bins import ENDS, bin_of
from passeur.algorithms.measures.estimates import Share
from passeur.algorithms.measures.response import Outcomes

from . import standing, weeks
from .sets import WEEK
from .standing import Piece
from .weeks import Numbers, Week

ENOUGH_FOR_HOURS = 200
"""Questions from which on their hours are told."""
_SECONDS = np.asarray(ENDS) * 3600.0


@dataclass(frozen=True, eq=False)
class Counted:
    """What was started in runs of weeks, and what became of it by now. Times in seconds.

    `newcomers_in` are the whole blocks in which newcomers are told of; `not_due` are questions whose goal has
    not passed yet, `first_not_due` those of newcomers; `withheld` are weeks of which something is not told.
    """

    pieces: tuple[Piece, ...]
    now: dt.datetime
    newcomers_in: tuple[Piece, ...] = ()
    not_due: standing.NotDue = standing.NONE
    first_not_due: standing.NotDue = standing.NONE
    withheld: frozenset[dt.date] = frozenset()

    @property
    def is_nothing(self) -> bool:
        """Whether none of it is told: nothing was started, or by too few people."""
        return not self.asked

    @cached_property
    def rows(self) -> list[Week]:
        return [row for piece in self.pieces for row in piece.rows]

    @cached_property
    def asked(self) -> int:
        return self._sum("asked")

    @cached_property
    def replied(self) -> Share:
        """Those in which somebody else wrote, over all."""
        return Share(int(weeks.served(self._cells).sum()), self.asked)

    @cached_property
    def helped(self) -> Share:
        """Those in which somebody said of a text of another that it helped, over all."""
        return Share(self._sum("helped"), self.asked)

    @cached_property
    def mondays(self) -> list[dt.date]:
        """The weeks of which anything is told."""
        return sorted(self.by_week)

    @cached_property
    def days(self) -> list[int]:
        """How many were started on each day of those weeks."""
        place = {monday: number for number, monday in enumerate(self.mondays)}
        counts = np.zeros((len(place), 7), dtype=np.int64)
        by_day = weeks.hours(self._cells).reshape(-1, 7, 24).sum(axis=2)
        np.add.at(counts, [place[row.week] for row in self.rows], by_day)
        found: list[int] = counts.ravel().tolist()
        return found

    @cached_property
    def by_week(self) -> dict[dt.date, float]:
        """By Monday, how many were started: the mean of a run's weeks where several are told together.

        A week of which only nothing is told, and something withheld, is left out: 0 would be untrue.
        """
        found: dict[dt.date, float] = defaultdict(float)
        for piece in self.pieces:
            for week in piece.weeks:
                found[week] += sum(row.asked for row in piece.rows) / len(piece.weeks)
        return {week: mean for week, mean in found.items() if mean or week not in self.withheld}

    @property
    def due_in(self) -> tuple[Piece, ...]:
        """The runs in which the goal of each question has passed.

        A run counts once all of it can be judged: how many of it cannot be yet would tell how many asked last
        and the figure of a day later what became of them.
        """
        return _without(self.pieces, self.not_due.pieces)

    @property
    def newcomers_due_in(self) -> tuple[Piece, ...]:
        """The same of the blocks in which newcomers are told of."""
        return _without(self.newcomers_in, self.first_not_due.pieces)

    @cached_property
    def goal(self) -> Share:
        """Replied within the goal, over those of runs that were asked at least one goal ago."""
        rows = [row for piece in self.due_in for row in piece.rows]
        return Share(sum(row.within for row in rows), sum(row.due for row in rows))

    @cached_property
    def newcomers(self) -> Share | None:
        """The same over the first questions of their authors; None where these are too few people."""
        rows = [row for piece in self.newcomers_due_in for row in piece.rows]
        if not rows:
            return None
        return Share(sum(row.newcomers_within for row in rows), sum(row.newcomers for row in rows))

    def welcomes_as(self, other: Counted) -> bool:
        """Whether both tell of newcomers of one block: a short period has none of its own."""
        weeks = {(piece.community, week) for piece in self.newcomers_in for week in piece.weeks}
        return any((piece.community, week) in weeks for piece in other.newcomers_in for week in piece.weeks)

    def shares_weeks(self, other: Counted) -> bool:
        """Whether both tell of a week: a short period has no block of its own, nor has the one before."""
        weeks = {(piece.community, week) for piece in self.pieces for week in piece.weeks}
        return any((piece.community, week) in weeks for piece in other.pieces for week in piece.weeks)

    @cached_property
    def outcomes(self) -> Outcomes:
        """Resolved ones, and those that wait past the goal."""
        accepted, resolved = self._sum("accepted"), self._sum("resolved")
        waits = int(weeks.waiting(self._cells).sum()) - self.not_due.waiting
        return Outcomes(self.asked, accepted, resolved - accepted, waits)

    @cached_property
    def waits(self) -> survival.Survival:
        """The Kaplan–Meier curve of seconds to the first reply, known to the bin it fell into."""
        unserved = weeks.left(self._cells).sum(axis=0)
        waiting = weeks.waiting(self._cells)
        for monday in {row.week for row in self.rows}:
            those = waiting[[row.week == monday for row in self.rows]].sum(axis=0)
            np.add.at(unserved, weeks.bins_by(self.now, monday), those)
        return survival.from_counts(_SECONDS, weeks.served(self._cells).sum(axis=0), unserved)

    def without_reply(self, hours: Sequence[int]) -> list[Share]:
        """After each of `hours` (ends of bins), those to which nobody else had replied, over all of the runs
        that were over by as much as the longest of them; none where there is no such run.

        Who closed a question counts as whoever waits: so no share says when a question was asked, or was
        closed, to which nobody replied, as the steps of `waits` do.
        """
        since = self.now - dt.timedelta(hours=max(hours))
        over = [piece for piece in self.pieces if standing.start_of(max(piece.weeks) + WEEK) <= since]
        rows = [row for piece in over for row in piece.rows]
        asked = sum(row.asked for row in rows)
        replied = weeks.served(weeks.unpacked(rows)).sum(axis=0).cumsum()
        return [Share(asked - int(replied[bin_of(hour)]), asked) for hour in hours] if asked else []

    @cached_property
    def hours(self) -> list[list[int]]:
        """By day of the week and hour, how many were asked, to the nearest five; empty where few were asked.

        Of few questions, what they are in all says what is behind a rounding.
        """
        if self.asked < ENOUGH_FOR_HOURS:
            return []
        counts = weeks.hours(self._cells).sum(axis=0).reshape(7, 24)
        return [[5 * round(number / 5) for number in some] for some in counts.tolist()]

    @cached_property
    def _cells(self) -> Numbers:
        return weeks.unpacked(self.rows)

    def _sum(self, name: str) -> int:
        return sum(getattr(row, name) for row in self.rows)


def _without(pieces: tuple[Piece, ...], places: frozenset[int]) -> tuple[Piece, ...]:
    return tuple(piece for place, piece in enumerate(pieces) if place not in places)
