"""Deciding how the exchanges of a block are told, once its weeks are over: what was decided stays."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import connection, transaction
from django.utils import timezone

from ..models import ResponseWeek, TeamDay, ToldBlock
from ..policies import SMALLEST, SMALLEST_FOR_MANAGERS
from ..queries import crossed, weeks
from ..queries import deciding as known
from ..queries.bitmaps import TeamsThen
from ..queries.crossed import Crossed
from ..queries.sets import WEEKS, Days, Some, Weeks, weeks_of
from ..queries.slices import BLOCK, DAY, OLDEST, block_of
from ..queries.telling import Block, Decided, block
from ..queries.weeks import Week
from . import parts, places
from .people import bitmap, monday, packed
from .settling import AT_ONCE, LATE
from .weeks import lock

# Blocks with weeks that are over and not decided of, and those that changed; and whether this is the first
# week of their community, which is for bringing in its past: until the next Monday its blocks follow what is
# there.
_OPEN = """
SELECT w.community, w.begun, NOT EXISTS (
       SELECT FROM engagement_population p WHERE p.community = w.community AND p.since < %(monday)s
   )
  FROM (
    SELECT DISTINCT community, week - ((week - %(origin)s::date) %% 28) AS begun
      FROM engagement_responseweek WHERE theme = 0 AND week < %(monday)s
) w
 WHERE NOT EXISTS (
       SELECT FROM engagement_toldblock t
        WHERE t.community = w.community AND t.begun = w.begun AND NOT t.is_changed
          AND t.weeks >= least(4, (%(monday)s - w.begun) / 7)
   )
 ORDER BY 1, 2
