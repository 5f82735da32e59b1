"""Statements whose text stays the same from one request to the next: PostgreSQL plans them once, too.

What a page asks at once is a long statement that reads a few rows by key: planning it costs the server
several times what answering it does, and putting its values into its text costs us. Asked by this cursor,
its values go beside it, so that a connection keeps its plan; PostgreSQL decides by itself, after five times,
whether a plan for any value is as good as one for these.

    rows = lasting.fetched(sql, values)  # psycopg's places, and the same text each time

A migration may change the type of a column while we serve, and a pooler may hand us a line that knows nothing
of what we prepared. Both are noticed, and the statement is asked again; within a transaction, which the
server has ended then, the error stands. `PASSEUR_PREPARE=no` has each statement planned anew.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from psycopg import errors
from psycopg._queries import PostgresQuery, _query2pg_nocache
from psycopg.abc import Buffer, DumperKey, PyFormat
from psycopg.adapt import Dumper
from psycopg.pq import Format, TransactionStatus
from psycopg.types.numeric import Int4Dumper, Int8Dumper

from . import plans

logger = logging.getLogger(__name__)

_NOT_OURS = (errors.InvalidSqlStatementName, errors.DuplicatePreparedStatement)
"""The line does not know what we prepared, or knows already what we prepare: somebody else had it between."""


class _Whole(Dumper):
    """A whole number is of the type that it would have in the text of a statement."""

    def get_key(self, obj: int, format: PyFormat) -> DumperKey:
        return _type_of(obj)

    def upgrade(self, obj: int, format: PyFormat) -> Dumper:
        return _type_of(obj)(int)

    def dump(self, obj: int) -> Buffer:
        return str(obj).encode()


def _type_of(number: int) -> type[Dumper]:
    return Int4Dumper if -(2**31) <= number < 2**31 else Int8Dumper


@dataclass(frozen=True, slots=True)
class _Said:
    """A statement with its values, put into words only for who asks what was asked (Django's debugging)."""

    line: psycopg.Connection[Any]
    text: Any
    values: Any

    @property
    def query(self) -> bytes:
        return psycopg.ClientCursor(self.line).mogrify(self.text, self.values).encode()


class _Text(PostgresQuery):
    """A text whose places were looked for once; psycopg keeps them of short ones only."""

    __slots__ = ()

    def convert(self, query: Any, vars: Any) -> None:
        text = self._ensure_bytes(query)
        self.query, self._want_formats, self._order, self._parts = _places_in(text, self._tx.encoding)
        self.dump(vars or ())


_places_in = lru_cache(maxsize=500)(_query2pg_nocache)


class Cursor(psycopg.Cursor[Any]):
    """Values beside the text."""

    _query_cls = _Text

    def __init__(
        self, line: psycopg.Connection[Any], *, is_lasting: bool = True, is_for_any: bool = False
    ) -> None:
        super().__init__(line)
        self.adapters.register_dumper(int, _Whole)
        self._is_lasting, self._is_for_any = is_lasting, is_for_any

    def execute(self, query: Any, params: Any = None, **more: Any) -> Cursor:
        is_alone = self.connection.pgconn.transaction_status == TransactionStatus.IDLE
        try:
            self._ask(query, params, more)
        except (errors.FeatureNotSupported, *_NOT_OURS) as error:
            if not self._is_forgotten(error) or not is_alone:
                raise
            super().execute(query, params, prepare=_pooled.is_free, **more)
        self._query = cast("Any", _Said(self.connection, query, params))
        return self

    def _ask(self, query: Any, params: Any, more: dict[str, Any]) -> None:
        is_prepared = self._is_lasting and _pooled.is_free
        if not (self._is_for_any and is_prepared):
            super().execute(query, params, prepare=is_prepared, **more)
            return
        # The server is told before, and told otherwise after: all three go in one message.
        saying = psycopg.Cursor(self.connection)
        with self.connection.pipeline():
            saying.execute("SET plan_cache_mode TO force_generic_plan", prepare=False)
            super().execute(query, params, prepare=True, **more)
            saying.execute("RESET plan_cache_mode", prepare=False)

    def _is_forgotten(self, error: psycopg.Error) -> bool:
        """Whether the error came of what was prepared, which is given up then."""
        if isinstance(error, _NOT_OURS):
            _pooled.notice()
        elif error.diag.source_function != "RevalidateCachedQuery":
            return False
        kept = plans.of(self.connection)
        kept.forget()
        if self.connection.info.transaction_status == TransactionStatus.IDLE:
            self.connection.wait(kept.maintain_gen(self.connection))
        return True


class _Pooled:
    """Whether lines to the database turned out to be shared, by a pooler that keeps nothing prepared."""

    is_free = True

    def notice(self) -> None:
        """This process prepares no more."""
        if self.is_free:
            logger.warning(
                "The pooler before the database keeps no prepared statements: set PASSEUR_PREPARE=no."
            )
        self.is_free = False


_pooled = _Pooled()


def fetched(
    sql: str,
    values: Sequence[Any] | Mapping[str, Any],
    *,
    is_lasting: bool = True,
    is_binary: bool = False,
    is_for_any: bool = False,
) -> list[Any]:
    """All rows that a statement gives; not `is_lasting`, it goes the same way and is planned each time.

    `is_for_any` has it planned for any values, once: for a long statement of many small parts, whose planning
    costs several times its answer. `is_binary` has values sent as they are: bytes would be twice as long in
    words. Not for moments, whose zone would be another.

    Where somebody listens to what is asked (a test that counts, a block that notes, debugging), it goes by
    Django's cursor, which tells them; else that would cost more than the asking.
    """
    connection: Any = connections[DEFAULT_DB_ALIAS]
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        plans.of(connection.connection)
        own = Cursor(connection.connection, is_lasting=is_lasting, is_for_any=is_for_any)
        own.format = Format.BINARY if is_binary else Format.TEXT
    if connection.execute_wrappers or connection.queries_logged:
        with connection._prepare_cursor(own) as told:
            told.execute(sql, values)
            return list(told.fetchall())
    connection.validate_thread_sharing()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors:
        return own.execute(sql, values).fetchall()
