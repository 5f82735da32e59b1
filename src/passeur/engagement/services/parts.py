"""Deciding which weeks and values *What works* tells of, once a part of the past is over: it stays so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from ..models import ToldPart
from ..policies import SMALLEST, SMALLEST_FOR_MANAGERS
from ..queries import beside, parts, values, weeks, worked
from ..queries import deciding as known
from ..queries.bitmaps import TeamsThen
from ..queries.parts import Used, beginnings
from ..queries.sets import WEEK, Days
from ..queries.slices import BLOCK, BLOCKS, DAY, OLDEST, SPAN, span_of
from ..queries.telling import block
from . import places
from .people import bitmap, packed
from .weeks import lock

SIZES = (SMALLEST, SMALLEST_FOR_MANAGERS)
# Spans in which a block is decided of and no part that it lies in, or one that changed; of those that are not
# over, only what is told by blocks. And whether this is the first week of their community, as for blocks.
_OPEN = """
SELECT s.community, s.begun, NOT EXISTS (
       SELECT FROM engagement_population p WHERE p.community = s.community AND p.since < %(monday)s
   )
  FROM (
    SELECT DISTINCT community, begun - ((begun - %(origin)s::date) %% %(span)s) AS begun
      FROM engagement_toldblock WHERE weeks = 4
) s
 WHERE EXISTS (
       SELECT FROM engagement_toldblock t
        WHERE t.community = s.community AND t.begun >= s.begun AND t.begun < s.begun + %(span)s
          AND t.weeks = 4
          AND NOT EXISTS (
              SELECT FROM engagement_toldpart p
               WHERE p.community = t.community AND p.begun IN (s.begun, t.begun)
                 AND t.begun < p.begun + %(block)s * p.blocks AND NOT p.is_changed
          )
   )
   AND (
       s.begun + %(span)s <= %(monday)s
    OR EXISTS (
       SELECT FROM engagement_toldpart p
        WHERE p.community = s.community AND p.begun >= s.begun AND p.begun < s.begun + %(span)s
    )
    OR %(enough)s <= (
       SELECT coalesce(sum(w.asked), 0) FROM engagement_responseweek w
        WHERE w.community = s.community AND w.theme = 0 AND w.week >= s.begun - %(span)s AND w.week < s.begun
    )
   )
 ORDER BY 1, 2
"""


def decide(this_week: dt.date) -> int:
    """Decide of the parts that are over when a week (its Monday) begins, and look again at those that
    changed; in how many spans there were any.

    To be called once the blocks are decided of. One that changed is decided of anew only if those who started
    something by now and then are others by ten people or more, or in the first week of its community.
    """
    asked: dict[str, Any] = {
        "monday": this_week, "origin": span_of(OLDEST), "span": SPAN, "block": BLOCK, "enough": parts.ENOUGH,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, asked)
        found = cursor.fetchall()
    for community, begun, is_new in found:
        with transaction.atomic():
            lock(community)  # who makes weeks of it again waits, and marks their part after this
            if is_new:
                _of_span(community, begun).delete()
            _decide(community, begun, this_week)
    return len(found)


def _decide(community: int, begun: dt.date, this_week: dt.date) -> None:
    """Of a span, or of its blocks."""
    days = _days(community, begun)
    there = _of_span(community, begun)
    before = {row.begun: row for row in there.filter(smallest=SMALLEST)}
    # What was decided of a part of it says how it was cut up, and it stays so.
    cut = {row.blocks for row in before.values()}
    blocks = cut.pop() if cut else 1 if parts.is_by_block(days, begun) else BLOCKS
    for first in beginnings(begun, BLOCKS)[::blocks]:
        last = first + DAY * (BLOCK * blocks - 1)
        old, people = before.get(first), _people(days, first, last)
        if last >= this_week or (old is not None and not old.is_changed):
            continue
        if old is not None and _others(old, people) < SMALLEST_FOR_MANAGERS:
            there.filter(begun=first).update(is_changed=False)
            continue
        rows = list(_rows(community, days, first, blocks, people))
        if rows:
            there.filter(begun=first).delete()
            ToldPart.objects.bulk_create(rows)


def _of_span(community: int, begun: dt.date) -> QuerySet[ToldPart]:
    """What was decided of a span, or of its blocks."""
    return ToldPart.objects.filter(community=community, begun__gte=begun, begun__lt=begun + DAY * SPAN)


def _days(community: int, begun: dt.date) -> Days:
    """The weeks of a span and of the one before."""
    by_week: dict[dt.date, list[weeks.Week]] = {}
    for row in weeks.read([community], [0], begun - DAY * SPAN, begun + DAY * (SPAN - 1)):
        by_week.setdefault(row.week, []).append(row)
    return Days({0: by_week})


def _people(days: Days, first: dt.date, last: dt.date) -> int:
    """Some of those who started something in these weeks, as a bitmap."""
    return bitmap(
        {
            bit
            for week, rows in days.rows[0].items()
            if first <= week <= last
            for row in rows
            for bit in row.askers
        }
    )


def _others(row: ToldPart, people: int) -> int:
    return (int.from_bytes(bytes(row.bits), "little") ^ people).bit_count()


def _rows(community: int, days: Days, begun: dt.date, blocks: int, people: int) -> Iterator[ToldPart]:
    """What is decided of a part, for each reader; nothing yet where not all of its exchanges are told."""
    told = known.decided([community], begun, begun + DAY * (BLOCK * blocks - 1))
    used: dict[int, Used] = {}
    for smallest in SIZES:
        fours = (
            block(days, first, smallest, SMALLEST, asks=asks, decided=told.get((community, first, asks)))
            for first in beginnings(begun, blocks)
            for asks in (True, False)
        )
        used[smallest] = parts.used(days, begun, fours, smallest)
    groups = [parts.pieces(community, days, used[smallest]) for smallest in SIZES]
    became = worked.read(groups)
    teams, above = TeamsThen(community), places.parents(community)
    finest: dict[str, frozenset[int]] | None = None
    for smallest, rows in zip(SIZES, became, strict=True):
        if rows is None or None in became:
            return
        wished = {trait: values.told(rows, trait, smallest) for trait in values.VALUES}
        cuts = beside.ways(rows, told, teams, above, smallest)
        found = beside.apart(rows, wished, finest, cuts, smallest)
        finest = finest or found
        yield _row(community, begun, blocks, smallest, used[smallest], found, people)


def _row(
    community: int,
    begun: dt.date,
    blocks: int,
    smallest: int,
    used: Used,
    told: Mapping[str, Collection[int]],
    people: int,
) -> ToldPart:
    return ToldPart(
        community=community,
        begun=begun,
        smallest=smallest,
        blocks=blocks,
        asking=_places(begun, used, asks=True),
        others=_places(begun, used, asks=False),
        lengths=sorted(told["length"]),
        days=sorted(told["day"]),
        hours=sorted(told["hour"]),
        channels=sorted(told["channel"]),
        bits=packed(people) if smallest == SMALLEST else b"",
    )


def _places(begun: dt.date, used: Used, *, asks: bool) -> Sequence[int]:
    return sorted((week - begun) // WEEK for week, one in used if one == asks)
