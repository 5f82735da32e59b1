"""What one line to the database has prepared: what came twice, by weight, under names that say what it is.

psycopg calls prepared statements by numbers. Behind a pooler that gives a line to several clients by turns,
number 3 of one may be number 3 of another: rows of another statement would come back. A name made of the text
is the same statement wherever it is found, or is not found, and then the server says so.

A rollback takes nothing of it: the server keeps what was prepared, within the transaction or before it.
psycopg lets go of all then, since a type may have come and gone with the transaction; ours are PostgreSQL's.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from psycopg._preparing import Key, Prepare, PrepareManager
from psycopg.pq import ExecStatus

if TYPE_CHECKING:
    from psycopg._queries import PostgresQuery
    from psycopg.pq.abc import PGresult

MOST = 300_000
"""Bytes of text that a line keeps plans of: some fifty times as much in the server's memory, 15 MB."""
ONCE = 300
"""Statements that came once and are remembered, in case they come again."""
_ENDING = (b"DROP", b"ALTER", b"DISCARD ALL", b"DEALLOCATE ALL")
"""What the server says of a command after which what was prepared is gone, or is of something else."""


class Plans(PrepareManager):
    """Takes the place of psycopg's own. What was not asked for longest goes first."""

    def __init__(self, *, threshold: int | None) -> None:
        super().__init__()
        self.prepare_threshold = threshold
        self._once: OrderedDict[Key, None] = OrderedDict()
        self._weight = 0
        self._times_cleared = 0

    def get(self, query: PostgresQuery, prepare: bool | None = None) -> tuple[Prepare, bytes]:
        """With `prepare`, a text that this line has asked before is prepared; most searches are not."""
        if not prepare or self.prepare_threshold is None:
            return Prepare.NO, b""
        key = self.key(query)
        if name := self._names.get(key):
            return Prepare.YES, name
        if key in self._once:
            del self._once[key]
            return Prepare.SHOULD, self._name(query)
        self._once[key] = None
        if len(self._once) > ONCE:
            self._once.popitem(last=False)
        return Prepare.NO, b""

    def maybe_add_to_cache(self, query: PostgresQuery, prep: Prepare, name: bytes) -> Key | None:
        if prep is Prepare.SHOULD:
            self._weight += len(query.query)
            self._counts.pop(self.key(query), None)  # so that it is new, and what weighs too much goes
        return super().maybe_add_to_cache(query, prep, name)

    def validate(self, key: Key, prep: Prepare, name: bytes, results: Sequence[PGresult]) -> None:
        """A statement that failed for its values is prepared all the same, and stays."""
        done = (one.command_status for one in results if one.status == ExecStatus.COMMAND_OK)
        if any(said and said.startswith(_ENDING) for said in done):
            self.forget()
        else:
            self._rotate()

    def clear(self) -> bool:
        """What psycopg asks for after each rollback: nothing is to be done."""
        return False

    def forget(self) -> bool:
        """Let go of all that was prepared."""
        self._times_cleared += 1
        self._weight = 0
        return super().clear()

    def _rotate(self) -> None:
        while self._weight > MOST and len(self._names) > 1:
            (text, _), name = self._names.popitem(last=False)
            self._weight -= len(text)
            self._to_flush.append(name)
        while len(self._counts) > self.prepared_max:
            self._counts.popitem(last=False)

    def _name(self, query: PostgresQuery) -> bytes:
        """The server lets go of names a moment after us, so that what is cleared is called otherwise."""
        said = blake2b(query.query, digest_size=16)
        said.update(repr(query.types).encode())
        return f"passeur_{said.hexdigest()}_{self._times_cleared}".encode()


def of(line: Any) -> Plans:
    """The plans of that line."""
    if not isinstance(line._prepared, Plans):
        line._prepared = Plans(threshold=line.prepare_threshold)
    return line._prepared
