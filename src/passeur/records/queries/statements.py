"""Finding statements: one by its id, or a page of those that a filter lets through."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from passeur.foundation.lines import asked_first

from ..errors import NoLongerSo
from ..models import Client
from . import clients

MOST = 500
"""Statements on a page at most."""
LARGEST = 64 * 1024 * 1024
"""Bytes of a page, about: the statement that goes beyond is its last, the others are on the next one."""

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
Row = tuple[dt.datetime, str]
"""(stored, the statement as JSON)"""


def moment(microseconds: int) -> dt.datetime:
    """A reading of the store's clock as a date."""
    return EPOCH + dt.timedelta(microseconds=microseconds)


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


# What is beyond the bytes of a page is counted where it is, and not fetched. Moments come as numbers: reading
# five hundred written dates takes as long as all else that is done with a page.
_BOUNDED = """
SELECT (extract(epoch FROM stored) * 1000000)::bigint,
       CASE WHEN coalesce(before, 0) < %s THEN body::text END
  FROM (SELECT stored, body, sum(octet_length(body::text)) OVER (
               ORDER BY stored {order} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
          FROM ({found}) AS found) AS counted
"""


def page(wanted: Filter, *, client: Client | None = None) -> Page:
    """The statements of a page. `client` as remembered: `NoLongerSo` where it was changed meanwhile."""
    most = min(wanted.limit or MOST, MOST)
    sql, values = _direct(wanted, most + 1)
    if wanted.said()[0]:
        echoed, more = _echoed(wanted, most + 1)
        sql, values = f"({sql}) UNION ALL ({echoed})", values + more
    bounded = _BOUNDED.format(order=_order(wanted), found=sql)
    through, rows = _asked(bounded, [LARGEST, *values], client)
    # A statement that says it and is about another that says it too is there twice; `stored` is unique.
    told = {stored: body for stored, body in rows if body is not None}
    found = sorted(told.items(), reverse=not wanted.ascending)
    dated = [(moment(stored), body) for stored, body in found[:most]]
    return Page(dated, len({stored for stored, _ in rows}) > min(len(found), most), through)


def _asked(sql: str, values: Sequence[Any], client: Client | None) -> tuple[dt.datetime, list[Any]]:
    """(up to when it is complete, rows), by one way to the server.

    A later statement sees what was committed before an earlier one was answered.
    """
    asked, given = f"{_THROUGH}; {sql}", [*values]
    if client is not None:
        asked, given = f"{clients.STANDS}; {asked}", [*clients.standing(client), *values]

    def ask() -> tuple[dt.datetime, list[Any]]:
        with connection.cursor() as cursor:
            cursor.execute(asked, given)
            if client is not None:
                if cursor.fetchone() != (True,):
                    raise NoLongerSo
                cursor.nextset()
            (through,) = cursor.fetchone()
            cursor.nextset()
            return through, cursor.fetchall()

    return ask() if client is None else asked_first(ask)


def _order(wanted: Filter) -> str:
    return "ASC" if wanted.ascending else "DESC"


_DIRECT = "SELECT s.stored, s.body FROM records_statement s"
_ECHOED = """
SELECT s.stored, s.body FROM records_echo e
  JOIN records_statement s ON s.id = e.id AND s.stored = e.stored
"""


def _direct(wanted: Filter, limit: int) -> tuple[str, list[Any]]:
    said, said_values = wanted.said()
    own, own_values = wanted.own("s")
    mine, mine_values = _present([("s.authority = %s", wanted.authority)])
    where = " AND ".join([*said, *own, *mine, "NOT s.is_voided"])
    sql = f"{_DIRECT} WHERE {where} ORDER BY s.stored {_order(wanted)} LIMIT %s"
    return sql, [*said_values, *own_values, *mine_values, limit]


def _echoed(wanted: Filter, limit: int) -> tuple[str, list[Any]]:
    """Statements about what a filter lets through (1.0.3, Communication 2.1.3: filter conditions)."""
    said, said_values = wanted.said()
    own, own_values = wanted.own("e")
    mine, mine_values = _present([("s.authority = %s", wanted.authority)])
    where = " AND ".join([*(f"e.{one}" for one in said), *own, *mine, "NOT s.is_voided"])
    sql = f"{_ECHOED} WHERE {where} ORDER BY e.stored {_order(wanted)} LIMIT %s"
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


def one(
    id: str, *, voided: bool, authority: UUID | None = None, client: Client | None = None
) -> tuple[dt.datetime, Row | None]:
    """(up to when it is complete, the statement with this id, voided or not as asked).

    `authority`: only what that client wrote; `client` as for a page.
    """
    through, rows = _asked(_ONE, [id, voided, authority, authority], client)
    return through, rows[0] if rows else None
