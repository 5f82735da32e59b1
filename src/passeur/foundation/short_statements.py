"""Every connection tells PostgreSQL not to compile statements (`jit`).

A server of somebody else's compiles what it expects to be long. Ours are short and asked once, and what is
expected of words in texts is a guess, so that compiling costs more than it saves. It is said on an open
connection and not while it opens, since poolers refuse openings that say more than they know.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper


def without_compiling(connection: BaseDatabaseWrapper, **_given: Any) -> None:
    """Receives `connection_created`."""
    connection.connection.execute("SET jit TO off")
