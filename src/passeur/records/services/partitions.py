"""The months that statements are kept in: each a partition, made before it begins, or when first needed."""

from __future__ import annotations

import datetime as dt

from django.db import connection, transaction

AHEAD = 2  # months, beyond the current one
PARENT = "records_statement"
LOCK = 0x70617201  # of the database: one partition at a time


def month_of(at: dt.datetime) -> dt.date:
    """The first day of the month, in UTC."""
    return at.astimezone(dt.UTC).date().replace(day=1)


def following(month: dt.date) -> dt.date:
    """The month after."""
    return (month + dt.timedelta(days=32)).replace(day=1)


def name_of(month: dt.date) -> str:
    """The table of a month."""
    return f"{PARENT}_{month:%Y_%m}"


def existing() -> set[str]:
    """The tables that are there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass", [PARENT]
        )
        return {row[0] for row in cursor.fetchall()}


def make(month: dt.date) -> None:
    """The partition of a month, unless it is there. Others go on reading and writing meanwhile."""
    name = name_of(month)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        if name in existing():
            return
        # A table made apart and then attached: `CREATE … PARTITION OF` would keep everybody waiting.
        cursor.execute(f"CREATE TABLE {name} (LIKE {PARENT} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)")
        cursor.execute(
            f"ALTER TABLE {PARENT} ATTACH PARTITION {name} FOR VALUES FROM (%s) TO (%s)",
            [f"{month:%Y-%m-%d} 00:00:00+00", f"{following(month):%Y-%m-%d} 00:00:00+00"],
        )


def make_ahead(now: dt.datetime) -> None:
    """Those of the current month and of the next ones."""
    month = month_of(now)
    for _ in range(AHEAD + 1):
        make(month)
        month = following(month)
