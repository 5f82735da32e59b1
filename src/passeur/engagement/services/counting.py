"""Statements into tallies and ties: the rows are read as columns, and counted in columns.

Actors, verbs, kinds and places travel as a hash of 64 bits, salted anew each time; what a hash stands for is
asked of one statement that has it. So a million statements cost a few passes over columns of numbers.
"""

from __future__ import annotations

import datetime as dt
from secrets import randbits
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from django.conf import settings
from django.db import connection

from passeur.algorithms.measures.days import once, spread_out
from passeur.algorithms.xapi import keys
from passeur.records import protocols as records

from ..models import Scope
from . import columns, forums, vocabulary
from .columns import Column

# A place is known by its key. What was written before there were keys, and what names a course that is tied
# to a community or a theme, is looked through now.
_NAMED = (
    "ARRAY(SELECT k FROM unnest({0}.related_activities) AS k WHERE k = ANY(%(scopes)s::uuid[]) ORDER BY 1)"
)
_PLACE = f"""
CASE WHEN {{0}}.place IS NOT NULL AND NOT {{0}}.related_activities && %(courses)s::uuid[]
     THEN uuid_hash_extended({{0}}.place, %(salt)s)
     ELSE hash_array_extended({_NAMED}, %(salt)s) END
"""
_READ = f"""
WITH chosen AS ({{chosen}})
SELECT array_send(array_agg(c.sign)), array_send(array_agg(c.timestamp)),
       array_send(array_agg(c.stored)),
       array_send(array_agg(uuid_hash_extended(c.actor, %(salt)s))),
       array_send(array_agg(uuid_hash_extended(c.verb, %(salt)s) # (c.authority = %(own)s)::int::bigint)),
       array_send(array_agg(
           CASE WHEN a.definition ->> 'type' <> '' THEN hashtextextended(a.definition ->> 'type', %(salt)s)
                ELSE 0 END
       )),
       array_send(array_agg({_PLACE.format("c")}))
  FROM chosen c LEFT JOIN records_activity a ON a.key = c.activity
"""  # noqa: S608
_READ_TIES = f"""
WITH chosen AS ({{chosen}})
SELECT array_send(array_agg(c.sign)), array_send(array_agg(c.timestamp)),
       array_send(array_agg(c.stored)),
       array_send(array_agg(uuid_hash_extended(c.actor, %(salt)s))),
       array_send(array_agg(uuid_hash_extended(t.key, %(salt)s))),
       array_send(array_agg({_PLACE.format("c")}))
  FROM chosen c CROSS JOIN unnest(c.related_agents) AS t (key)
 WHERE c.authority = %(own)s AND c.verb = ANY(%(replying)s::uuid[])
   AND t.key <> %(passeur)s AND t.key <> c.actor
"""  # noqa: S608
# Their number is their place in bitmaps too, until it is known that two are one person.
_NEW_ACTORS = """
INSERT INTO engagement_actor (id, key, bit)
SELECT new.number, new.key, new.number FROM (
    SELECT nextval(pg_get_serial_sequence('engagement_actor', 'id')) AS number, seen.key FROM (
        SELECT DISTINCT unnest(
            CASE WHEN s.authority = %(own)s AND s.verb = ANY(%(replying)s::uuid[])
                 THEN s.actor || array_remove(s.related_agents, %(passeur)s) ELSE ARRAY[s.actor] END
        ) FROM records_statement s WHERE s.stored = ANY(%(samples)s::timestamptz[]) ORDER BY 1
    ) AS seen (key)
     WHERE NOT EXISTS (SELECT FROM engagement_actor a WHERE a.key = seen.key)
    OFFSET 0
) AS new
ON CONFLICT (key) DO NOTHING
"""
_ACTORS = """
SELECT array_send(array_agg(uuid_hash_extended(key, %(salt)s))), array_send(array_agg(id))
  FROM engagement_actor
"""
_NEW_WORDS = """
SELECT DISTINCT s.body -> 'verb' ->> 'id', s.authority = %(own)s, coalesce(a.definition ->> 'type', '')
  FROM records_statement s LEFT JOIN records_activity a ON a.key = s.activity
 WHERE s.stored = ANY(%(samples)s::timestamptz[])
"""
_VERBS = """
SELECT array_send(array_agg(uuid_hash_extended(key, %(salt)s) # is_own::int::bigint)),
       array_send(array_agg(id))
  FROM engagement_word
"""
_KINDS = """
SELECT array_send(array_agg(hashtextextended(iri, %(salt)s))), array_send(array_agg(id))
  FROM engagement_word WHERE NOT is_own
"""
_SAMPLED = f"""
CREATE TEMPORARY TABLE engagement_sampled ON COMMIT DROP AS
SELECT {_PLACE.format("s")} AS hash, {_NAMED.format("s")} AS named
  FROM records_statement s WHERE s.stored = ANY(%(samples)s::timestamptz[])
"""  # noqa: S608
_WHERE = """
CREATE TEMPORARY TABLE engagement_where ON COMMIT DROP AS
SELECT d.hash, ARRAY(
           SELECT DISTINCT s.id FROM unnest(d.named) AS k (key) JOIN engagement_scope s ON s.key = k.key
            WHERE s.is_open ORDER BY 1
       ) AS scopes
  FROM engagement_sampled d
"""
_NEW_PLACES = """
INSERT INTO engagement_place (scopes)
SELECT DISTINCT w.scopes FROM engagement_where w
 WHERE NOT EXISTS (SELECT FROM engagement_place p WHERE p.scopes = w.scopes)
ON CONFLICT (scopes) DO NOTHING
"""
_PLACES = """
SELECT array_send(array_agg(w.hash)), array_send(array_agg(p.id))
  FROM engagement_where w JOIN engagement_place p ON p.scopes = w.scopes
"""
_COMMUNITIES = """
SELECT p.id, s.community
  FROM engagement_place p JOIN engagement_scope s ON s.id = ANY(p.scopes) AND s.theme = 0
 WHERE p.id = ANY(%s::int[])
"""
# Days that nothing was counted on yet.
_IS_NEW = """
SELECT NOT EXISTS (
    SELECT FROM {table} WHERE day IN (SELECT date '2000-01-01' + n FROM unnest(%s::int[]) AS g (n))
)
"""
_ADDED = """
INSERT INTO {table} AS known ({keys}, {what})
SELECT {keys}, {what} FROM engagement_added ORDER BY {keys}
ON CONFLICT ({keys}) DO UPDATE SET {what} = known.{what} + excluded.{what}
"""
_NONE_LEFT = """
DELETE FROM {table} t USING (SELECT DISTINCT day FROM engagement_added WHERE {what} < 0) d
 WHERE t.day = d.day AND t.{what} <= 0
"""
_DIRTY = """
INSERT INTO engagement_dirty (community, day)
SELECT DISTINCT s.community, date '2000-01-01' + g.day
  FROM unnest(%s::int[], %s::int[]) AS g (day, place)
  JOIN engagement_place p ON p.id = g.place
  JOIN engagement_scope s ON s.id = ANY(p.scopes)
ON CONFLICT DO NOTHING
"""


