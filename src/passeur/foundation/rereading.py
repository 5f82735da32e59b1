"""What was made of many queries, kept for as long as asking them all again says the same to the letter.

A page whose later queries depend on the answers to its earlier ones cannot be asked for in one statement.
Once it was made, it can: its queries are known then. So the second time they are asked together, the server
answers with one word for all that they say, and if it is the word of the first time, what was made stands.

    page = rereading.found(key, now)
    if page is None:
        with rereading.reading(now) as read:
            page = draw(now)
            read.keep(key, page, until=midnight)

Nothing has to be forgotten when a row changes, a permission is taken away or somebody pauses: the same
queries, with the filters of their policies, then say something else. `key` holds what was not read inside:
who asks, in which language, for what. Why: `docs/decisions/0045-a-desk-read-again.md`.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.db import connection, transaction

from . import beside, lasting, memo

MOST = 300
"""How much a process keeps; what was not asked for longest goes first."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was made, the statement that asks again at a moment with its values, and its answer.

    It was made at `since`: where the clock was set back to before it, it is made anew.
    """

    made: Any
    again: str
    values: dict[str, Any]
    said: str
    since: dt.datetime
    until: dt.datetime


_kept: OrderedDict[Hashable, _Kept] = OrderedDict()
_lock = Lock()


def found(key: Hashable, now: dt.datetime) -> Any | None:
    """What is kept under that key, if it is still so; None if not. One query, none where nothing is kept."""
    kept = _kept.get(key)
    if kept is None or not kept.since <= now < kept.until:
        return None
    if _asked(kept.again, kept.values, now) != kept.said:
        return None
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
    return kept.made


def forget() -> None:
    """Keep nothing: for tests."""
    with _lock:
        _kept.clear()


class Reading:
    """The queries that were asked in a block. It may only read."""

    def __init__(self, now: dt.datetime) -> None:
        self._now = now
        self._questions: dict[str, beside.Noted] = {}

    def keep(self, key: Hashable, made: object, *, until: dt.datetime) -> None:
        """Keep it until then at most; called within the block, which sees one moment of the database."""
        again, values = beside.together(self._questions.values(), self._now, _together)
        kept = _Kept(made, again, values, _asked(again, values, self._now), self._now, until)
        with _lock:
            _kept[key] = kept
            if len(_kept) > MOST:
                _kept.popitem(last=False)

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        answer = execute(sql, params, many, context)
        if not sql.lstrip()[:6].lower().startswith(("select", "with")):
            raise RuntimeError(f"What is made to be kept may only read: {sql[:60]}")
        is_beside = isinstance(context["cursor"].cursor, lasting.Cursor)
        one = beside.noted(sql, params, is_beside=is_beside)
        self._questions.setdefault(repr((one.pieces, one.values)), one)
        return answer


@contextmanager
def reading(now: dt.datetime) -> Iterator[Reading]:
    """A block that reads one moment of the database, and remembers what it asked.

    `now` is the moment it asks with: where a query holds it, it is the later moment that is asked again. What
    the request worked out before is worked out anew, so that it is asked here too.
    """
    noted = Reading(now)
    with _one_moment(), memo.afresh(), connection.execute_wrapper(noted):
        yield noted


@contextmanager
def _one_moment() -> Iterator[None]:
    """Each query of the block sees what the first one saw; within a transaction, what that one sees."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _together(questions: Iterable[str]) -> str:
    """The statement that asks them all, and is answered with one word."""
    said = ", ".join(
        f"(SELECT string_agg(said_::text, chr(10)) FROM ({one}) said_)"  # noqa: S608 - asked as it was asked
        for one in questions
    )
    return f"SELECT sha256(convert_to(row({said})::text, 'UTF8'))::text"


def _asked(statement: str, values: dict[str, Any], now: dt.datetime) -> str:
    """Its word. Pages that asked the same of other things have one plan of it on a connection."""
    with _unrecorded():
        ((said,),) = lasting.fetched(statement, {**values, "now": now}, is_for_any=True)
        return str(said)


@contextmanager
def _unrecorded() -> Iterator[None]:
    """What asks again is no question of the block."""
    wrappers = connection.execute_wrappers
    connection.execute_wrappers = [one for one in wrappers if not isinstance(one, Reading)]
    try:
        yield
    finally:
        connection.execute_wrappers = wrappers
