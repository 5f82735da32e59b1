"""The large tables of the store spread over the machines of a Citus cluster: decision 40.

The schema on one machine is the schema on many, and so are the statements of SQL: this moves rows, once.
Nothing else has to know. The months to come are spread when they are attached to the whole.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection, transaction

from passeur.foundation.errors import PasseurError

SPREAD = {
    "records_statementid": ("id", "none"),
    "records_statement": ("id", "records_statementid"),
    "records_echo": ("id", "records_statementid"),
    "records_document": ("key", "none"),
    "records_attachment": ("sha2", "none"),
}
"""By table: the column that says on which machine a row lies, and the table beside whose rows it lies."""

Tell = Callable[[str, float], None]

PARTS = 4
"""Of a table on each node, unless told otherwise: a batch writes to nearly every part, one by one."""
FEWEST = 8
"""Parts of a table at the least: so many nodes it can come to lie on without being cut anew."""
# Usually Citus opens up to sixteen lines to a node for what asks all its parts, and keeps one: opening them
# takes longer than the short statements of a store.
_ONE_LINE = """
DO $$ BEGIN
    EXECUTE format(
        'ALTER ROLE CURRENT_USER IN DATABASE %I SET citus.max_adaptive_executor_pool_size = 1',
        current_database()
    );
END $$
"""
_SPREAD_ALREADY = "SELECT logicalrelid::text FROM pg_dist_partition WHERE partmethod = 'h'"


class NoCitus(PasseurError):
    """The server cannot spread tables; `can_be_made` says whether the extension is installed there."""

    def __init__(self, *, can_be_made: bool) -> None:
        super().__init__("CREATE EXTENSION citus" if can_be_made else "citus")
        self.can_be_made = can_be_made


@dataclass(frozen=True, slots=True)
class Told:
    """What was done: tables spread now, tables spread before, and on how many nodes rows can lie."""

    now: list[str]
    before: list[str]
    nodes: int


def distribute(*, parts: int | None = None, tell: Tell = lambda table, share: None) -> Told:
    """Spread the tables that are not yet; raises `NoCitus`. Each is done whole or not at all.

    Into so many `parts` each, 1 or more; what is of a statement is cut alike. Whoever writes to a table waits
    until its rows are moved. Run again, it goes on where it stopped.
    """
    require_citus()
    before = spread()
    nodes = _nodes()
    many = parts or max(FEWEST, PARTS * nodes)
    with connection.cursor() as cursor:
        cursor.execute(_ONE_LINE)
    now = []
    for number, (table, (column, beside)) in enumerate(SPREAD.items()):
        tell(table, number / len(SPREAD))
        if table in before:
            continue
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT create_distributed_table(%s, %s, colocate_with => %s, shard_count => %s)",
                [table, column, beside, many if beside == "none" else None],
            )
            # The rows have been copied to where they belong: those from before would lie here unseen.
            cursor.execute("SELECT truncate_local_data_after_distributing_table(%s)", [table])
        now.append(table)
    tell("", 1.0)
    return Told(now, sorted(before & SPREAD.keys()), nodes)


def require_citus() -> None:
    """Raise `NoCitus` unless the extension is in this database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'citus'")
        if cursor.fetchone():
            return
        cursor.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'citus'")
        raise NoCitus(can_be_made=cursor.fetchone() is not None)


def spread() -> set[str]:
    """The tables that lie on more machines than one, or could; asked only where Citus is."""
    with connection.cursor() as cursor:
        cursor.execute(_SPREAD_ALREADY)
        return {row[0] for row in cursor.fetchall()}


def _nodes() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_dist_node WHERE isactive AND shouldhaveshards")
        return int(cursor.fetchone()[0])
