"""Totals and bitmaps of a day, made anew from its tallies wherever something touched it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from django.db import connection, transaction

from passeur.communities.choices import Role

from ..choices import Act
from ..models import Presence
from . import places
from .people import bitmap, packed

DAYS = 40
"""Days in one step."""

_TAKE = """
DELETE FROM engagement_dirty d USING (
    SELECT community, day FROM engagement_dirty ORDER BY day DESC, community LIMIT %s FOR UPDATE SKIP LOCKED
) t WHERE d.community = t.community AND d.day = t.day
RETURNING d.community, d.day
"""
_PLACES = """
SELECT DISTINCT t.place FROM engagement_tally t WHERE t.day = ANY(%s::date[])
"""
_SPREAD = """
CREATE TEMPORARY TABLE engagement_spread ON COMMIT DROP AS
SELECT * FROM unnest(%s::int[], %s::int[], %s::int[]) AS s (place, community, theme)
"""
_DAYS = """
CREATE TEMPORARY TABLE engagement_days ON COMMIT DROP AS
SELECT * FROM unnest(%s::int[], %s::date[]) AS d (community, day)
"""
# Machines, and those who animate the community, are in no figure.
_STAFF = """
CREATE TEMPORARY TABLE engagement_staff ON COMMIT DROP AS
SELECT DISTINCT a.bit, s.community_id AS community
  FROM communities_membership s JOIN engagement_actor a ON a.member_id = s.member_id
 WHERE s.role = %s AND s.left_at IS NULL
UNION
SELECT DISTINCT a.bit, NULL::bigint FROM engagement_actor a JOIN accounts_member m ON m.id = a.member_id
 WHERE m.is_machine
"""
_SEEN = """
CREATE TEMPORARY TABLE engagement_seen ON COMMIT DROP AS
SELECT d.community, s.theme, d.day, t.verb, t.kind, a.bit, sum(t.statements)::int AS n, max(w.act) AS act
  FROM engagement_days d
  JOIN engagement_tally t ON t.day = d.day
  JOIN engagement_spread s ON s.place = t.place AND s.community = d.community
  JOIN engagement_actor a ON a.id = t.actor
  JOIN engagement_word w ON w.id = t.verb
 WHERE NOT EXISTS (
       SELECT FROM engagement_staff f
        WHERE f.bit = a.bit AND (f.community = d.community OR f.community IS NULL)
   )
 GROUP BY 1, 2, 3, 4, 5, 6
"""
_FORGET = """
DELETE FROM {table} t USING engagement_days d WHERE t.community = d.community AND t.day = d.day
"""
_TOTALS = """
INSERT INTO engagement_total (community, theme, day, verb, kind, statements, people)
SELECT community, theme, day, verb, kind, sum(n), count(*) FROM engagement_seen GROUP BY 1, 2, 3, 4, 5
"""
_BITS = """
SELECT community, theme, day, act, array_agg(bit) FROM (
    SELECT community, theme, day, bit, max(act) AS act FROM engagement_seen GROUP BY 1, 2, 3, 4
) AS each_one WHERE act >= %s GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3
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
        days = cursor.fetchall()
        if not days:
            return 0
        cursor.execute(
            "DROP TABLE IF EXISTS engagement_spread, engagement_days, engagement_staff, engagement_seen"
        )
        cursor.execute(_DAYS, [[row[0] for row in days], [row[1] for row in days]])
        cursor.execute(_PLACES, [sorted({row[1] for row in days})])
        spread = places.spread(row[0] for row in cursor.fetchall())
        cursor.execute(_SPREAD, [[row[column] for row in spread] for column in range(3)])
        cursor.execute(_STAFF, [Role.LCM])
        cursor.execute("ANALYZE engagement_days, engagement_spread, engagement_staff")
        cursor.execute(_SEEN)
        for table in ("engagement_total", "engagement_presence"):
            cursor.execute(_FORGET.format(table=table))
        cursor.execute(_TOTALS)
        cursor.execute(_BITS, [Act.TAKES_PART])
        Presence.objects.bulk_create(_presences(cursor.fetchall()), batch_size=500)
    return len(days)


def _presences(rows: list[tuple[int, int, dt.date, int, list[int]]]) -> Iterator[Presence]:
    by_place: dict[tuple[int, int, dt.date], dict[int, int]] = defaultdict(dict)
    for community, theme, day, act, bits in rows:
        by_place[community, theme, day][act] = bitmap(bits)
    for (community, theme, day), acts in by_place.items():
        starting = acts.get(Act.STARTS, 0)
        taking_part = starting | acts.get(Act.TAKES_PART, 0)
        yield Presence(
            community=community,
            theme=theme,
            day=day,
            taking_part=packed(taking_part),
            starting=packed(starting),
        )


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
