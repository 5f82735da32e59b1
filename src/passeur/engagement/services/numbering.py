"""The people, words and places of statements as the numbers they have here; what is met first gets one."""

from __future__ import annotations

from typing import Any

import numpy as np
from django.db import connection

from passeur.foundation.arrays import Column

from . import columns, people, vocabulary
from .reading import NAMED, Statements, place_of

_FEW = 2000
"""Keys that are asked for one by one."""

_ACTORS = "SELECT array_send(array_agg(key)), array_send(array_agg(id)) FROM engagement_actor"
_THESE_ACTORS = f"{_ACTORS} WHERE key = ANY(%s::uuid[])"
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
SELECT {{place}} AS hash, {NAMED.format("s")} AS named
  FROM records_statement s WHERE s.stored = ANY(%(samples)s::timestamptz[])
"""  # noqa: S608
_WHERE = """
CREATE TEMPORARY TABLE engagement_where ON COMMIT DROP AS
SELECT d.hash,
       coalesce(array_agg(DISTINCT s.id ORDER BY s.id) FILTER (WHERE s.id IS NOT NULL), '{}') AS scopes
  FROM engagement_sampled d
  LEFT JOIN LATERAL unnest(d.named) AS k (key) ON true
  LEFT JOIN engagement_scope s ON s.key = k.key AND s.is_open
 GROUP BY d.hash
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


def actors(keys: Column) -> tuple[Column, bool]:
    """(the number of each key, whether somebody was met first)."""
    hashed = columns.Hashed()
    given = hashed(keys)
    numbers = _known(hashed, given, keys)
    is_new = numbers < 0
    if not is_new.any():
        return numbers, False
    once, first, place = columns.distinct(given[is_new])
    new = keys[is_new][first]
    people.meet_keys(new)
    numbers[is_new] = _known(hashed, once, new)[place]
    return numbers, True


def _known(hashed: columns.Hashed, given: Column, keys: Column) -> Column:
    """The numbers of these keys, whose hashes are given; −1 of who was not met."""
    if len(keys) <= _FEW:
        known, numbers = columns.read(_THESE_ACTORS, [columns.uuids(keys)])
    else:
        known, numbers = columns.read(_ACTORS)
    return columns.look_up(given, (hashed(known), numbers))


def words(read: Statements, given: dict[str, Any]) -> tuple[Column, Column]:
    """The verb and the kind of each statement; a kind that is not told is 0."""

    def known() -> tuple[Column, Column]:
        return (
            columns.look_up(read.verb, columns.read(_VERBS, given)),
            columns.look_up(read.kind, columns.read(_KINDS, given)),
        )

    verb, kind = known()
    is_new = verb < 0, (kind < 0) & (read.kind != 0)
    if is_new[0].any() or is_new[1].any():
        first_verb, first_kind = (
            read.stored[new][columns.distinct(of[new])[1]]
            for of, new in zip((read.verb, read.kind), is_new, strict=True)
        )
        samples = np.concatenate((first_verb, first_kind))
        with connection.cursor() as cursor:
            cursor.execute(_NEW_WORDS, {**given, "samples": columns.moments(samples)})
            said = cursor.fetchall()
        vocabulary.learn(
            [(iri, is_own) for iri, is_own, _ in said] + [(iri, False) for _, _, iri in said if iri]
        )
        verb, kind = known()
    return verb, np.maximum(kind, 0)


def places(read: Statements, given: dict[str, Any]) -> Column:
    """The place of each statement."""
    once, first, place = columns.distinct(read.place)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS engagement_sampled, engagement_where")
        samples = columns.moments(read.stored[first])
        cursor.execute(_SAMPLED.format(place=place_of("s", given)), {**given, "samples": samples})
        cursor.execute(_WHERE)
        cursor.execute(_NEW_PLACES)
    return columns.look_up(once, columns.read(_PLACES, given))[place]
