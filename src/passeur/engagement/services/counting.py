"""Statements into tallies and ties: the rows are read as columns, and counted in columns.

A million statements cost a few passes over columns of numbers.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from secrets import randbits
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from django.conf import settings
from django.db import connection

from passeur.algorithms.measures.days import once, spread_out
from passeur.algorithms.xapi import keys
from passeur.foundation.arrays import Column
from passeur.records import protocols as records

from ..models import Scope
from . import columns, forums, numbering, reading, vocabulary

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


@dataclass(frozen=True, slots=True)
class Counted:
    """What was done with some statements."""

    statements: int
    """How many were counted, or taken off."""
    touched: set[int]
    """The actors of whom something was, or who were replied to, on a day that was asked for."""
    has_met: bool
    """Whether somebody among them was met first."""


def count(chosen: str, values: dict[str, Any], *, lately: dt.date = dt.date.max) -> Counted:
    """Add the statements that the SQL `chosen` gives, with `sign` 1, or take them off, −1.

    Tells who was touched on a day from `lately` on. Inside the caller's transaction.
    """
    open_scopes = Scope.objects.filter(is_open=True).values_list("key", "is_course")
    given = {
        **values,
        "own": records.authority_key(),
        "passeur": keys.key_of_agent(records.agent(None)),
        "replying": vocabulary.replying(),
        "forum": forums.VERBS,
        "scopes": list({key for key, _ in open_scopes}),
        "courses": list({key for key, is_course in open_scopes if is_course}),
        "salt": randbits(62),
    }
    read = reading.read(chosen, given)
    if not len(read.sign):
        return Counted(0, set(), has_met=False)
    people, has_met = numbering.actors(np.concatenate((read.actor, read.replied_to)))
    actor, target = np.split(people, [len(read.sign)])
    verb, kind = numbering.words(read, given)
    place = numbering.places(read, given)
    day = columns.days(read.at, ZoneInfo(settings.TIME_ZONE))
    # What was deleted between one reading and the next is not counted.
    there = (actor >= 0) & (verb >= 0) & (place >= 0)
    rows = [day, actor, place, verb, kind]
    tallies = columns.summed([one[there] for one in rows], read.sign[there])
    _add("engagement_tally", {"day": 4, "actor": 4, "place": 4, "verb": 2, "kind": 2}, "statements", tallies)
    of = read.replies
    _tie(read.sign[of], day[of], actor[of], target, place[of])
    with connection.cursor() as cursor:
        cursor.execute(_DIRTY, [one.tolist() for one in _pairs(day[there], place[there])])
    first = (lately - columns.EPOCH.date()).days
    touched = set(once(np.concatenate((actor[there & (day >= first)], target[day[of] >= first]))).tolist())
    if read.of_forums:
        touched |= forums.count(chosen, given, lately)
    return Counted(len(read.sign), touched, has_met or read.of_forums > 0)


def _pairs(one: Column, other: Column) -> list[Column]:
    """Each pair of theirs once."""
    return columns.summed([one, other], np.ones_like(one))[0]


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
