"""The exchanges that *What works* looks at, and what may be told of each value: whole parts of the past."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from django.utils import timezone

from passeur.algorithms.measures.working import Tallies, overall
from passeur.conversations.queries.worked import JUDGED_AFTER
from passeur.engagement.queries import Compared, Counted, Ledger, Part, Worked
from passeur.engagement.queries.slices import BLOCK, DAY

from ..protocols import Slice
from .facts import Facts, sight_of
from .traits import Trait, tallies

if TYPE_CHECKING:
    from passeur.algorithms.measures.working import Clustered

MOST_ROWS = 5_000
"""Exchanges that are looked at, so that the page takes as long however much is written."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked at, by block of four weeks, the oldest first: exchanges that had two weeks each.

    `counted` are the same as weeks count them. `is_cut` says that older blocks are left out: there was too
    much to look at.
    """

    blocks: dict[dt.date, Worked]
    counted: dict[dt.date, Counted]
    is_cut: bool

    def __len__(self) -> int:
        """How many exchanges."""
        return sum(map(len, self.blocks.values()))

    @property
    def weeks(self) -> int:
        """How many weeks they were started in."""
        return len(self.blocks) * BLOCK // 7

    def overall(self) -> tuple[Clustered, Clustered]:
        """How useful they were, and how many people each reached."""
        return overall(
            *(
                np.concatenate([np.empty(0, np.int64), *(getattr(one, name) for one in self.blocks.values())])
                for name in ("author", "useful", "reached")
            )
        )

    def numbers(self, ledger: Ledger, test: str) -> list[int]:
        """The exchanges that pass one of the tests of what stands, newest first."""
        pieces = tuple(piece for some in self.counted.values() for piece in some.pieces)
        return ledger.numbers(Counted(pieces, ledger.now), test)


def looked(ledger: Ledger) -> Looked:
    """The newest blocks of the period that are over for two weeks, up to `MOST_ROWS` exchanges.

    One of which something is not told yet is left out.
    """
    judged = timezone.localdate() - JUDGED_AFTER
    found = [(begun, some) for begun, some in ledger.by_block() if begun + DAY * BLOCK <= judged]
    kept = list(reversed(_newest([some for _begun, some in reversed(found)])))
    begun = [first for first, _some in found[len(found) - len(kept) :]]
    blocks = {
        first: (rows, some)
        for first, rows, some in zip(begun, ledger.worked(kept), kept, strict=True)
        if rows is not None
    }
    return Looked(
        {first: rows for first, (rows, _some) in blocks.items()},
        {first: some for first, (_rows, some) in blocks.items()},
        is_cut=len(kept) < len(found),
    )


def _newest(parts: Iterable[Counted]) -> list[Counted]:
    """The first of them, up to `MOST_ROWS` exchanges, or one."""
    kept: list[Counted] = []
    for some in parts:
        if kept and some.asked + sum(other.asked for other in kept) > MOST_ROWS:
            break
        kept.append(some)
    return kept


@dataclass(frozen=True, slots=True)
class Beside:
    """Exchanges of the parts of the past in which days, hours, lengths and channels are compared."""

    parts: list[tuple[Part, Worked]]
    first: dt.date | None = None
    last: dt.date | None = None

    @property
    def weeks(self) -> int:
        """How many weeks they were started in."""
        return 0 if self.first is None or self.last is None else ((self.last - self.first).days + 1) // 7

    @property
    def channels(self) -> list[int]:
        """The channels that they came from."""
        return sorted({channel for _part, rows in self.parts for channel in np.unique(rows.channel).tolist()})


def compared(part: Slice) -> Beside:
    """The newest parts, up to `MOST_ROWS` exchanges. Four queries.

    One of which something is not told yet is left out.
    """
    ledger = Compared(sight_of(part), until=timezone.localdate() - JUDGED_AFTER)
    by_end = sorted(ledger.parts(), key=lambda one: one.counted.mondays[-1], reverse=True)
    kept = _newest([one.counted for one in by_end])
    found = [
        (one, rows)
        for one, rows in zip(by_end, ledger.worked(kept), strict=False)  # `kept` are the first of them
        if rows is not None
    ]
    if not found:
        return Beside([])
    weeks = [week for one, _rows in found for week in one.counted.mondays]
    return Beside(list(reversed(found)), min(weeks), max(weeks) + DAY * 6)


def told(trait: Trait, beside: Beside) -> Tallies[Hashable]:
    """What each author did with each value, in the parts in which that value may be told.

    Two periods differ by whole parts: a value must have enough people in each that it is counted in, and
    what is not told of a part must come from enough people too.
    """
    made = [tallies(rows.among(part.told(rows, trait.key)), trait) for part, rows in beside.parts]
    return _together(trait, made, in_order=True)


def by_block(trait: Trait, now: Looked, found: Facts) -> Tallies[Hashable]:
    """The same for themes and forms, of the blocks in which the other pages tell of them."""
    made = []
    for begun, rows in now.blocks.items():
        for asks in (True, False):
            some = tallies(rows.among(rows.asks == asks), trait)
            shown = [
                value
                for value in np.unique(some.value).tolist()
                if _is_told(found.now, begun, trait, trait.values[value], asks)
            ]
            made.append(_only(some, shown))
    return _together(trait, made)


def _only(some: Tallies[Hashable], values: Sequence[int]) -> Tallies[Hashable]:
    """The rows of some values, by their places."""
    wanted = np.isin(some.value, values)
    return Tallies(
        some.values, some.value[wanted], some.author[wanted], some.pieces[wanted], some.useful[wanted],
        some.reach[wanted],
    )  # fmt: skip


def _together(
    trait: Trait, parts: Sequence[Tallies[Hashable]], *, in_order: bool = False
) -> Tallies[Hashable]:
    """All rows; in the order of values, or as they come."""
    columns = [
        np.concatenate([np.empty(0, np.int64), *(getattr(some, name) for some in parts)])
        for name in ("value", "author", "pieces", "useful", "reach")
    ]
    if in_order:
        order = np.argsort(columns[0], kind="stable")
        columns = [one[order] for one in columns]
    return Tallies(trait.values, *columns)


def _is_told(ledger: Ledger, begun: dt.date, trait: Trait, value: Hashable, asks: bool) -> bool:
    """Whether a theme or a form is told in a block, as on the other pages."""
    if trait.key == "theme":
        return ledger.has_theme(begun, int(str(value)), asks=asks)
    return ledger.has_kind(begun, str(value), asks=asks)
