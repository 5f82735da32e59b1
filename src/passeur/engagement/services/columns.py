"""Whole columns of numbers between PostgreSQL and numpy, in the form in which PostgreSQL sends them.

In its binary form, an array of numbers that are all there has elements of one length, and so have rows of
such numbers: both are read and written as they stand, without a step of Python for each.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from django.db import connection
from numpy.typing import NDArray

Column: TypeAlias = NDArray[np.int64]

_ARRAY_HEAD = 20
_COPY_HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_COPY_TAIL = b"\xff\xff"
EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_QUARTER = 15 * 60 * 1_000_000
_EPOCH = np.datetime64("2000-01-01T00:00:00", "us")
_AT_ONCE = 1 << 20


def read(sql: str, values: Mapping[str, Any] | Sequence[Any]) -> list[Column]:
    """The columns of a query that gives `array_send(array_agg(…))` of numbers, dates or moments, never null.

    Dates are days since 2000, moments microseconds since then.
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        (row,) = cursor.fetchall()
    return [_of(bytes(one)) if one else np.empty(0, dtype=np.int64) for one in row]


def _of(raw: bytes) -> Column:
    size = int.from_bytes(raw[_ARRAY_HEAD : _ARRAY_HEAD + 4], "big")
    element = np.dtype([("size", ">i4"), ("value", f">i{size}")])
    return np.frombuffer(raw, dtype=element, offset=_ARRAY_HEAD)["value"].astype(np.int64)


def write(table: str, columns: Mapping[str, tuple[int, Column]]) -> None:
    """Add rows to a table: of each column its bytes in PostgreSQL (2, 4 or 8) and its numbers."""
    length = len(next(iter(columns.values()))[1])
    rows = np.zeros(
        length,
        dtype=[("", ">i2")]
        + [(f"{what}_{name}", f">i{size}") for name, (bytes_, _) in columns.items()
           for what, size in (("size", 4), ("of", bytes_))],
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
    quarters, _, place = distinct(given // _QUARTER)
    local = [_local(EPOCH + dt.timedelta(minutes=15 * quarter), zone) for quarter in quarters.tolist()]
    return (np.array(local, dtype=np.int64) - EPOCH.toordinal())[place]


def _local(at: dt.datetime, zone: dt.tzinfo) -> int:
    try:
        return at.astimezone(zone).toordinal()
    except OverflowError:  # the last hours of the year 9999, the first ones of the year 1
        return at.toordinal()


def distinct(given: Column) -> tuple[Column, Column, Column]:
    """(each value once, where it is found first, of each of the given its place among those)."""
    return np.unique(given, return_index=True, return_inverse=True)


def look_up(wanted: Column, known: Sequence[Column]) -> Column:
    """What stands beside each of the wanted in the two known columns; −1 where it is not known."""
    order = np.argsort(known[0])
    names, numbers = known[0][order], known[1][order]
    if not len(names):
        return np.full(len(wanted), -1, dtype=np.int64)
    place = np.minimum(np.searchsorted(names, wanted), len(names) - 1)
    return np.where(names[place] == wanted, numbers[place], -1)


def summed(keys: Sequence[Column], values: Column) -> tuple[list[Column], Column]:
    """Rows with equal keys as one, in the order of keys, with the sum of their values; none where it is 0."""
    order = np.lexsort(tuple(reversed(keys)))
    ordered = [key[order] for key in keys]
    if not len(order):
        return ordered, values
    is_new = np.zeros(len(order), dtype=bool)
    is_new[0] = True
    for key in ordered:
        is_new[1:] |= key[1:] != key[:-1]
    begins = np.flatnonzero(is_new)
    sums = np.add.reduceat(values[order], begins)
    kept = begins[sums != 0]
    return [key[kept] for key in ordered], sums[sums != 0]
