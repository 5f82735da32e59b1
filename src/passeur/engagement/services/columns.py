"""Whole columns of numbers between PostgreSQL and numpy, in the form in which PostgreSQL sends them.

In its binary form, rows of numbers that are all there have one length, as arrays of them have elements of
one length: both are read and written as they stand, without a step of Python for each.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from secrets import randbits
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from passeur.foundation import arrays
from passeur.foundation.arrays import Column

_COPY = "COPY ({}) TO STDOUT (FORMAT BINARY)"
_COPY_HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_COPY_TAIL = b"\xff\xff"
EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_QUARTER = 15 * 60 * 1_000_000
_EPOCH = np.datetime64("2000-01-01T00:00:00", "us")
_AT_ONCE = 1 << 20
_BITS = 62
_NEAR = 1 << 16


def read(sql: str, values: Mapping[str, Any] | Sequence[Any] = ()) -> list[Column]:
    """The columns of a query that gives `array_send(array_agg(…))`, read as `arrays.column` does."""
    return [arrays.column(one) for one in row(sql, values)]


def row(sql: str, values: Mapping[str, Any] | Sequence[Any] = ()) -> list[memoryview]:
    """The one row that a query gives, each value in the form in which PostgreSQL sends it; null is empty.

    By COPY: otherwise bytes travel as letters, twice as many.
    """
    with connection.cursor() as cursor, cursor.copy(_COPY.format(cursor.mogrify(sql, values))) as copy:
        raw = memoryview(b"".join(copy))
    place, found = len(_COPY_HEAD) + 2, []
    for _ in range(int.from_bytes(raw[place - 2 : place], "big")):
        size = max(int.from_bytes(raw[place : place + 4], "big", signed=True), 0)
        found.append(raw[place + 4 : place + 4 + size])
        place += 4 + size
    return found


def keys(given: Sequence[UUID]) -> Column:
    """UUIDs as rows of two numbers."""
    raw = b"".join(one.bytes for one in given)
    return np.frombuffer(raw, dtype=">i8").astype(np.int64).reshape(-1, 2)


def uuids(given: Column) -> list[UUID]:
    """Rows of two numbers as UUIDs."""
    raw = given.astype(">i8").tobytes()
    return [UUID(bytes=raw[place : place + 16]) for place in range(0, len(raw), 16)]


class Hashed:
    """Of each UUID a hash of 64 bits, of which nobody knows before which others it is the same for."""

    def __init__(self) -> None:
        self._by = np.array([[randbits(62) * 2 + 1], [randbits(62) * 2 + 1]], dtype=np.int64)

    def __call__(self, given: Column) -> Column:
        high, low = given.reshape(-1, 2).T * self._by
        found: Column = high + low
        return found


def write(table: str, columns: Mapping[str, tuple[int, Column]]) -> None:
    """Add rows to a table: of each column its bytes in PostgreSQL (2, 4, 8; 16 of UUIDs) and its numbers."""
    length = len(next(iter(columns.values()))[1])
    rows = np.zeros(
        length,
        dtype=[("", ">i2")]
        + [one for name, (bytes_, _) in columns.items()
           for one in ((f"size_{name}", ">i4"),
                       (f"of_{name}", ">i8", (2,)) if bytes_ == 16 else (f"of_{name}", f">i{bytes_}"))],
    )  # fmt: skip
    rows[rows.dtype.names[0]] = len(columns)  # type: ignore[index]
    for name, (bytes_, column) in columns.items():
        rows[f"size_{name}"], rows[f"of_{name}"] = bytes_, column
    raw = memoryview(_COPY_HEAD + rows.tobytes() + _COPY_TAIL)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT BINARY)") as copy,
    ):
        for begin in range(0, len(raw), _AT_ONCE):
            copy.write(raw[begin : begin + _AT_ONCE])


def moments(given: Column) -> str:
    """Microseconds since 2000 as an array of moments, as PostgreSQL reads it."""
    return "{" + ",".join(f"{one}Z" for one in np.datetime_as_string(_EPOCH + given).tolist()) + "}"


def days(given: Column, zone: dt.tzinfo) -> Column:
    """The day of each moment (microseconds since 2000) at a place, as days since 2000."""
    # Clocks of the world differ from each other by whole quarters of an hour, and are changed at one.
    quarters = given // _QUARTER
    once, place = _ranked(quarters)
    local = [_local(EPOCH + dt.timedelta(minutes=15 * quarter), zone) for quarter in once.tolist()]
    return (np.array(local, dtype=np.int64) - EPOCH.toordinal())[place]


def _ranked(given: Column) -> tuple[Column, Column]:
    """(each value once, rising, of each of the given its place among those); numbers near each other fast."""
    lowest = int(given.min(initial=0))
    if int(given.max(initial=0)) - lowest > max(len(given), _NEAR):
        once, _, place = distinct(given)
        return once, place
    is_there = np.bincount(given - lowest) > 0
    return np.flatnonzero(is_there) + lowest, (np.cumsum(is_there) - 1)[given - lowest]


def _local(at: dt.datetime, zone: dt.tzinfo) -> int:
    try:
        return at.astimezone(zone).toordinal()
    except OverflowError:  # the last hours of the year 9999, the first ones of the year 1
        return at.toordinal()


def distinct(given: Column) -> tuple[Column, Column, Column]:
    """(each value once, rising, where one of each is found, of each of the given its place among those)."""
    order = np.argsort(given)
    ordered = given[order]
    is_new = _differs(ordered)
    place = np.empty(len(given), dtype=np.int64)
    place[order] = np.cumsum(is_new) - 1
    return ordered[is_new], order[is_new], place


def look_up(wanted: Column, known: Sequence[Column]) -> Column:
    """What stands beside each of the wanted in the two known columns; −1 where it is not known."""
    order = np.argsort(known[0])
    names, numbers = known[0][order], known[1][order]
    if not len(names):
        return np.full(len(wanted), -1, dtype=np.int64)
    place = np.minimum(np.searchsorted(names, wanted), len(names) - 1)
    return np.where(names[place] == wanted, numbers[place], -1)


def summed(given: Sequence[Column], signs: Column) -> tuple[list[Column], Column]:
    """Rows with equal keys as one, in the order of keys, with the sum of their signs (1 or −1); none of 0."""
    if not len(signs):
        return list(given), signs
    rows, signs = _sorted(given, signs)
    is_new = np.zeros(len(signs), dtype=bool)
    for one in rows:
        is_new |= _differs(one)
    begins = np.flatnonzero(is_new)
    sums = np.add.reduceat(signs, begins)
    kept = begins[sums != 0]
    return [one[kept] for one in rows], sums[sums != 0]


def _sorted(given: Sequence[Column], signs: Column) -> tuple[list[Column], Column]:
    """The rows in the order of their keys.

    Numbers that fit into 63 bits together, with a bit for the sign, are sorted as one.
    """
    lowest = [int(one.min()) for one in given]
    bits = [(int(one.max()) - low).bit_length() for one, low in zip(given, lowest, strict=True)]
    if sum(bits) > _BITS:
        order = np.lexsort(tuple(reversed(given)))
        return [one[order] for one in given], signs[order]
    packed = np.zeros(len(signs), dtype=np.int64)
    for one, low, many in zip(given, lowest, bits, strict=True):
        packed = packed << many | (one - low)
    packed = packed << 1 | (signs < 0)
    packed.sort()
    signs, rows = 1 - 2 * (packed & 1), []
    packed >>= 1
    for low, many in zip(reversed(lowest), reversed(bits), strict=True):
        rows.append((packed & ((1 << many) - 1)) + low)
        packed >>= many
    return rows[::-1], signs


def _differs(ordered: Column) -> NDArray[np.bool_]:
    """Of each whether it is not what stands before it."""
    found = np.ones(len(ordered), dtype=bool)
    found[1:] = ordered[1:] != ordered[:-1]
    return found
