"""How long statements stay: some weeks, evidence of attendance and completion longer; what was counted stays.

Nothing goes before it was taken in by whoever counts (`hold_until`) and sent where it is forwarded. A month
that is over for all its statements goes as a whole. Ids stay taken, so that nothing comes back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Min
from django.utils import timezone

from passeur.algorithms.xapi import keys

from ..models import Forward
from .partitions import PARENT, existing, following

EVIDENCE = (
    "http://adlnet.gov/expapi/verbs/attended",
    "http://adlnet.gov/expapi/verbs/completed",
    "http://adlnet.gov/expapi/verbs/passed",
    "http://adlnet.gov/expapi/verbs/failed",
    "http://adlnet.gov/expapi/verbs/mastered",
    "http://activitystrea.ms/schema/1.0/attend",
    "http://activitystrea.ms/schema/1.0/complete",
    "http://activitystrea.ms/schema/1.0/host",
    "http://id.tincanapi.com/verb/earned",
    "https://w3id.org/xapi/adl/verbs/satisfied",
    "https://w3id.org/xapi/dod-isd/verbs/completed",
)
"""Verbs that say that somebody was there, or finished something."""

TICK = dt.timedelta(microseconds=1)
"""The least by which two statements differ in `stored`."""

_holds: list[Callable[[], dt.datetime]] = []


def hold_until(reader: Callable[[], dt.datetime]) -> None:
    """Keep what `reader` has not read: it gives the `stored` of the last statement that it took in."""
    _holds.append(reader)


def keep_until(now: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """Statements stored before the first moment go, evidence among them before the second."""
    done = [reader() for reader in _holds]
    waiting = Forward.objects.aggregate(least=Min("position"))["least"]
    if waiting is not None:
        done.append(waiting)
    # The last one taken in may go too: else a store that is at rest keeps it for ever.
    limit = min([now, *(last + TICK for last in done)])
    usual = now - dt.timedelta(weeks=settings.RECORDS_WEEKS)
    evidence = now - dt.timedelta(weeks=max(settings.RECORDS_WEEKS, settings.RECORDS_EVIDENCE_WEEKS))
    return min(limit, usual), min(limit, evidence)


_STRAY = """
DELETE FROM records_attachment WHERE sha2 NOT IN (
    SELECT unnest(s.attachments) FROM records_statement s WHERE s.attachments <> '{}'
)
"""


def drop() -> int:
    """Let go of what is past its time; how many statements went, without those of whole months."""
    usual, evidence = keep_until(timezone.now())
    for name in sorted(existing()):
        year, month = name.removeprefix(f"{PARENT}_").split("_")
        end = following(dt.date(int(year), int(month), 1))
        if dt.datetime(end.year, end.month, end.day, tzinfo=dt.UTC) <= evidence:
            _drop_month(name)
    verbs = [keys.key_of(verb) for verb in EVIDENCE]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM records_statement WHERE stored < %s AND verb <> ALL(%s::uuid[])", [usual, verbs]
        )
        gone: int = cursor.rowcount
        cursor.execute("DELETE FROM records_statement WHERE stored < %s", [evidence])
        gone += cursor.rowcount
        cursor.execute(
            "DELETE FROM records_echo e WHERE e.stored < %s"
            " AND NOT EXISTS (SELECT 1 FROM records_statement s WHERE s.id = e.id AND s.stored = e.stored)",
            [usual],
        )
        cursor.execute(_STRAY)
    return gone


def _drop_month(name: str) -> None:
    """The names come from the catalogue of the database."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {PARENT} DETACH PARTITION {name}")
        cursor.execute(f"DROP TABLE {name}")
