"""By which index PostgreSQL would go, where the tables of a test are too small to need one."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext


def plan_of(ask: Callable[[], object], *, without: str = "") -> str:
    """The plan of the one query that is asked, with no reading of whole tables nor of bitmaps.

    `without` names an index that would do as well among so few rows; it comes back with the transaction.
    """
    with CaptureQueriesContext(connection) as captured:
        ask()
    (asked,) = captured
    with connection.cursor() as cursor:
        for way in ("seqscan", "bitmapscan"):
            cursor.execute(f"set local enable_{way} = off")
        if without:
            cursor.execute(f"drop index {without}")
        cursor.execute(f"explain {asked['sql']}")
        return " ".join(row[0] for row in cursor.fetchall())
