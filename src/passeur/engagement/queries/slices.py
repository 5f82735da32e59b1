"""What a figure is about: whose communities, which theme or team, from which day to which."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils import timezone

from passeur.communities import queries as communities

from .. import policies

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community
    from passeur.skills.models import Theme

DAY = dt.timedelta(days=1)
BLOCK = 28
"""Days of a block: four weeks, one after the other. Teams are made anew at the beginning of each."""
BLOCKS = 6
"""Of a span."""
SPAN = BLOCKS * BLOCK
"""Its days."""
_FIRST_BLOCK = dt.date(2024, 1, 1)
OLDEST = dt.date(1990, 1, 1)
"""No figure is asked of days before."""


def blocks_of(slice: Slice) -> list[tuple[dt.date, dt.date]]:
    """The first and last day of each block that ended within the slice, else of the last one before its end.

    Who took part is told of whole blocks only: two windows that share days, with somebody who joined between
    them, would tell what that one did (decision 36). A block is told once it is over: looked at each day of
    it, the figure would rise by whoever came that day.
    """
    last = block_of(min(slice.last + DAY, timezone.localdate())) - DAY
    ends: list[dt.date] = []
    while not ends or last >= slice.first:
        ends.append(last)
        last -= DAY * BLOCK
    return [(end - DAY * (BLOCK - 1), end) for end in reversed(ends)]


def block_of(day: dt.date) -> dt.date:
    """The Monday that the block of a day begins with."""
    return day - DAY * ((day - _FIRST_BLOCK).days % BLOCK)


def span_of(day: dt.date) -> dt.date:
    """The Monday that six blocks begin with, of which a day is in one."""
    return day - DAY * ((day - _FIRST_BLOCK).days % SPAN)


@dataclass(frozen=True, slots=True)
class Slice:
    """Made by `slice_of` only: it holds nothing that its reader may not see figures of.

    `first` and `last` belong to it. `smallest` is, by
    community (number), how many people a team must have for this reader.
    """

    communities: tuple[Community, ...]
    first: dt.date
    last: dt.date
    smallest: Mapping[int, int]
    theme: Theme | None = None
    team: str = ""

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def theme_number(self) -> int:
        """0 where all themes are meant, and what has none."""
        return self.theme.pk if self.theme is not None else 0

    @property
    def numbers(self) -> list[int]:
        """The numbers of its communities."""
        return [one.pk for one in self.communities]


def slice_of(
    member: Member,
    *,
    first: dt.date,
    last: dt.date,
    among: Collection[Community] | None = None,
    theme: Theme | None = None,
    team: str = "",
) -> Slice:
    """The slice for a reader: of all communities whose figures they may see, or of those `among` them.

    A theme narrows it to its community. One query.
    """
    if last < first:
        first, last = last, first
    visible = communities.visible_communities(member).filter(policies.visible_to(member))
    if among is not None:
        visible = visible.filter(pk__in=[one.pk for one in among])
    if theme is not None:
        visible = visible.filter(pk=theme.community_id)
    found = tuple(visible)
    smallest = {one.pk: policies.smallest_group(member, one) for one in found}
    return Slice(found, first, last, smallest, theme, team)


def previous(slice: Slice) -> Slice:
    """As many days, right before."""
    length = dt.timedelta(days=slice.days)
    return replace(slice, first=slice.first - length, last=slice.first - DAY)
