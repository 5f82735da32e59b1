"""Statements about statements: who is about whom, through how many ever; and what is voided.

Both sides come in any order. Called while the store's clock is held: nobody writes the other side meanwhile.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from passeur.algorithms.xapi import keys
from passeur.algorithms.xapi.objects import VOIDED
from passeur.algorithms.xapi.prepared import Prepared

from ..errors import Refusal

_KEYS_OF = """
SELECT s.verb, s.activity, s.registration, s.agents, s.related_agents, s.related_activities
  FROM records_statementid i JOIN records_statement s ON s.id = i.id AND s.stored = i.stored WHERE i.id = %s
"""
_INSERT = """
INSERT INTO records_echo (
    id, target, stored, is_voiding, verb, activity, registration, agents, related_agents, related_activities
) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (id, target) DO NOTHING
"""
_ONWARDS = """
SELECT target, verb, activity, registration, agents, related_agents, related_activities
  FROM records_echo WHERE id = %s
"""
_FILL = """
UPDATE records_echo SET verb = %s, activity = %s, registration = %s, agents = %s, related_agents = %s,
       related_activities = %s
 WHERE target = %s
"""
_VOID = """
UPDATE records_statement s SET is_voided = true FROM records_statementid i
 WHERE i.id = %s AND s.id = i.id AND s.stored = i.stored AND s.verb <> %s
"""
_VOIDED = keys.key_of(VOIDED)

DEEPEST = 64
"""Through so many statements at most one may be about another: each adds a row for all that it leads to."""
MOST = 256
"""Pairs of statements that become about each other because of one."""


def follow(new: Sequence[Prepared], stored: Mapping[str, dt.datetime], *, awaited: Collection[str]) -> None:
    """Write down what new statements are about. `awaited`: those that others are about since before.

    Raises `Refusal` where the way from one to another is too long.
    """
    for one in new:
        if one.id in awaited:
            _arrive(one)
    for one in new:
        if one.found.target is not None:
            _point(one, one.found.target, stored[one.id])


def _rows(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


def _arrive(one: Prepared) -> None:
    """Others were about it before it came: now they are found by what it says; one may void it."""
    found = one.found
    said = [
        found.verb, found.activity, found.registration, list(found.agents), list(found.related_agents),
        list(found.related_activities),
    ]  # fmt: skip
    _rows(_FILL, [*said, one.id])
    if _rows("SELECT 1 FROM records_echo WHERE target = %s AND is_voiding LIMIT 1", [one.id]):
        void(one.id)


def _point(one: Prepared, target: str, stored: dt.datetime) -> None:
    """Make it, and all that is about it, echo its target and all that this one is about."""
    said = _rows(_KEYS_OF, [target])
    onwards = [(target, *(said[0] if said else [None] * 6))]
    onwards += _rows(_ONWARDS, [target])
    sources: list[tuple[str | UUID, dt.datetime]] = [(one.id, stored)]
    sources += _rows("SELECT id, stored FROM records_echo WHERE target = %s", [one.id])
    if len(onwards) > DEEPEST or len(sources) * len(onwards) > MOST:
        raise Refusal(
            f"Statement {one.id} is about others through too many statements: at most {DEEPEST} in a row, "
            f"and {MOST} pairs at once. Name what it is about itself."
        )
    rows = []
    for source, at in sources:
        for about, *said_there in onwards:
            if str(source) != str(about):
                is_voiding = one.found.is_voiding and str(source) == one.id and str(about) == target
                rows.append((source, about, at, is_voiding, *said_there))
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT, rows)
    if one.found.is_voiding:
        void(target)


def void(statement: str) -> None:
    """Take a statement out of what is read, unless it voids another itself (1.0.3, Data 2.3.2)."""
    _rows(_VOID, [statement, _VOIDED])
