"""Saying that something changed: a NOTIFY of the caller's transaction, so that nothing leaves on rollback."""

import json
from collections.abc import Collection

from django.db import connection
from django.db.transaction import TransactionManagementError

CHANNEL = "passeur_live"
PERSON = "person"

# With what was said: the transaction that says it, and the oldest one that was still running then. From the
# two a listener knows up to where it has heard everything (`hub`).
_SAY = """
SELECT pg_notify(%s, json_build_object(
  'on', %s::text, 'ids', %s::json,
  'by', pg_current_xact_id()::text, 'oldest', pg_snapshot_xmin(pg_current_snapshot())::text
)::text)
"""

_SAY_EACH = """
SELECT pg_notify(%s, json_build_object(
  'on', %s::text || ':' || key, 'ids', json_build_object(),
  'by', pg_current_xact_id()::text, 'oldest', pg_snapshot_xmin(pg_current_snapshot())::text
)::text)
  FROM unnest(%s::bigint[]) AS key
"""


def announce(topic: str, key: int, **ids: int) -> None:
    """Tell the pages open on `topic` number `key` that it changed, once the transaction is committed.

    `ids` say what in it, by name: `announce("conversation", 12, contribution=40)`. No words: whoever hears
    this may have lost the right to read them.
    """
    _require_transaction()
    with connection.cursor() as cursor:
        cursor.execute(_SAY, [CHANNEL, f"{topic}:{key}", json.dumps(ids)])


def announce_each(topic: str, keys: Collection[int]) -> None:
    """The same for many things of one topic, in one statement; without ids."""
    if not keys:
        return
    _require_transaction()
    with connection.cursor() as cursor:
        cursor.execute(_SAY_EACH, [CHANNEL, topic, sorted(set(keys))])


def _require_transaction() -> None:
    if not connection.in_atomic_block:
        raise TransactionManagementError("An announcement belongs to the transaction that made it true.")


def rights_changed(member: int) -> None:
    """Look at once at what this member (key) still may listen to: a session ended, a membership, a role."""
    announce(PERSON, member)
