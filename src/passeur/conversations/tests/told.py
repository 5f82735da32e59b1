"""Telling the measures of what a test wrote: at once, where it wrote much."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from passeur.engagement.services import remake_marked

from ..models import Conversation
from ..services import telling

_waiting: list[set[int]] = []


def tell(conversation: Conversation) -> None:
    """Now, or with the others of `together`."""
    if _waiting:
        _waiting[-1].add(conversation.pk)
    else:
        telling.tell([conversation.pk])


@contextmanager
def together() -> Iterator[None]:
    """What is told meanwhile is told at the end: the weeks of hundreds are made once, not after each of them.

    That it comes to the same, `engagement/tests/test_weeks.py` holds.
    """
    _waiting.append(set())
    try:
        yield
    finally:
        waiting = _waiting.pop()
    telling.tell(waiting)
    remake_marked()  # of many, days and weeks are made after they were told
