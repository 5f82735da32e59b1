"""Statements as columns: what counting must know of them, read from the store in one go.

Verbs, kinds and places travel as a hash of 64 bits, salted anew each time; what a hash stands for is asked of
one statement that has it. People travel as their keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from passeur.foundation import arrays
from passeur.foundation.arrays import Column

from . import columns

# A place is known by its key. What was written before there were keys, and what names a course that is tied
# to a community or a theme, is looked through now.
NAMED = (
    "ARRAY(SELECT k FROM unnest({0}.related_activities) AS k WHERE k = ANY(%(scopes)s::uuid[]) ORDER BY 1)"
)
_PLACE = f"""
CASE WHEN {{0}}.place IS NOT NULL {{of_no_course}}
     THEN uuid_hash_extended({{0}}.place, %(salt)s)
     ELSE hash_array_extended({NAMED}, %(salt)s) END
"""
_OF_NO_COURSE = "AND NOT {0}.related_activities && %(courses)s::uuid[]"
_MANY = """
CASE WHEN c.authority = %(own)s AND c.verb = ANY(%(replying)s::uuid[])
     THEN cardinality(c.related_agents) ELSE 0 END
"""
# Of what replies, the agents that it names come one list behind the other, and how many with the sign.
_READ = f"""
WITH chosen AS ({{chosen}})
SELECT array_send(array_agg(c.sign * (1 + {_MANY}))),
       array_send(array_agg(c.timestamp)), array_send(array_agg(c.stored)), array_send(array_agg(c.actor)),
       array_send(array_agg(uuid_hash_extended(c.verb, %(salt)s) # (c.authority = %(own)s)::int::bigint)),
       array_send(array_agg(
           coalesce(hashtextextended(nullif(a.definition ->> 'type', ''), %(salt)s), 0)
       )),
       array_send(array_agg({{place}})),
       string_agg(array_send(c.related_agents), '') FILTER (WHERE {_MANY} > 0),
       array_send(array_agg(1) FILTER (WHERE c.authority <> %(own)s AND c.verb = ANY(%(forum)s::uuid[])))
  FROM chosen c LEFT JOIN records_activity a ON a.key = c.activity
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Statements:
    """Columns of one length, one element a statement, and the ties that their replies make."""

    sign: Column
    """1, or −1 of one that is taken off."""
    at: Column
    """Microseconds since 2000, as `stored`."""
    stored: Column
    actor: Column
    """Keys, as two numbers each."""
    verb: Column
    kind: Column
    place: Column
    replies: Column
    """Of each tie, which statement makes it."""
    replied_to: Column
    """Of each tie, the key of the person."""
    of_forums: int
    """How many statements are of a forum of elsewhere."""


def read(chosen: str, given: Mapping[str, Any]) -> Statements:
    """The statements that the SQL `chosen` gives, each with its `sign`."""
    told = columns.row(_READ.format(chosen=chosen, place=place_of("c", given)), given)
    signed, at, stored, actor, verb, kind, place = (arrays.column(one) for one in told[:7])
    many = np.abs(signed) - 1
    replies, replied_to = _ties(actor.reshape(-1, 2), many, arrays.lists(told[7], many[many > 0]), given)
    return Statements(
        np.sign(signed), at, stored, actor.reshape(-1, 2), verb, kind, place, replies, replied_to,
        len(arrays.column(told[8])),
    )  # fmt: skip


def place_of(statement: str, given: Mapping[str, Any]) -> str:
    """SQL: the hash of the place of a statement. Where no course is tied, none is looked for in each."""
    of_no_course = _OF_NO_COURSE.format(statement) if given["courses"] else ""
    return _PLACE.format(statement, of_no_course=of_no_course)


def _ties(actor: Column, many: Column, named: Column, given: Mapping[str, Any]) -> tuple[Column, Column]:
    """Whom a reply names replied to is nobody who wrote it, nor Passeur."""
    row = np.repeat(np.arange(len(many)), many)
    passeur = columns.keys([given["passeur"]])
    is_other = (named != passeur).any(axis=1) & (named != actor[row]).any(axis=1)
    return row[is_other], named[is_other]
