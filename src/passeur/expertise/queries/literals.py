"""Long lists of numbers to PostgreSQL, without an adapter's step for each; they come back as `arrays`."""

from __future__ import annotations

from collections.abc import Iterable


def array(numbers: Iterable[int]) -> str:
    """Whole numbers as the text of an array; the statement says of which type: `%s::bigint[]`."""
    return f"{{{','.join(map(str, numbers))}}}"
