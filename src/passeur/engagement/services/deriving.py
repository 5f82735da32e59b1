"""Totals and bitmaps of a day, made anew from its tallies wherever something touched it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from django.db import connection, transaction

from passeur.algorithms.measures import days
from passeur.communities.choices import Role

from ..choices import Act
from ..models import Word
from ..queries.slices import OLDEST, block_of
from . import columns, places

DAYS = 40
"""Days of communities in one step."""

_TAKE = """
DELETE FROM engagement_dirty d USING (
    SELECT community, day FROM engagement_dirty ORDER BY day DESC, community LIMIT %s FOR UPDATE SKIP LOCKED
) t WHERE d.community = t.community AND d.day = t.day
RETURNING d.community, d.day
"""
_TALLIES = """
SELECT array_send(array_agg(t.place)), array_send(array_agg(t.verb)), array_send(array_agg(t.kind)),
       array_send(array_agg(a.bit)), array_send(array_agg(t.statements))
  FROM engagement_tally t JOIN engagement_actor a ON a.id = t.actor
 WHERE t.day = %s
"""
# Machines, and those who animate the community, are in no figure.
_STAFF = """
SELECT s.community_id, a.bit
  FROM communities_membership s JOIN engagement_actor a ON a.member_id = s.member_id
 WHERE s.role = %s AND s.left_at IS NULL AND s.community_id = ANY(%s::bigint[])
UNION
SELECT d.community, a.bit FROM engagement_actor a JOIN accounts_member m ON m.id = a.member_id
 CROSS JOIN unnest(%s::bigint[]) AS d (community)
 WHERE m.is_machine
"""
_FORGET = """
DELETE FROM {table} t USING unnest(%s::int[], %s::date[]) AS d (community, day)
 WHERE t.community = d.community AND t.day = d.day
"""

_CHANGED = """
UPDATE engagement_fourweeks f SET is_changed = true
  FROM unnest(%s::int[], %s::date[]) AS d (community, begun)
 WHERE f.community = d.community AND f.begun = d.begun AND f.theme = 0 AND f.team = '' AND NOT f.is_changed
"""

_COPY_TOTALS = """
COPY engagement_total (community, theme, day, verb, kind, statements, people) FROM STDIN (FORMAT BINARY)
"""
_COPY_PRESENCES = """
COPY engagement_presence (community, theme, day, taking_part, starting) FROM STDIN (FORMAT BINARY)
"""


def derive() -> int:
    """Make again the days that are dirty; how many there were."""
    done = 0
    while taken := _step():
        done += taken
    return done


def _step() -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TAKE, [DAYS])
        taken = cursor.fetchall()
        if not taken:
            return 0
        for table in ("engagement_total", "engagement_presence"):
            cursor.execute(_FORGET.format(table=table), [list(column) for column in zip(*taken, strict=True)])
        blocks = {(community, block_of(day)) for community, day in taken if day >= OLDEST}
        if blocks:
            cursor.execute(_CHANGED, [list(column) for column in zip(*blocks, strict=True)])
        by_day: dict[dt.date, set[int]] = defaultdict(set)
        for community, day in taken:
            by_day[day].add(community)
        spread = places.Spread()
        communities = sorted({community for community, _ in taken})
        cursor.execute(_STAFF, [Role.LCM, communities, communities])
        staff = cursor.fetchall()
        acts = dict(Word.objects.values_list("pk", "act"))
        for day, touched in by_day.items():
            tallies = _tallies(day)
            here = [row for row in spread.of(days.once(tallies[0]).tolist()) if row[1] in touched]
            _make(day, tallies, here, [row for row in staff if row[0] in touched], acts)
    return len(taken)


def _make(
    day: dt.date,
    tallies: list[days.Column],
    spread: list[tuple[int, int, int]],
    staff: list[tuple[int, int]],
    acts: dict[int, int],
) -> None:
    """The totals and the bitmaps of a day, in the communities of `spread`."""
    scopes = sorted({(community, theme) for _, community, theme in spread})
    number = {scope: n for n, scope in enumerate(scopes)}
    place, verb, kind, bit, statements = tallies
    words, word = np.unique(verb << 16 | kind, return_inverse=True)
    seen = days.seen(
        days.Tallies(place, word, bit, statements),
        _pairs((place, number[community, theme]) for place, community, theme in spread),
        _pairs((number[scope], bit) for community, bit in staff for scope in scopes if scope[0] == community),
    )
    with connection.cursor() as cursor, cursor.copy(_COPY_TOTALS) as copy:
        copy.set_types(["int4", "int4", "date", "int2", "int2", "int4", "int4"])
        for one in seen.counted:
            verb_of, kind_of = divmod(int(words[one.word]), 1 << 16)
            copy.write_row((*scopes[one.scope], day, verb_of, kind_of, one.statements, one.people))
    act = {n: acts[int(word) >> 16] for n, word in enumerate(words)}
    starting = dict(seen.bitmaps({n: one >= Act.STARTS for n, one in act.items()}))
    taking_part = seen.bitmaps({n: one >= Act.TAKES_PART for n, one in act.items()})
    with connection.cursor() as cursor, cursor.copy(_COPY_PRESENCES) as copy:
        copy.set_types(["int4", "int4", "date", "bytea", "bytea"])
        for scope, bits in taking_part:
            copy.write_row((*scopes[scope], day, bits, starting.get(scope, b"")))


def _tallies(day: dt.date) -> list[days.Column]:
    """place, verb, kind, bit and statements of the tallies of a day, as columns."""
    with connection.cursor() as cursor:
        # A new day is in no statistics: taken for a few rows, it would be joined one by one.
        cursor.execute("SET LOCAL enable_nestloop = off")
        found = columns.read(_TALLIES, [day])
        cursor.execute("SET LOCAL enable_nestloop = on")
    return found


def _pairs(given: Iterable[tuple[int, int]]) -> tuple[days.Column, days.Column]:
    pairs = np.array(list(given), dtype=np.int64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


_ALL = """
INSERT INTO engagement_dirty (community, day)
SELECT DISTINCT s.community, t.day
  FROM (
    SELECT DISTINCT day, place FROM engagement_tally
     WHERE %(actors)s::int[] IS NULL OR actor = ANY(%(actors)s)
  ) t
  JOIN engagement_place p ON p.id = t.place JOIN engagement_scope s ON s.id = ANY(p.scopes)
 WHERE %(community)s::int IS NULL OR s.community = %(community)s
ON CONFLICT DO NOTHING
"""


def mark(*, community: int | None = None, actors: list[int] | None = None) -> None:
    """Days are to be made again: all, those of a community, those that some actors have part in."""
    with connection.cursor() as cursor:
        cursor.execute(_ALL, {"community": community, "actors": actors})
