"""The line to the database that a thread keeps from one request to the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection

T = TypeVar("T")


def asked_first(ask: Callable[[], T]) -> T:
    """What `ask` gives: the first question of a request, which only reads.

    Django asks a kept line whether it still stands before a request uses it. Here the question itself finds
    out: where the line is gone, it is asked again on a new one.
    """
    if connection.in_atomic_block or connection.connection is None:
        return ask()
    connection.health_check_done = True  # type: ignore[attr-defined]
    try:
        return ask()
    except (InterfaceError, OperationalError):
        connection.close()
        return ask()
