"""Reading the store on: what is new since last time is counted by day, what was voided is taken off again.

The store gives each statement a `stored` of its own, in the order of commits (decision 30): what was read is
all up to a moment, and the rest comes after it. A statement counts once, on the day it happened, however late
it comes. Reading stops and goes on anywhere; each step is one transaction.
"""

from __future__ import annotations

import datetime as dt

from django.db import connection, transaction

from passeur.algorithms.xapi import keys
from passeur.algorithms.xapi.objects import VOIDED
from passeur.records.queries import statements as store

from ..models import Progress
from . import company, counting, courses, deriving, people, places

STEP = 1_000_000
"""Statements in one transaction at most."""
VOIDING = keys.key_of(VOIDED)

_UPTO = """
SELECT max(stored) FROM (
    SELECT stored FROM records_statement WHERE stored > %s AND stored <= %s ORDER BY stored LIMIT %s
) AS next
"""
# Those that nothing voids as far as the store is read; what voids one later takes it off then. What is asked
# about other ids stands apart, as lists of ids: rows of two ids need not lie on one machine (decision 40).
_NEW = """
SELECT s.*, 1 AS sign FROM records_statement s
 WHERE s.stored > %(since)s AND s.stored <= %(upto)s AND s.verb <> %(voiding)s AND s.actor IS NOT NULL
   AND NOT (s.is_voided AND s.id IN (
       SELECT e.target FROM records_echo e WHERE e.is_voiding AND e.stored <= %(upto)s
   ))
"""
_TAKEN_BACK = """
SELECT s.*, -1 AS sign
  FROM records_statementid i
  JOIN records_statement s ON s.id = i.id AND s.stored = i.stored
 WHERE i.id IN (
       SELECT e.target FROM records_statement v JOIN records_echo e ON e.id = v.id AND e.is_voiding
        WHERE v.verb = %(voiding)s AND v.stored > %(since)s AND v.stored <= %(upto)s
   )
   AND s.stored <= %(since)s AND s.verb <> %(voiding)s AND s.actor IS NOT NULL
   AND i.id NOT IN (
       SELECT b.target FROM records_echo b WHERE b.is_voiding AND b.stored <= %(since)s
   )
"""


def advance_all(today: dt.date | None = None) -> int:
    """Read the store to its end; how many statements were counted or taken off."""
    people.freeze(today)
    people.resolve()
    total = 0
    while True:
        done, is_end = advance()
        total += done
        if is_end:
            return total


def advance(step: int = STEP) -> tuple[int, bool]:
    """Read one step on; (how many statements were counted or taken off, whether that was the end).

    Days that were touched are made again once the end is reached, not once a step.
    """
    with transaction.atomic():
        Progress.objects.get_or_create(pk=1)
        progress = Progress.objects.select_for_update().get(pk=1)
        courses.follow(progress.through)
        upto = _upto(progress.through, step)
        done = 0
        if upto is not None:
            _have_room()
            places.learn()
            span = {"since": progress.through, "upto": upto, "voiding": VOIDING}
            counted = counting.count(f"{_NEW} UNION ALL ({_TAKEN_BACK})", span, lately=company.since())
            done = counted.statements
            progress.through = upto
            progress.save()
            if counted.has_met:
                people.resolve()
            company.announce(counted.touched)
        else:
            deriving.derive()
    return done, upto is None


def _have_room() -> None:
    """What things are of which kind is looked up in memory: a day may name more than the usual room holds."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '64MB'")


def _upto(since: dt.datetime, step: int) -> dt.datetime | None:
    with connection.cursor() as cursor:
        cursor.execute(_UPTO, [since, store.consistent_through(), step])
        upto: dt.datetime | None = cursor.fetchone()[0]
    return upto


def follow_courses() -> None:
    """Count what people did in courses where these are tied now."""
    with transaction.atomic():
        Progress.objects.get_or_create(pk=1)
        courses.follow(Progress.objects.select_for_update().get(pk=1).through)
        deriving.derive()