def count(chosen: str, values: dict[str, Any], *, lately: dt.date = dt.date.max) -> tuple[int, set[int]]:
    """Add the statements that the SQL `chosen` gives, with `sign` 1, or take them off, −1.

    Returns how many they are, and the actors of whom something was counted, or who were replied to, on a day
    from `lately` on. Inside the caller's transaction.
    """
    open_scopes = Scope.objects.filter(is_open=True).values_list("key", "is_course")
    given = {
        **values,
        "own": records.authority_key(),
        "passeur": keys.key_of_agent(records.agent(None)),
        "replying": vocabulary.replying(),
        "scopes": list({key for key, _ in open_scopes}),
        "courses": list({key for key, is_course in open_scopes if is_course}),
        "salt": randbits(62),
    }
    sign, at, stored, actor, verb, kind, place = columns.read(_READ.format(chosen=chosen), given)
    if not len(sign):
        return 0, set()
    tied = columns.read(_READ_TIES.format(chosen=chosen), given)
    actor, source, target = _actors(stored, tied[2], actor, tied[3], tied[4], given)
    verb, kind = _words(stored, verb, kind, given)
    place, place_of_tie = _places(stored, tied[2], place, tied[5], given)
    day = columns.days(at, ZoneInfo(settings.TIME_ZONE))
    # What was deleted between one reading and the next is not counted.
    there = (actor >= 0) & (verb >= 0) & (place >= 0)
    day, actor, place, verb, kind, counted = (one[there] for one in (day, actor, place, verb, kind, sign))
    _add(
        "engagement_tally",
        {"day": 4, "actor": 4, "place": 4, "verb": 2, "kind": 2},
        "statements",
        columns.summed([day, actor, place, verb, kind], counted),
    )
    day_of_tie = columns.days(tied[1], ZoneInfo(settings.TIME_ZONE))
    _tie(tied[0], day_of_tie, source, target, place_of_tie)
    (days, places), _ = columns.summed([day, place], np.ones_like(day))
    with connection.cursor() as cursor:
        cursor.execute(_DIRTY, [days.tolist(), places.tolist()])
    first = (lately - columns.EPOCH.date()).days
    touched = np.concatenate((actor[day >= first], target[day_of_tie >= first]))
    replied_to = forums.count(chosen, given, lately)
    return len(sign), {*np.unique(touched[touched >= 0]).tolist(), *replied_to}


