"""The log of who read statements, about whom, for what; it is shown to the person, and expires.

A read adds a row once a day for a reader and whom it was about. What this process wrote today it remembers,
so that reading again costs nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from ..choices import Purpose
from ..models import StatementsRead

if TYPE_CHECKING:
    from passeur.accounts.models import Member

    from ..models import Client

KEPT = dt.timedelta(days=365)
REMEMBERED = 20_000
"""Reads of today that a process remembers; beyond, it forgets them all and asks the database again."""

_Written = tuple[dt.date, int, UUID | None]
_written: set[_Written] = set()


def read_by_program(client: Client, agent: UUID | None) -> None:
    """A program asked for the statements of an agent, or for those of everybody. One INSERT a day at most."""
    day = timezone.localdate()
    place = (day, client.pk, agent)
    if place in _written:
        return
    _keep([StatementsRead(client=client, purpose=Purpose.PROGRAM, agent=agent, day=day)])
    if len(_written) >= REMEMBERED or any(kept != day for kept, _, _ in _first()):
        _written.clear()
    _written.add(place)


def _first() -> Iterable[_Written]:
    """One of those remembered: all are of one day."""
    return [next(iter(_written))] if _written else []


def read_by(reader: Member, agents: Iterable[UUID]) -> None:
    """Somebody who administers saw these agents, with their names and how much they did."""
    _keep([StatementsRead(reader=reader, purpose=Purpose.PAGE, agent=agent) for agent in agents])


def exported() -> None:
    """Whoever runs the machine wrote all statements into a file."""
    _keep([StatementsRead(purpose=Purpose.EXPORT)])


def _keep(rows: list[StatementsRead]) -> None:
    StatementsRead.objects.bulk_create(rows, ignore_conflicts=True)


def expire(today: dt.date | None = None) -> int:
    """Drop what is older than a year; returns how many."""
    limit = (today or timezone.localdate()) - KEPT
    return StatementsRead.objects.filter(day__lt=limit).delete()[0]


def forget_what_was_written() -> None:
    """Ask the database again: for tests, whose rows go without a word."""
    _written.clear()
