"""Exchanges of which another room was not told: those from before anybody asked, or that a job left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import LiteralString, NamedTuple

from django.db import connection

BATCH = 500
_FIRST: LiteralString = "SELECT c.id FROM conversations_conversation c WHERE c.id > %s AND "
_MOST: LiteralString = " ORDER BY c.id LIMIT %s"


class Untold(NamedTuple):
    """`missing` is true, in SQL, of a conversation `c` that is to be told; it asks for `values`."""

    missing: LiteralString
    values: Sequence[int | str]

    def first(self, *, after: int = 0, most: int = BATCH) -> list[int]:
        """The first of them (numbers, in order) with a number beyond `after`."""
        with connection.cursor() as cursor:
            cursor.execute(_FIRST + self.missing + _MOST, [after, *self.values, most])
            return [row[0] for row in cursor.fetchall()]

    def told(self, tell: Callable[[Sequence[int]], None]) -> int:
        """Tell all of them, once each, even one that stays untold; how many."""
        told = after = 0
        while ids := self.first(after=after):
            tell(ids)
            told, after = told + len(ids), ids[-1]
        return told


def in_batches(ids: Iterable[int], tell: Callable[[Sequence[int]], None]) -> None:
    """Tell of these, each once, in order."""
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), BATCH):
        tell(wanted[start : start + BATCH])
