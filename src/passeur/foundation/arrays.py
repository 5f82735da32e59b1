"""Arrays of numbers to PostgreSQL, and in the form in which it sends them, as columns of numpy.

In its binary form, an array of numbers that are all there has elements of one length: it is read as it
stands, without a step of Python for each.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Column: TypeAlias = NDArray[np.int64]

_HEAD = 20
"""Bytes before the first element of an array of one dimension; an empty array has fewer in all."""


def _element(kind: str, many: int = 1) -> np.dtype[Any]:
    """An element with its length before it."""
    return np.dtype([("size", ">i4"), ("value", kind) if many == 1 else ("value", kind, (many,))])


_FLOAT, _KEY = _element(">f8"), _element(">i8", 2)
_WHOLE = {
    (2).to_bytes(4): _element(">i2"),
    (4).to_bytes(4): _element(">i4"),
    (8).to_bytes(4): _element(">i8"),
}
_WHOLE[(16).to_bytes(4)] = _KEY
"""By the length that stands before the first element."""


def array(numbers: Iterable[int]) -> str:
    """Whole numbers as the text of an array, without an adapter's step for each; the statement says of which
    type: `%s::bigint[]`.
    """
    return f"{{{','.join(map(str, numbers))}}}"


def column(sent: bytes | memoryview | None) -> Column:
    """What `array_send` says of whole numbers, dates, moments or UUIDs, never null; of null and of an empty
    array nothing.

    Dates are days since 2000, moments microseconds since then; a UUID is a row of two numbers.
    """
    if sent is None or len(sent) < _HEAD:
        return np.empty(0, dtype=np.int64)
    return np.frombuffer(sent, _WHOLE[bytes(sent[_HEAD : _HEAD + 4])], -1, _HEAD)["value"].astype(np.int64)


def floats(sent: bytes | None) -> NDArray[np.float64]:
    """The same of double precision."""
    if sent is None or len(sent) < _HEAD:
        return np.empty(0, dtype=np.float64)
    return np.frombuffer(sent, _FLOAT, -1, _HEAD)["value"].astype(np.float64)


def lists(sent: bytes | memoryview, lengths: Column) -> Column:
    """The elements of arrays of UUIDs that stand one behind the other, so many in each and none empty."""
    # What an array begins with is as long as an element.
    is_element = np.ones(int(lengths.sum()) + len(lengths), dtype=bool)
    is_element[np.cumsum(lengths + 1) - lengths - 1] = False
    return np.frombuffer(sent, _KEY)["value"][is_element].astype(np.int64)
