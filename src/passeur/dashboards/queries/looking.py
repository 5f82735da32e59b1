"""The exchanges that *What works* looks at, and what may be told of each value: whole parts of the past."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass

from django.utils import timezone

from passeur.algorithms.measures.working import Tally, showable
from passeur.conversations.choices import ASKING
from passeur.conversations.queries.asked import Span
from passeur.conversations.queries.worked import JUDGED_AFTER, Worked, worked
from passeur.engagement.queries import Compared, Counted, Ledger
from passeur.engagement.queries.slices import BLOCK, DAY
from passeur.engagement.queries.standing import start_of

from ..protocols import Slice
from .facts import Facts, sight_of
from .traits import Trait, tallies

MOST_ROWS = 5_000
"""Exchanges that are looked at, so that the page takes as long however much is written."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked at, by block of four weeks, the oldest first: exchanges that had two weeks each.

    `is_cut` says that older blocks are left out: there was too much to look at.
    """

    blocks: dict[dt.date, list[Worked]]
    is_cut: bool

    @property
    def rows(self) -> list[Worked]:
        return [row for rows in self.blocks.values() for row in rows]

    @property
    def weeks(self) -> int:
        """How many weeks they were started in."""
        return len(self.blocks) * BLOCK // 7


def looked(part: Slice, ledger: Ledger) -> Looked:
    """The newest blocks of the period that are over for two weeks, up to `MOST_ROWS` exchanges."""
    judged = timezone.localdate() - JUDGED_AFTER
    found = [(begun, some) for begun, some in ledger.by_block() if begun + DAY * BLOCK <= judged]
    kept: list[tuple[dt.date, Counted]] = []
    for begun, some in reversed(found):
        if kept and some.asked + sum(other.asked for _begun, other in kept) > MOST_ROWS:
            break
        kept.append((begun, some))
    if not kept:
        return Looked({}, is_cut=False)
    span = Span(
        [community.pk for community in part.communities],
        start_of(kept[-1][0]),
        start_of(kept[0][0] + DAY * BLOCK),
        part.theme,
    )
    by_key = {row.pk: row for row in worked(part.member, span)}
    blocks = {
        begun: [by_key[key] for key in reversed(ledger.numbers(some, "started")) if key in by_key]
        for begun, some in reversed(kept)
    }
    return Looked(blocks, is_cut=len(kept) < len(found))


@dataclass(frozen=True, slots=True)
class Beside:
    """Exchanges of the parts of the past in which days, hours, lengths and channels are compared."""

    parts: list[list[Worked]]
    first: dt.date | None = None
    last: dt.date | None = None

    @property
    def weeks(self) -> int:
        """How many weeks they were started in."""
        return 0 if self.first is None or self.last is None else ((self.last - self.first).days + 1) // 7


def compared(part: Slice) -> Beside:
    """The newest parts, up to `MOST_ROWS` exchanges. Three queries, and one for each part."""
    ledger = Compared(sight_of(part), until=timezone.localdate() - JUDGED_AFTER)
    kept: list[Counted] = []
    for some in sorted(ledger.parts(), key=lambda one: one.mondays[-1], reverse=True):
        if kept and some.asked + sum(other.asked for other in kept) > MOST_ROWS:
            break
        kept.append(some)
    if not kept:
        return Beside([])
    weeks = [week for some in kept for week in some.mondays]
    span = Span(
        [community.pk for community in part.communities],
        start_of(min(weeks)),
        start_of(max(weeks) + DAY * 7),
        None,
    )
    by_key = {row.pk: row for row in worked(part.member, span)}
    return Beside(
        [
            [by_key[key] for key in reversed(ledger.numbers(some, "started")) if key in by_key]
            for some in reversed(kept)
        ],
        min(weeks),
        max(weeks) + DAY * 6,
    )


def told(trait: Trait, beside: Beside, least: int) -> list[Tally[Hashable]]:
    """What each author did with each value, in the parts in which that value may be told.

    Two periods differ by whole parts: a value must have enough people in each that it is counted in, and
    what is not told of a part must come from enough people too.
    """
    made: list[Tally[Hashable]] = []
    for rows in beside.parts:
        some = tallies(rows, trait)
        people: dict[Hashable, set[int]] = defaultdict(set)
        for one in some:
            people[one.value].add(int(str(one.author)))
        open_ones = set(showable(people, least))
        made += [one for one in some if one.value in open_ones]
    return sorted(made, key=lambda one: str(one.value))


def by_block(trait: Trait, now: Looked, found: Facts) -> list[Tally[Hashable]]:
    """The same for themes and forms, of the blocks in which the other pages tell of them."""
    made: list[Tally[Hashable]] = []
    for begun, rows in now.blocks.items():
        for asks in (True, False):
            some = tallies([row for row in rows if (row.kind in ASKING) == asks], trait)
            values = {one.value for one in some}
            shown = {value for value in values if _is_told(found.now, begun, trait, value, asks)}
            made += [one for one in some if one.value in shown]
    return made


def _is_told(ledger: Ledger, begun: dt.date, trait: Trait, value: Hashable, asks: bool) -> bool:
    """Whether a theme or a form is told in a block, as on the other pages."""
    if trait.key == "theme":
        return ledger.has_theme(begun, int(str(value)), asks=asks)
    return ledger.has_kind(begun, str(value), asks=asks)
