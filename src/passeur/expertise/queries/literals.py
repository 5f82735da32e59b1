"""Long lists of numbers to and from PostgreSQL, without a Python object for each."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

_OF_FLOATS = np.dtype([("bytes", ">i4"), ("value", ">f8")])
_OF_KEYS = np.dtype([("bytes", ">i4"), ("value", ">i8")])
_HEAD = 20
"""Bytes before the first item of an array of one dimension."""


def array(numbers: Iterable[int]) -> str:
    """Whole numbers as the text of an array; the statement says of which type: `%s::bigint[]`."""
    return f"{{{','.join(map(str, numbers))}}}"


def floats(sent: bytes | None) -> NDArray[np.float64]:
    """What `array_send` of double precision says; nothing where it is empty or null. No item may be null."""
    items = np.frombuffer(sent[_HEAD:] if sent else b"", _OF_FLOATS)
    return items["value"].astype(np.float64)


def keys(sent: bytes | None) -> NDArray[np.int64]:
    """The same of bigint."""
    items = np.frombuffer(sent[_HEAD:] if sent else b"", _OF_KEYS)
    return items["value"].astype(np.int64)
