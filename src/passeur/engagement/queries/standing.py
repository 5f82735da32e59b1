"""Exchanges of told weeks themselves: those whose goal has not passed yet, and those that a figure counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from passeur.communities.choices import Role

from .sets import WEEK, Weeks
from .weeks import Week

# Machines and those who animate are left out, as in the days (`services.days`).
_AMONG = """
  FROM unnest(
       %(pieces)s::int[], %(communities)s::int[], %(asks)s::bool[], %(since)s::timestamptz[],
       %(until)s::timestamptz[]
       ) AS span (piece, community, asks, since, until)
  JOIN engagement_exchange x
    ON x.community = span.community AND x.asks = span.asks
   AND x.asked_at >= span.since AND x.asked_at < span.until
  JOIN engagement_actor a ON a.id = x.asker
 WHERE (%(themes)s::int[] IS NULL OR x.themes && %(themes)s::int[])
   AND NOT EXISTS (
       SELECT FROM engagement_actor o JOIN accounts_member m ON m.id = o.member_id
        WHERE o.bit = a.bit AND (m.is_machine OR EXISTS (
              SELECT FROM communities_membership s
               WHERE s.member_id = m.id AND s.community_id = x.community AND s.role = %(lcm)s
                 AND s.left_at IS NULL
        ))
   )
   AND (%(bits)s::int[] IS NULL OR EXISTS (
       SELECT FROM unnest(
              %(bits)s::int[], %(places)s::int[], %(from)s::timestamptz[], %(to)s::timestamptz[]
              ) AS person (bit, community, since, until)
        WHERE person.bit = a.bit AND person.community = x.community
          AND x.asked_at >= person.since AND x.asked_at < person.until
   ))
"""
_NOT_DUE = f"""
SELECT span.piece, count(*) FILTER (WHERE x.replied_at IS NULL AND x.closed_at IS NULL)
{_AMONG} AND x.due_at > %(now)s AND (x.is_first OR NOT %(first)s)
 GROUP BY 1
"""
TESTS = {
    "started": "true",
    "asked": "x.asks",
    "replied": "x.replied_at IS NOT NULL",
    "within": "x.asks AND x.due_at <= %(now)s AND x.replied_at <= x.due_at",
    "unanswered": "x.asks AND x.due_at <= %(now)s AND x.replied_at IS NULL AND x.closed_at IS NULL",
    "resolved": "x.asks AND x.is_resolved",
    "newcomers": "x.asks AND x.is_first AND x.due_at <= %(now)s AND x.replied_at <= x.due_at",
    "helped": "x.is_helpful",
    "useful": "x.is_useful",
    "bare": "x.themes = '{}'",
}
"""What a figure counts, by its key."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of weeks of a community: its questions, or the rest of its exchanges, with their rows."""

    community: int
    asks: bool
    weeks: Weeks
    rows: tuple[Week, ...]


class Insider(NamedTuple):
    """Somebody (a bit) who is of the team looked at, in a community, from a Monday to before another."""

    bit: int
    community: int
    since: dt.date
    until: dt.date


@dataclass(frozen=True, slots=True)
class NotDue:
    """The pieces (by their place) that have questions whose goal has not passed; how many of these wait."""

    pieces: frozenset[int] = frozenset()
    waiting: int = 0


NONE = NotDue()


def not_due(
    pieces: Sequence[Piece],
    now: dt.datetime,
    themes: Sequence[int] | None,
    *,
    first: bool = False,
    people: Sequence[Insider] | None = None,
) -> NotDue:
    """Where there are questions whose goal has not passed, or first ones of their authors. One query.

    With `people`, those that one of them asked.
    """
    spans = _spans(pieces)
    if not spans["communities"]:
        return NONE
    with connection.cursor() as cursor:
        cursor.execute(_NOT_DUE, _values(spans, now, themes, people) | {"first": first})
        found = dict(cursor.fetchall())
    return NotDue(frozenset(found), sum(found.values()))


def numbers(
    pieces: Sequence[Piece],
    test: str,
    now: dt.datetime,
    *,
    themes: Sequence[int] | None,
    kind: str = "",
    people: Sequence[Insider] | None = None,
) -> list[int]:
    """The exchanges of those weeks that pass one of `TESTS`, of a form if one is given; the newest first."""
    spans = _spans(pieces)
    sql = f"SELECT x.number {_AMONG} AND {TESTS[test]} AND (x.kind = %(kind)s OR %(kind)s = '')"
    with connection.cursor() as cursor:
        cursor.execute(
            sql + " ORDER BY x.asked_at DESC, x.number DESC",
            _values(spans, now, themes, people) | {"kind": kind},
        )
        return [row[0] for row in cursor.fetchall()]


def _values(
    spans: dict[str, Any],
    now: dt.datetime,
    themes: Sequence[int] | None,
    people: Sequence[Insider] | None,
) -> dict[str, Any]:
    some = people or ()
    return spans | {
        "now": now,
        "themes": None if themes is None else list(themes),
        "lcm": Role.LCM.value,
        "bits": None if people is None else [one.bit for one in some],
        "places": [one.community for one in some],
        "from": [start_of(one.since) for one in some],
        "to": [start_of(one.until) for one in some],
    }


def _spans(pieces: Sequence[Piece]) -> dict[str, Any]:
    spans = [
        (place, one.community, one.asks, start_of(week), start_of(week + WEEK))
        for place, one in enumerate(pieces)
        for week in one.weeks
    ]
    names = ("pieces", "communities", "asks", "since", "until")
    return {name: [span[place] for span in spans] for place, name in enumerate(names)}


def start_of(day: dt.date) -> dt.datetime:
    """Its first instant, where the site is."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
