"""Writing down who took part in a block of four weeks, once it is over: what was told of it stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from ..models import FourWeeks, Population, Presence
from ..policies import SMALLEST_FOR_MANAGERS
from ..queries import bitmaps, then
from ..queries.slices import BLOCK, DAY, OLDEST, block_of
from .people import monday, packed

LATE = dt.timedelta(minutes=10)
"""After midnight the last statements of a block are still being read."""
AT_ONCE = 13
"""Blocks whose days are in memory together."""
_Name = tuple[int, str]
"""(theme, team) of a row of a block."""


def settle(today: dt.date | None = None) -> int:
    """Write down the blocks that are over, and look again at those whose days changed; how many blocks.

    What others did that are fewer than ten is left as it was told. A community's first week is for bringing
    in its past: until the next Monday its blocks follow their days.
    """
    day = today or timezone.localdate(timezone.now() - LATE)
    known = Population.objects.values_list("community").annotate(since=Min("since"))
    return sum(_settle(community, day) for community, since in known if since < monday(day))


def _settle(community: int, today: dt.date) -> int:
    days = Presence.objects.filter(community=community, theme=0, day__gte=OLDEST, day__lt=block_of(today))
    blocks = {block_of(day) for day in days.values_list("day", flat=True)}
    whole = FourWeeks.objects.filter(community=community, theme=0, team="")
    there = dict(whole.values_list("begun", "is_changed"))
    missing = sorted((begun for begun in {*blocks, *there} if there.get(begun, True)), reverse=True)
    for start in range(0, len(missing), AT_ONCE):
        some = missing[start : start + AT_ONCE]
        counted = _Counted(community, some)
        for begun in some:
            if begun in there:
                _look_again(community, begun, counted.rows(begun))
            else:
                with transaction.atomic():
                    FourWeeks.objects.bulk_create(counted.rows(begun).values())
    return len(missing)


def _look_again(community: int, begun: dt.date, now: Mapping[_Name, FourWeeks]) -> None:
    with transaction.atomic():
        rows = FourWeeks.objects.select_for_update().filter(community=community, begun=begun)
        before = {(row.theme, row.team): row for row in rows}
        others = {name: _others(before.get(name), now.get(name)) for name in {*before, *now}}
        replaced = {name for name in others if name[0] and others[name] >= SMALLEST_FOR_MANAGERS}
        forgotten: set[_Name] = set()
        if others[0, ""] >= SMALLEST_FOR_MANAGERS:
            of_teams = {name for name in others if not name[0] and name[1]}
            replaced |= {(0, ""), *(one for one in of_teams if not 0 < others[one] < SMALLEST_FOR_MANAGERS)}
            forgotten = of_teams - replaced  # neither as before nor as now: beside the whole, it would tell
        rows.filter(is_changed=True).update(is_changed=False)
        for theme, team in replaced | forgotten:
            rows.filter(theme=theme, team=team).delete()
        FourWeeks.objects.bulk_create(now[name] for name in replaced if name in now)


def _others(before: FourWeeks | None, now: FourWeeks | None) -> int:
    """How many people took part by one count and not by the other."""
    return (_bits(before) ^ _bits(now)).bit_count()


def _bits(row: FourWeeks | None) -> int:
    return int.from_bytes(bytes(row.bits), "little") if row else 0


@dataclass(slots=True)
class _Counted:
    """Blocks of a community as their days say now. Days are read by theme, once for all blocks."""

    community: int
    made: dict[dt.date, dict[_Name, FourWeeks]]

    def __init__(self, community: int, blocks: Collection[dt.date]) -> None:
        self.community = community
        self.made = {begun: {} for begun in blocks}
        groups = bitmaps.groups([community], with_teams=True)
        first, last = min(blocks) - DAY * then.YEAR, max(blocks) + DAY * (BLOCK - 1)
        for theme in {0, *_themes(community)}:
            days = bitmaps.days([community], theme, first, last)
            for begun in blocks:
                people = groups.in_block(community, "", begun)
                self._take(days, begun, (theme, ""), people)
                for team in groups.teams(community) if not theme else ():
                    self._take(days, begun, (0, team), groups.in_block(community, team, begun))

    def rows(self, begun: dt.date) -> dict[_Name, FourWeeks]:
        """By theme and team. Of the community always one; of a theme where anybody was."""
        return self.made[begun]

    def _take(self, days: bitmaps.Days, begun: dt.date, name: _Name, people: int) -> None:
        theme, team = name
        block = (begun, begun + DAY * (BLOCK - 1))
        active = then.active_in(days, people, self.community, block)
        if (theme and not active) or (team and not people):
            return
        row = FourWeeks(
            community=self.community, theme=theme, team=team, begun=begun, people=people.bit_count(),
            active=active.bit_count(), bits=packed(active),
        )  # fmt: skip
        if not team:
            row.year = then.active_in(days, people, self.community, block, then.YEAR).bit_count()
            row.stickiness = then.stickiness(days, people, self.community, block)
        self.made[begun][name] = row


def _themes(community: int) -> Iterable[int]:
    return Presence.objects.filter(community=community).values_list("theme", flat=True).distinct()