"""


def decide(today: dt.date | None = None) -> int:
    """Decide of the weeks that are over, and look again at blocks that changed; how many blocks.

    One that changed is decided of anew only if those who started something by now and then are others by ten
    people or more, or in the first week of its community. Then of the parts that they make (`parts`).
    """
    this_week = monday(today or timezone.localdate(timezone.now() - LATE))
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, {"monday": this_week, "origin": block_of(OLDEST)})
        found = cursor.fetchall()
    by_community: dict[tuple[int, bool], list[dt.date]] = defaultdict(list)
    for community, begun, is_new in found:
        by_community[community, is_new].append(begun)
    for (community, is_new), blocks in by_community.items():
        for start in range(0, len(blocks), AT_ONCE):
            with transaction.atomic():
                lock(community)  # who makes weeks of it again waits, and marks their blocks after this
                _decide(community, blocks[start : start + AT_ONCE], this_week, is_new=is_new)
    parts.decide(this_week)
    return len(found)


def _decide(community: int, blocks: Sequence[dt.date], this_week: dt.date, *, is_new: bool) -> None:
    first, last = blocks[0], blocks[-1] + DAY * (BLOCK - 1)
    there = {} if is_new else known.decided([community], first, last)
    bits = {
        (row.begun, row.asks): bytes(row.bits)
        for row in ToldBlock.objects.filter(community=community, begun__in=blocks, smallest=SMALLEST)
    }
    reading = _Reading(community, first, last)
    made = []
    for begun in blocks:
        over = min(WEEKS, (this_week - begun).days // 7)
        for asks in (True, False):
            before = there.get((community, begun, asks), {})
            people = reading.people(begun, over, asks=asks)
            is_known = bool(before) and before[SMALLEST].weeks == over
            then = int.from_bytes(bits[begun, asks], "little") if is_known else people
            if is_known and (then ^ people).bit_count() >= SMALLEST_FOR_MANAGERS:
                before, then = {}, people
            now = dict(before)
            for one in parts.SIZES:
                now[one] = reading.decided(begun, over, one, before, now, asks=asks)
                made.append(_row(community, begun, one, now[one], then, asks=asks))
    ToldBlock.objects.filter(community=community, begun__in=blocks).delete()
    ToldBlock.objects.bulk_create(made)


@dataclass(slots=True)
class _Reading:
    """All that is read of a community to decide of its blocks: four queries, and three for each block."""

    community: int
    days: Days
    above: Mapping[int, int | None]
    by_team: dict[tuple[dt.date, bool], dict[str, Some]]
    teams: TeamsThen
    read: dict[tuple[Weeks, bool], Crossed | None]

    def __init__(self, community: int, first: dt.date, last: dt.date) -> None:
        self.community = community
        among = ResponseWeek.objects.filter(community=community, week__gte=first, week__lte=last)
        themes = among.values_list("theme", flat=True).distinct()
        rows: dict[int, dict[dt.date, list[Week]]] = defaultdict(lambda: defaultdict(list))
        for row in weeks.read([community], themes, first, last):
            rows[row.theme][row.week].append(row)
        self.days = Days(rows)
        self.above = places.parents(community)
        self.teams, self.read = TeamsThen(community), {}
        self.by_team = defaultdict(lambda: defaultdict(Some))
        of_teams = TeamDay.objects.filter(community=community, day__gte=first, day__lte=last)
        for team, day, asks, asked, askers in of_teams.values_list("team", "day", "asks", "asked", "askers"):
            self.by_team[monday(day), asks][team].take(asked, askers)

    def people(self, begun: dt.date, over: int, *, asks: bool) -> int:
        """Some of those who started something in the weeks of a block that are over, as a bitmap."""
        rows = self.days.within(0, weeks_of(begun)[:over], asks=asks)
        return bitmap({bit for row in rows for bit in row.askers})

    def decided(
        self,
        begun: dt.date,
        over: int,
        smallest: int,
        before: Mapping[int, Decided],
        now: Mapping[int, Decided],
        *,
        asks: bool,
    ) -> Decided:
        """What is decided of a block, of the weeks that are over; what was decided `before` stays.

        `now` is what was decided in its place for who needs smaller groups.
        """
        old = before.get(smallest)
        if old is not None and old.weeks >= over:
            return old
        found = block(self.days, begun, smallest, SMALLEST, asks=asks, decided=before, over=over)
        if old is not None and old.runs and not found.runs:
            # A run of it is of too few people by now: nothing more is told of the block.
            return replace(old, weeks=over)
        return self._decided(found, over, now[SMALLEST] if smallest > SMALLEST else None)

    def _decided(self, found: Block, over: int, finest: Decided | None) -> Decided:
        """As nothing stands in the way: themes, forms and teams once all weeks are over."""
        if over < WEEKS:
            return Decided(over, found.runs, frozenset(), frozenset(), frozenset(), frozenset())
        themes = [one for one in self.days.rows if one > 0 and found.has_theme(one, self.above)]
        by_week = {week: self.by_team[week, found.asks] for week in found.told}
        wished = Decided(
            over,
            found.runs,
            frozenset(themes),
            frozenset(one for one in (0, *themes) if found.has_newcomers(one)),
            frozenset(found.kinds()),
            frozenset(found.teams(by_week)),
        )
        if not found.told:
            return wished
        read = self._crossed(found.told, asks=found.asks)
        if read is None:
            return replace(wished, themes=frozenset(), welcoming=wished.welcoming & {0}, teams=frozenset())
        return read.apart(wished, finest, found.smallest)

    def _crossed(self, told: Weeks, *, asks: bool) -> Crossed | None:
        """The exchanges of the weeks of a block that are told of, read once for all readers."""
        if (told, asks) not in self.read:
            self.read[told, asks] = crossed.read(self.community, told, self.above, self.teams, asks=asks)
        return self.read[told, asks]


def _row(
    community: int, begun: dt.date, smallest: int, decided: Decided, people: int, *, asks: bool
) -> ToldBlock:
    place = {week: number for number, week in enumerate(weeks_of(begun))}
    return ToldBlock(
        community=community,
        begun=begun,
        asks=asks,
        smallest=smallest,
        weeks=decided.weeks,
        runs=[[place[week] for week in run] for run in decided.runs],
        themes=sorted(decided.themes),
        welcoming=sorted(decided.welcoming),
        kinds=sorted(decided.kinds),
        teams=sorted(decided.teams),
        bits=packed(people) if smallest == SMALLEST else b"",
    )