def _actors(
    stored: Column,
    stored_of_tie: Column,
    actor: Column,
    source: Column,
    target: Column,
    given: dict[str, Any],
) -> list[Column]:
    """Each as a number; those that were not met before are met."""
    hashes = np.concatenate((actor, source, target))
    once, first, place = columns.distinct(hashes)
    numbers = columns.look_up(once, columns.read(_ACTORS, given))
    if (numbers < 0).any():
        samples = np.concatenate((stored, stored_of_tie, stored_of_tie))[first[numbers < 0]]
        _ask(_NEW_ACTORS, given, samples)
        numbers = columns.look_up(once, columns.read(_ACTORS, given))
    found = numbers[place]
    return np.split(found, [len(actor), len(actor) + len(source)])


def _words(stored: Column, verb: Column, kind: Column, given: dict[str, Any]) -> tuple[Column, Column]:
    """The verb and the kind of each as numbers; a kind that is not told is 0."""
    verbs, first_verb, place_of_verb = columns.distinct(verb)
    kinds, first_kind, place_of_kind = columns.distinct(kind)

    def known() -> tuple[Column, Column]:
        return (
            columns.look_up(verbs, columns.read(_VERBS, given)),
            columns.look_up(kinds, columns.read(_KINDS, given)),
        )

    of_verbs, of_kinds = known()
    is_new = of_verbs < 0, (of_kinds < 0) & (kinds != 0)
    if is_new[0].any() or is_new[1].any():
        samples = np.concatenate((stored[first_verb[is_new[0]]], stored[first_kind[is_new[1]]]))
        said = _ask(_NEW_WORDS, given, samples)
        vocabulary.learn(
            [(iri, is_own) for iri, is_own, _ in said] + [(iri, False) for _, _, iri in said if iri]
        )
        of_verbs, of_kinds = known()
    return of_verbs[place_of_verb], np.maximum(of_kinds, 0)[place_of_kind]


def _places(
    stored: Column, stored_of_tie: Column, place: Column, place_of_tie: Column, given: dict[str, Any]
) -> list[Column]:
    """Each as a number; those that were not seen before get one."""
    once, first, number = columns.distinct(np.concatenate((place, place_of_tie)))
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS engagement_sampled, engagement_where")
    _ask(_SAMPLED, given, np.concatenate((stored, stored_of_tie))[first])
    with connection.cursor() as cursor:
        cursor.execute(_WHERE)
        cursor.execute(_NEW_PLACES)
    found = columns.look_up(once, columns.read(_PLACES, given))[number]
    return np.split(found, [len(place)])


def _ask(sql: str, given: dict[str, Any], samples: Column) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {**given, "samples": columns.moments(samples)})
        return cursor.fetchall() if cursor.description else []


def _tie(sign: Column, day: Column, source: Column, target: Column, place: Column) -> None:
    """Who replied to whom, in each community that the statement names."""
    with connection.cursor() as cursor:
        cursor.execute(_COMMUNITIES, [once(place).tolist()])
        pairs = np.array(cursor.fetchall(), dtype=np.int64).reshape(-1, 2)
    row, community = spread_out(place, (pairs[:, 0], pairs[:, 1]))
    there = (source[row] >= 0) & (target[row] >= 0)
    row, community = row[there], community[there]
    _add(
        "engagement_tie",
        {"community": 4, "day": 4, "source": 4, "target": 4},
        "replies",
        columns.summed([community, day[row], source[row], target[row]], sign[row]),
    )


def _add(table: str, sizes: dict[str, int], what: str, rows: tuple[list[Column], Column]) -> None:
    """Add to what was counted; what comes to nothing goes. Days that have nothing yet are only written to."""
    keyed, sums = rows
    if not len(sums):
        return
    written = {name: (size, column) for (name, size), column in zip(sizes.items(), keyed, strict=True)}
    written[what] = (4, sums)
    names = ", ".join(sizes)
    with connection.cursor() as cursor:
        cursor.execute(_IS_NEW.format(table=table), [once(written["day"][1]).tolist()])
        if cursor.fetchone()[0] and (sums > 0).all():
            columns.write(table, written)
            return
        cursor.execute("DROP TABLE IF EXISTS engagement_added")
        cursor.execute(f"CREATE TEMPORARY TABLE engagement_added (LIKE {table}) ON COMMIT DROP")
        columns.write("engagement_added", written)
        cursor.execute(_ADDED.format(table=table, keys=names, what=what))
        cursor.execute(_NONE_LEFT.format(table=table, what=what))
