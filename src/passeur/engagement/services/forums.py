"""Ties from forums of elsewhere: who wrote something, who replied to it, and the tie that both make.

A reply may come before the statement of whoever wrote what it replies to, or that statement be voided later.
So both are kept, and whenever one of them changes, the ties of that activity are made anew: what they were is
taken off, what they are is added. Where an activity has two authors, nobody is taken for the one replied to.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from passeur.algorithms.xapi import replying
from passeur.algorithms.xapi.keys import key_of

from ..models import Scope

VERBS = [key_of(verb) for verb in sorted(replying.VERBS)]
_READ = """
WITH chosen AS ({chosen})
SELECT c.sign, c.timestamp, c.actor, c.related_activities, c.body::text
  FROM chosen c WHERE c.authority <> %(own)s AND c.verb = ANY(%(forum)s::uuid[])
"""
_MEET = """
INSERT INTO engagement_actor (key, bit) SELECT key, 0 FROM unnest(%s::uuid[]) AS g (key)
 WHERE NOT EXISTS (SELECT FROM engagement_actor a WHERE a.key = g.key)
ON CONFLICT (key) DO NOTHING
"""
_OWN_BIT = "UPDATE engagement_actor SET bit = id WHERE bit = 0"
_ACTORS = "SELECT key, id FROM engagement_actor WHERE key = ANY(%s::uuid[])"
_MADE = """
SELECT r.community, r.day, r.actor, w.actor, r.statements
  FROM engagement_response r
  JOIN LATERAL (
      SELECT min(actor) AS actor FROM engagement_writing WHERE activity = r.activity HAVING count(*) = 1
  ) w ON w.actor <> r.actor
 WHERE r.activity = ANY(%s::uuid[])
"""
_WRITE = """
INSERT INTO engagement_writing AS known (activity, actor, statements)
SELECT * FROM unnest(%s::uuid[], %s::int[], %s::int[])
ON CONFLICT (activity, actor) DO UPDATE SET statements = known.statements + excluded.statements
"""
_RESPOND = """
INSERT INTO engagement_response AS known (activity, actor, day, community, statements)
SELECT * FROM unnest(%s::uuid[], %s::int[], %s::date[], %s::int[], %s::int[])
ON CONFLICT (activity, actor, day, community) DO UPDATE
  SET statements = known.statements + excluded.statements
"""
_TIE = """
INSERT INTO engagement_tie AS known (community, day, source, target, replies)
SELECT * FROM unnest(%s::int[], %s::date[], %s::int[], %s::int[], %s::int[])
ON CONFLICT (community, day, source, target) DO UPDATE SET replies = known.replies + excluded.replies
"""
_NONE_LEFT = (
    "DELETE FROM engagement_writing WHERE activity = ANY(%(activities)s::uuid[]) AND statements <= 0",
    "DELETE FROM engagement_response WHERE activity = ANY(%(activities)s::uuid[]) AND statements <= 0",
    "DELETE FROM engagement_tie WHERE day = ANY(%(days)s::date[]) AND replies <= 0",
)
Tied = tuple[int, dt.date, int, int]
"""(community, day, source, target)."""


def count(chosen: str, given: Mapping[str, Any], lately: dt.date) -> set[int]:
    """Add what the statements that `chosen` gives say of forums, with `sign` 1, or take it off, −1.

    Returns the actors who were replied to, or no more, on a day from `lately` on. Inside the caller's
    transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute(_READ.format(chosen=chosen), {**given, "forum": VERBS})
        rows = cursor.fetchall()
    if not rows:
        return set()
    read = [(*row[:4], replying.said(json.loads(row[4]))) for row in rows]
    numbers = _numbers({key for _, _, actor, _, said in read for key in (actor, *said.agents)})
    communities = _communities()
    zone = ZoneInfo(settings.TIME_ZONE)
    wrote: Counter[tuple[UUID, int]] = Counter()
    responded: Counter[tuple[UUID, int, dt.date, int]] = Counter()
    tied: Counter[Tied] = Counter()
    for sign, at, actor, related, said in read:
        day, source = at.astimezone(zone).date(), numbers[actor]
        here = sorted({one for key in related for one in communities.get(key, ())}) or [0]
        if said.wrote is not None:
            wrote[said.wrote, source] += sign
        for community in here:
            for agent in said.agents:
                tied[community, day, source, numbers[agent]] += sign
            for activity in said.activities:
                responded[activity, source, day, community] += sign
    touched = sorted({*(key[0] for key in wrote), *(key[0] for key in responded)}, key=str)
    tied.subtract(_made(touched))
    _run(_WRITE, [(*key, n) for key, n in wrote.items()])
    _run(_RESPOND, [(*key, n) for key, n in responded.items()])
    _clear(touched, ())
    tied.update(_made(touched))
    changed = {key: n for key, n in tied.items() if n}
    _run(_TIE, [(*key, n) for key, n in changed.items()])
    _clear((), {day for _, day, _, _ in changed})
    return {target for _, day, _, target in changed if day >= lately}


def _communities() -> dict[UUID, set[int]]:
    found: dict[UUID, set[int]] = {}
    for key, community in Scope.objects.filter(is_open=True).values_list("key", "community"):
        found.setdefault(key, set()).add(community)
    return found


def _numbers(keys: Collection[UUID]) -> dict[UUID, int]:
    """The number of each actor; whoever was only replied to so far is met now."""
    with connection.cursor() as cursor:
        cursor.execute(_MEET, [list(keys)])
        cursor.execute(_OWN_BIT)
        cursor.execute(_ACTORS, [list(keys)])
        return dict(cursor.fetchall())


def _made(activities: Collection[UUID]) -> Counter[Tied]:
    """The ties that replies to these activities make as they are known now."""
    made: Counter[Tied] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(_MADE, [list(activities)])
        for community, day, source, target, statements in cursor.fetchall():
            made[community, day, source, target] += statements
    return made


def _run(sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
    columns = [list(column) for column in zip(*rows, strict=True)]
    if columns:
        with connection.cursor() as cursor:
            cursor.execute(sql, columns)


def _clear(activities: Collection[UUID], days: Collection[dt.date]) -> None:
    with connection.cursor() as cursor:
        for sql in _NONE_LEFT:
            cursor.execute(sql, {"activities": list(activities), "days": list(days)})
