"""Statements into tallies and ties: one reading of the rows, a few statements of SQL."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connection

from passeur.algorithms.xapi import keys
from passeur.records import protocols as records

from . import vocabulary

# What is read of each statement, once; its place is looked up for all of them together.
_READ = """
CREATE TEMPORARY TABLE engagement_read ON COMMIT DROP AS
WITH chosen AS ({chosen})
SELECT c.sign, (c.timestamp AT TIME ZONE %(zone)s)::date AS day, c.actor, c.verb,
       c.authority = %(own)s AS is_own, coalesce(a.definition ->> 'type', '') AS kind,
       c.stored, c.id, c.related_activities,
       CASE WHEN c.authority = %(own)s AND c.verb = ANY(%(replying)s::uuid[])
            THEN array_remove(c.related_agents, %(passeur)s) ELSE '{{}}' END AS concerned
  FROM chosen c LEFT JOIN records_activity a ON a.key = c.activity
"""
_GROUP = """
CREATE TEMPORARY TABLE engagement_grouped ON COMMIT DROP AS
WITH scoped AS (
    SELECT r.stored, array_agg(DISTINCT s.id) AS scopes
      FROM engagement_read r, unnest(r.related_activities) AS k (key)
      JOIN engagement_scope s ON s.key = k.key AND s.is_open
     GROUP BY r.stored
)
SELECT r.day, r.actor, r.verb, r.is_own, r.kind, coalesce(s.scopes, '{}') AS scopes, sum(r.sign)::int AS n
  FROM engagement_read r LEFT JOIN scoped s ON s.stored = r.stored
 GROUP BY 1, 2, 3, 4, 5, 6
"""
_ACTORS = """
INSERT INTO engagement_actor (key, bit)
SELECT DISTINCT g.actor, 0 FROM engagement_grouped g
 WHERE NOT EXISTS (SELECT FROM engagement_actor a WHERE a.key = g.actor)
ON CONFLICT (key) DO NOTHING
"""
_PLACES = """
INSERT INTO engagement_place (scopes)
SELECT DISTINCT g.scopes FROM engagement_grouped g
 WHERE NOT EXISTS (SELECT FROM engagement_place p WHERE p.scopes = g.scopes)
ON CONFLICT (scopes) DO NOTHING
"""
_KINDS = "SELECT DISTINCT kind FROM engagement_grouped WHERE kind <> ''"
_VERBS = """
SELECT s.body -> 'verb' ->> 'id', new.is_own
  FROM (
      SELECT DISTINCT ON (r.verb, r.is_own) r.id, r.stored, r.is_own FROM engagement_read r
       WHERE NOT EXISTS (SELECT 1 FROM engagement_word w WHERE w.key = r.verb AND w.is_own = r.is_own)
  ) AS new
  JOIN records_statement s ON s.id = new.id AND s.stored = new.stored
"""
_TALLY = """
INSERT INTO engagement_tally AS known (day, actor, place, verb, kind, statements)
SELECT g.day, a.id, p.id, v.id, coalesce(k.id, 0), sum(g.n)
  FROM engagement_grouped g
  JOIN engagement_actor a ON a.key = g.actor
  JOIN engagement_place p ON p.scopes = g.scopes
  JOIN engagement_word v ON v.key = g.verb AND v.is_own = g.is_own
  LEFT JOIN engagement_word k ON k.iri = g.kind AND NOT k.is_own
 GROUP BY 1, 2, 3, 4, 5
ON CONFLICT (day, actor, place, verb, kind) DO UPDATE SET statements = known.statements + excluded.statements
"""
_NONE_LEFT = """
DELETE FROM engagement_tally t USING (SELECT DISTINCT day FROM engagement_grouped WHERE n < 0) d
 WHERE t.day = d.day AND t.statements <= 0
"""
_TIES = """
INSERT INTO engagement_tie AS known (community, day, source, target, replies)
SELECT s.community, r.day, a.id, b.id, sum(r.sign)
  FROM engagement_read r
  JOIN engagement_actor a ON a.key = r.actor
  CROSS JOIN unnest(r.concerned) AS c (key)
  JOIN engagement_actor b ON b.key = c.key AND b.id <> a.id
  CROSS JOIN unnest(r.related_activities) AS k (key)
  JOIN engagement_scope s ON s.key = k.key AND s.theme = 0 AND s.is_open
 GROUP BY 1, 2, 3, 4
ON CONFLICT (community, day, source, target) DO UPDATE SET replies = known.replies + excluded.replies
"""
_TARGETS = """
INSERT INTO engagement_actor (key, bit)
SELECT DISTINCT c.key, 0 FROM engagement_read r CROSS JOIN unnest(r.concerned) AS c (key)
ON CONFLICT (key) DO NOTHING
"""
_NO_TIE_LEFT = """
DELETE FROM engagement_tie t USING (SELECT DISTINCT day FROM engagement_read WHERE sign < 0) d
 WHERE t.day = d.day AND t.replies <= 0
"""
_DIRTY = """
INSERT INTO engagement_dirty (community, day)
SELECT DISTINCT s.community, g.day
  FROM (SELECT DISTINCT day, scopes FROM engagement_grouped) g JOIN engagement_scope s ON s.id = ANY(g.scopes)
ON CONFLICT DO NOTHING
"""


def count(chosen: str, values: dict[str, Any]) -> int:
    """Add the statements that the SQL `chosen` gives, with `sign` 1, or take them off, −1; how many they are.

    Inside the caller's transaction.
    """
    given = {
        **values,
        "zone": settings.TIME_ZONE,
        "own": records.authority_key(),
        "passeur": keys.key_of_agent(records.agent(None)),
        "replying": vocabulary.replying(),
    }
    with connection.cursor() as cursor:
        # Groups of a million rows in memory instead of on disk; of this transaction only.
        cursor.execute("SET LOCAL work_mem = '256MB'")
        cursor.execute("DROP TABLE IF EXISTS engagement_read, engagement_grouped")
        cursor.execute(_READ.format(chosen=chosen), given)
        done = int(cursor.rowcount)
        cursor.execute("ANALYZE engagement_read")
        cursor.execute(_GROUP)
        cursor.execute("ANALYZE engagement_grouped")
        cursor.execute(_KINDS)
        words = [(row[0], False) for row in cursor.fetchall()]
        cursor.execute(_VERBS)
        vocabulary.learn([*words, *cursor.fetchall()])
        for step in (_ACTORS, _TARGETS, _OWN_BITS, _PLACES, _TALLY, _NONE_LEFT, _TIES, _NO_TIE_LEFT, _DIRTY):
            cursor.execute(step)
    return done


_OWN_BITS = "UPDATE engagement_actor SET bit = id WHERE bit = 0"
