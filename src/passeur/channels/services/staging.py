"""Temporary tables that an archive's records are streamed into, before anything of ours changes.

They are not logged, seen by nobody else, and gone with the connection: whatever stops a reading leaves
no trace. `Staging` also runs statements in the background of the reading, on the same connection.
"""

from __future__ import annotations

import select
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from psycopg import Connection, pq
from psycopg.errors import error_from_result
from psycopg.sql import SQL, Composed, Identifier

from .. import protocols
from ..protocols import Record
from .bulk import Statement

TABLES: Mapping[type, tuple[str, str]] = {
    protocols.PersonRecord: (
        "incoming_person",
        "external_id text, name text, joined_at timestamptz, is_machine boolean, is_former boolean",
    ),
    protocols.ThemeRecord: ("incoming_theme", "name text, parent text, synonyms text[]"),
    protocols.ThreadRecord: (
        "incoming_thread",
        (
            "external_id text, kind text, title text, created_at timestamptz, themes text[], "
            "closed_at timestamptz, closed_reason text, accepted text, accepted_at timestamptz"
        ),
    ),
    protocols.ContributionRecord: (
        "incoming_contribution",
        (
            "external_id text, thread text, part text, parent text, author text, body text, html text, "
            "markup text, created_at timestamptz, edited_at timestamptz, votes integer"
        ),
    ),
    protocols.RevisionRecord: (
        "incoming_revision",
        (
            'contribution text, "order" bigint, title text, body text, markup text, author text, '
            "created_at timestamptz"
        ),
    ),
    protocols.VoteRecord: ("incoming_vote", "contribution text, day date, up integer, down integer"),
    protocols.AcceptanceRecord: ("incoming_acceptance", "contribution text, accepted_at timestamptz"),
    protocols.ClosureRecord: ("incoming_closure", "thread text, reason text"),
    protocols.LinkRecord: ("incoming_link", "source text, target text, kind text, created_at timestamptz"),
    protocols.MentionRecord: ("incoming_mention", "contribution text, person text, handle text"),
    protocols.ReactionRecord: (
        "incoming_reaction",
        "contribution text, person text, meaning text, created_at timestamptz",
    ),
}


class Staging:
    """The incoming tables of one import, filled as records come, whatever their order."""

    HELD = 20_000
    """Rows kept in memory at most while a statement runs in the background."""

    WORTHWHILE = 2_000
    """Rows that are worth a COPY of their own."""

    def __init__(self) -> None:
        self.counts: dict[type, int] = dict.fromkeys(TABLES, 0)
        self._held: dict[type, list[Sequence[Record]]] = {}
        self._held_rows = 0
        self._running: list[Statement] = []
        self._results: list[tuple[str, int]] = []

    def __enter__(self) -> Staging:
        with connection.cursor() as cursor:
            for name, columns in TABLES.values():
                cursor.execute(_creation(name, columns))
        return self

    def __exit__(self, *_: object) -> None:
        self._give_up()
        if connection.is_usable() and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("discard temporary")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A transaction around what is begun; an error stops the server before it rolls back."""
        with transaction.atomic():
            try:
                yield
            except BaseException:
                self._give_up()
                raise

    def set_aside(self) -> None:
        """Give all incoming tables the name `whole_…`, and make empty ones: to be filled a part at a time."""
        self.flush()
        with connection.cursor() as cursor:
            for name, columns in TABLES.values():
                cursor.execute(f"alter table {name} rename to {name.replace('incoming', 'whole')}")
                cursor.execute(_creation(name, columns))

    def put(self, records: Sequence[Record]) -> None:
        """Take in records of one kind."""
        if not records:
            return
        kind = type(records[0])
        self.counts[kind] += len(records)
        self._held.setdefault(kind, []).append(records)
        self._held_rows += len(records)
        if self._held_rows > self.HELD or (self._held_rows > self.WORTHWHILE and not self.is_busy()):
            self.flush()

    def flush(self) -> None:
        """Send what is held to the server, once it has finished what it was asked before."""
        self.wait()
        for kind, lists in self._held.items():
            with self._psycopg.cursor() as cursor, cursor.copy(_copy_into(TABLES[kind][0])) as copy:
                for records in lists:
                    for record in records:
                        copy.write_row(record)
        self._held.clear()
        self._held_rows = 0

    def begin(self, statements: Iterable[Statement]) -> None:
        """Start statements that need nothing but what was put so far; reading may go on meanwhile."""
        self.flush()
        self._running = list(statements)
        text = b";\n".join(statement.text(self._psycopg) for statement in self._running)
        if text:
            self._pgconn.send_query(text)
            self._pgconn.flush()

    def run(self, statements: Iterable[Statement]) -> list[tuple[str, int]]:
        """Run statements to their end; what each is called, and how many rows it touched."""
        self.begin(statements)
        return self.wait()

    def is_busy(self) -> bool:
        """Whether the server still works on what was begun."""
        if not self._running:
            return False
        self._pgconn.consume_input()
        return bool(self._pgconn.is_busy())

    def wait(self) -> list[tuple[str, int]]:
        """Wait for the server; the results of everything that ended since the last call of `results`."""
        if self._running:
            left = list(self._running)
            failed = None
            while result := self._next_result():
                if result.status == pq.ExecStatus.FATAL_ERROR:
                    failed = failed or error_from_result(result)
                elif left:
                    statement = left.pop(0)
                    self._results.append((statement.name, result.command_tuples or 0))
            self._running = []
            if failed:
                raise failed
        return self._results

    def _next_result(self) -> pq.abc.PGresult | None:
        # Waiting in `select`, not in libpq: there Ctrl-C would have to wait for the server.
        while self._pgconn.is_busy():
            select.select([self._pgconn.socket], [], [])
            self._pgconn.consume_input()
        return self._pgconn.get_result()

    def _give_up(self) -> None:
        """Stop what runs in the background: somebody no longer wants it."""
        if self._running and self._pgconn.status == pq.ConnStatus.OK:
            self._pgconn.get_cancel().cancel()
            while self._pgconn.get_result():
                pass
        self._running = []
        self._held.clear()

    def results(self) -> list[tuple[str, int]]:
        """What ended since the last call: the name of each statement, and the rows it touched."""
        ended, self._results = self.wait(), []
        return ended

    @property
    def _psycopg(self) -> Connection[Any]:
        connection.ensure_connection()
        return connection.connection  # type: ignore[no-any-return]  # Django does not say what it wraps

    @property
    def _pgconn(self) -> pq.abc.PGconn:
        return self._psycopg.pgconn


def _creation(name: str, columns: str) -> str:
    """Texts are compared by bytes: ids are not words, and the rules of a language cost ten times as much.

    Nor are the long ones packed: they stay for a moment only.
    """
    exact = columns.replace(" text,", ' text collate "C",')
    long = [column for column in ("body", "html") if f"{column} text" in columns]
    plain = ", ".join(f"alter {column} set storage external" for column in long)
    return f"create temporary table {name} ({exact})" + (f"; alter table {name} {plain}" if plain else "")


def _copy_into(table: str) -> Composed:
    return SQL("copy {} from stdin").format(Identifier(table))
