"""Finding statements: one by its id, or a page of those that a filter lets through."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

MOST = 500
"""Statements on a page at most."""

Row = tuple[dt.datetime, str]
"""(stored, the statement as JSON)"""


@dataclass(frozen=True, slots=True)
class Filter:
    """What to find. `since` and `until` are about `stored`; `after` is the last one of the page before.

    `authority`: only what this client wrote. `agent` and `activity` look at all that a statement names where
    `related_*` says so.
    """

    agent: UUID | None = None
    verb: UUID | None = None
    activity: UUID | None = None
    registration: UUID | None = None
    related_agents: bool = False
    related_activities: bool = False
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    after: dt.datetime | None = None
    ascending: bool = False
    limit: int = MOST
    authority: UUID | None = None

    def said(self) -> tuple[list[str], list[Any]]:
        """Conditions on what a statement says, which one about it inherits."""
        given: list[tuple[str, Any]] = [
            (
                "related_agents @> ARRAY[%s]::uuid[]"
                if self.related_agents
                else "agents @> ARRAY[%s]::uuid[]",
                self.agent,
            ),
            ("verb = %s", self.verb),
            (
                "related_activities @> ARRAY[%s]::uuid[]" if self.related_activities else "activity = %s",
                self.activity,
            ),
            ("registration = %s", self.registration),
        ]
        return _present(given)

    def own(self, table: str) -> tuple[list[str], list[Any]]:
        """Conditions on the statement itself: when it was stored."""
        after = f"{table}.stored > %s" if self.ascending else f"{table}.stored < %s"
        return _present(
            [
                (f"{table}.stored > %s", self.since),
                (f"{table}.stored <= %s", self.until),
                (after, self.after),
            ]
        )


def _present(given: Sequence[tuple[str, Any]]) -> tuple[list[str], list[Any]]:
    kept = [(condition, value) for condition, value in given if value is not None]
    return [condition for condition, _ in kept], [value for _, value in kept]


# Whoever gets the clock for a moment gives it back in the same breath: no writer waits for a reader.
_THROUGH = """
SELECT CASE WHEN held.is_free AND pg_advisory_unlock_shared(1885434485) THEN held.at
            ELSE (SELECT coalesce(max(stored), to_timestamp(0)) FROM records_statement) END
  FROM (SELECT clock_timestamp() AS at, pg_try_advisory_lock_shared(1885434485) AS is_free OFFSET 0) AS held
"""


def consistent_through() -> dt.datetime:
    """A moment such that every statement with `stored` up to it can be read, by queries that begin now.

    Nobody holds the store's clock: it is now. Else the last statement that can be seen, since whoever holds
    the clock writes later ones.
    """
    with connection.cursor() as cursor:
        cursor.execute(_THROUGH)
        (through,) = cursor.fetchone()
    return through  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Page:
    """Statements in order, whether there are more after them, and up to when what was read was complete."""

    rows: list[Row]
    has_more: bool
    through: dt.datetime


def page(wanted: Filter) -> Page:
    """The statements of a page."""
    most = min(wanted.limit or MOST, MOST)
    sql, values = _direct(wanted, most + 1)
    if wanted.said()[0]:
        echoed, more = _echoed(wanted, most + 1)
        sql, values = f"({sql}) UNION ALL ({echoed})", values + more
    with connection.cursor() as cursor:
        # One way to the server for both; the second sees what was committed before the first was answered.
        cursor.execute(f"{_THROUGH}; {sql}", values)
        (through,) = cursor.fetchone()
        cursor.nextset()
        rows: list[Row] = cursor.fetchall()
    # A statement that says it and is about another that says it too is there twice; `stored` is unique.
    found = sorted(dict(rows).items(), reverse=not wanted.ascending)
    return Page(found[:most], len(found) > most, through)


_DIRECT = "SELECT s.stored, s.body::text FROM records_statement s"
_ECHOED = """
SELECT s.stored, s.body::text FROM records_echo e
  JOIN records_statement s ON s.id = e.id AND s.stored = e.stored
"""


def _direct(wanted: Filter, limit: int) -> tuple[str, list[Any]]:
    said, said_values = wanted.said()
    own, own_values = wanted.own("s")
    mine, mine_values = _present([("s.authority = %s", wanted.authority)])
    where = " AND ".join([*said, *own, *mine, "NOT s.is_voided"])
    order = "ASC" if wanted.ascending else "DESC"
    sql = f"{_DIRECT} WHERE {where} ORDER BY s.stored {order} LIMIT %s"
    return sql, [*said_values, *own_values, *mine_values, limit]


def _echoed(wanted: Filter, limit: int) -> tuple[str, list[Any]]:
    """Statements about what a filter lets through (1.0.3, Communication 2.1.3: filter conditions)."""
    said, said_values = wanted.said()
    own, own_values = wanted.own("e")
    mine, mine_values = _present([("s.authority = %s", wanted.authority)])
    where = " AND ".join([*(f"e.{one}" for one in said), *own, *mine, "NOT s.is_voided"])
    order = "ASC" if wanted.ascending else "DESC"
    sql = f"{_ECHOED} WHERE {where} ORDER BY e.stored {order} LIMIT %s"
    return sql, [*said_values, *own_values, *mine_values, limit]


_FOLLOWING = """
SELECT stored, body::text FROM records_statement WHERE stored > %s AND stored <= %s ORDER BY stored LIMIT %s
"""


def following(since: dt.datetime, *, upto: dt.datetime, limit: int) -> list[Row]:
    """The next statements after a moment and up to another one, voided ones too, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOWING, [since, upto, limit])
        rows: list[Row] = cursor.fetchall()
    return rows


def everything(*, since: dt.datetime, until: dt.datetime) -> Iterator[Row]:
    """All statements stored after a moment and up to another one, voided ones too, oldest first."""
    rows: list[Row] = []
    while rows := following(rows[-1][0] if rows else since, upto=until, limit=MOST):
        yield from rows


_ONE = """
SELECT s.stored, s.body::text FROM records_statementid i
  JOIN records_statement s ON s.id = i.id AND s.stored = i.stored
 WHERE i.id = %s AND s.is_voided = %s AND (%s::uuid IS NULL OR s.authority = %s)
"""


def one(id: str, *, voided: bool, authority: UUID | None = None) -> Row | None:
    """The statement with this id, voided or not as asked; `authority`: only what that client wrote."""
    with connection.cursor() as cursor:
        cursor.execute(_ONE, [id, voided, authority, authority])
        row: Row | None = cursor.fetchone()
    return row
