"""What this process wrote into the database a moment ago, and need not write again."""

from __future__ import annotations

import time
from collections.abc import Hashable, Mapping
from typing import Any, Generic, TypeVar

from django.db import transaction

K = TypeVar("K", bound=Hashable)


_all: list[Known[Any]] = []


def forget_everything() -> None:
    """Where rows were taken out of the database, so that what says them again writes them again."""
    for known in _all:
        known.forget()


class Known(Generic[K]):
    """Values by key, for `seconds`: another process may have written something else since then.

    Never more than `most`; beyond, all are forgotten, and written again when they come.
    """

    def __init__(self, most: int, seconds: float) -> None:
        self._most, self._seconds = most, seconds
        self._kept: dict[K, tuple[float, Any]] = {}
        _all.append(self)

    def says(self, key: K, value: Any) -> bool:
        """Whether that is what was written."""
        kept = self._kept.get(key)
        return kept is not None and kept[1] == value and time.monotonic() < kept[0]

    def keep(self, values: Mapping[K, Any]) -> None:
        """Know these from the commit on; nothing that is rolled back is known."""
        transaction.on_commit(lambda: self._keep(values))

    def _keep(self, values: Mapping[K, Any]) -> None:
        if len(self._kept) + len(values) > self._most:
            self.forget()
        until = time.monotonic() + self._seconds
        self._kept.update({key: (until, value) for key, value in values.items()})

    def forget(self) -> None:
        """Know nothing any more."""
        self._kept = {}
