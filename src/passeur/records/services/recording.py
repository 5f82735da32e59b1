"""Writing statements: all of a request, or nothing of it.

Everything is checked before; here the ids are claimed and the rows written. One writer at a time holds the
store's clock, from taking `stored` until its commit: what is visible is complete up to its last `stored`
(decision 30). The hold is short: what can be done before it, is, and the disk is waited for after it, while
the next writer has the clock (decision 80).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import Error, connection, transaction

from passeur.algorithms.xapi import sameness
from passeur.algorithms.xapi.prepared import Prepared

from .. import protocols
from ..errors import Clash
from ..queries.statements import moment
from . import echoes, people, things
from .known import forget_everything
from .partitions import make, month_of

REMEMBERED = 1_000  # characters of IRIs
_COLUMNS = (
    "id", "stored", "timestamp", "verb", "activity", "actor", "registration", "authority", "agents",
    "related_agents", "related_activities", "place", "attachments", "is_voided", "body",
)  # fmt: skip
_COPY = f"COPY records_statement ({', '.join(_COLUMNS)}) FROM STDIN"
_TAKE = """
WITH taken AS MATERIALIZED (SELECT records_take(%s) AS first)
SELECT first,
       to_regclass(
           to_char(to_timestamp(first / 1e6) AT TIME ZONE 'UTC', '"records_statement_"YYYY_MM')
       ) IS NOT NULL
  FROM taken
"""
# In as many words as there are ids: what is read from a query, Citus brings first to each part of each node,
# over a connection of its own, which takes ten times as long (decision 40).
_CLAIM = (
    "INSERT INTO records_statementid (id, stored) VALUES {} ON CONFLICT (id) DO NOTHING RETURNING id::text;"
)
_AWAITED = "SELECT DISTINCT target::text FROM records_echo WHERE target = ANY(%s::uuid[]);"
# The commit is seen by others, and gives the clock back, before the log is on the disk. Where Citus is it
# waits: right after it each node is told to commit, which must not outlive the word of it that is kept here.
_LATER = """
SELECT set_config('synchronous_commit', 'off', true) WHERE to_regclass('pg_dist_partition') IS NULL;
"""
# The log is written in order: a commit that waits for the disk has all before it there, too.
_ON_DISK = "SELECT pg_logical_emit_message(true, 'passeur', '')"
_KNOWN = """
SELECT s.id, s.body::text FROM records_statementid i
  JOIN records_statement s ON s.id = i.id AND s.stored = i.stored
 WHERE i.id = ANY(%s::uuid[])
"""


def record(
    statements: Sequence[Prepared], *, authority: UUID, contents: Mapping[str, bytes], defines: bool
) -> int:
    """Keep statements with distinct ids, vouched for by `authority`, and the contents of their attachments.

    Gives how many are new; they are on the disk then, unless a transaction of the caller's is still open.

    One that is there already, saying the same, is left as it is; `Clash` where it says something else.
    `defines`: what they say of activities becomes the store's own definition.
    """
    if not statements:
        return 0
    commits = not connection.in_atomic_block
    with transaction.atomic():
        # Before the clock is held, always in this order, so that writers never wait for each other in a ring.
        people.get_to_know(statements)
        if defines:
            things.define(statements)
        things.keep_contents(contents)
        stored, claimed = _claim([one.id for one in statements], commits=commits)
        if len(claimed) < len(statements):
            _refuse_other_words([one for one in statements if one.id not in claimed])
        new = [one for one in statements if one.id in claimed]
        _write(new, stored, authority)
        echoes.follow(new, stored, awaited={key for key, is_awaited in claimed.items() if is_awaited})
    if commits:
        _wait_for_the_disk()
    return len(new)


def is_same(one: Prepared, other: Prepared) -> bool:
    """Whether two statements under one id say the same."""
    return sameness.same(one.members, other.members)


def _claim(ids: Sequence[str], *, commits: bool) -> tuple[dict[str, dt.datetime], dict[str, bool]]:
    """Take the clock and claim the ids; the months that the moments fall in are there afterwards.

    `commits`: the transaction ends with these statements, and what it wrote is brought to the disk after it.
    Gives the moment of each, and the ids that nobody had: of each whether a statement about it came before.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [len(ids)])
        first, is_ready = cursor.fetchone()
        stored = {one: moment(first + number) for number, one in enumerate(ids)}
        # A query of its own: of statements sent at once, the second sees what was committed while it waited.
        asked = _CLAIM.format(_rows_of(stored)) + _AWAITED + (_LATER if commits else "")
        cursor.execute(asked, [f"{{{','.join(ids)}}}"])
        new = [row[0] for row in cursor.fetchall()]
        cursor.nextset()
        awaited = {row[0] for row in cursor.fetchall()}
    months = {month_of(stored[ids[0]]), month_of(stored[ids[-1]])}
    if not is_ready or len(months) > 1:
        for month in months:
            make(month)
    return stored, {one: one in awaited for one in new}


def _rows_of(stored: Mapping[str, dt.datetime]) -> str:
    """Ids and moments as rows of SQL. Ids were read as UUIDs: to quote each would cost more than the rest."""
    return ",".join([f"('{one}','{at.isoformat()}')" for one, at in stored.items()])


def _wait_for_the_disk() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(_ON_DISK)
    except Error:
        # The server may have ended without what it had committed: sent again, all of it is written again.
        forget_everything()
        raise


def _refuse_other_words(again: Sequence[Prepared]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [[one.id for one in again]])
        known: dict[str, Any] = {str(key): json.loads(body) for key, body in cursor.fetchall()}
    for one in again:
        if one.id in known and not sameness.same(known[one.id], one.members):
            raise Clash(f"A statement with the id {one.id} is there already, and says something else.")


def _write(new: Sequence[Prepared], stored: Mapping[str, dt.datetime], authority: UUID) -> None:
    rows = "".join(_row(one, stored[one.id], authority) for one in new)
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        copy.write(rows.encode())


def _row(one: Prepared, stored: dt.datetime, authority: UUID) -> str:
    """A line of COPY. Only the body can hold what COPY reads as its own; the rest are keys and moments."""
    found, at = one.found, stored.isoformat()
    body = one.body(stored).replace("\\", "\\\\")
    body = body.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    return "\t".join(
        (
            one.id, at, one.timestamp.isoformat() if one.timestamp else at, f"{found.verb.int:032x}",
            _key(found.activity), _key(found.actor), found.registration or "\\N", f"{authority.int:032x}",
            _keys(found.agents), _keys(found.related_agents), _keys(tuple(found.related_activities)),
            _place(tuple(found.related_activities.values())),
            f"{{{','.join(one.hashes)}}}" if one.attachments else "{}", "f", f"{body}\n",
        )
    )  # fmt: skip


def _key(key: UUID | None) -> str:
    return "\\N" if key is None else f"{key.int:032x}"


def _keys(keys: Set[UUID] | tuple[UUID, ...]) -> str:
    is_usual = len(keys) <= 8 and isinstance(keys, Hashable)
    return _usual(keys) if is_usual else _array(keys)


def _place(iris: tuple[str, ...]) -> str:
    home = protocols.home()
    is_usual = sum(map(len, iris)) <= REMEMBERED
    return _usual_place(home, iris) if is_usual else f"{protocols.place(iris).int:032x}"


@lru_cache(2_048)
def _usual_place(home: str, iris: tuple[str, ...]) -> str:
    return f"{protocols.place(iris).int:032x}"


def _array(keys: Iterable[UUID]) -> str:
    return f"{{{','.join([f'{key.int:032x}' for key in keys])}}}"


_usual = lru_cache(4_096)(_array)
