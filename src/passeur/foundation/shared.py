"""Django's cache, kept in the database: what must count in one process counts in all of them.

The limits of signing in rest on it, and so does that a code of an authenticator app serves once. Keys hold
addresses, so their keyed hashes are kept; values are JSON: whoever writes the table runs nothing here.
"""

from __future__ import annotations

import json
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection
from django.utils.crypto import salted_hmac

_GET = (
    "SELECT value FROM foundation_shared WHERE key = %(key)s AND (ends IS NULL OR ends > clock_timestamp())"
)
_PUT = """
INSERT INTO foundation_shared AS kept (key, value, ends)
VALUES (%(key)s, %(value)s::jsonb, clock_timestamp() + make_interval(secs => %(seconds)s))
ON CONFLICT (key) DO UPDATE SET value = excluded.value, ends = excluded.ends
"""
# Only over what is past: of several who add at once, one is told that it did.
_ADD = _PUT + " WHERE kept.ends <= clock_timestamp()"
_TOUCH = """
UPDATE foundation_shared SET ends = clock_timestamp() + make_interval(secs => %(seconds)s)
WHERE key = %(key)s AND (ends IS NULL OR ends > clock_timestamp())
"""
_DELETE = "DELETE FROM foundation_shared WHERE key = %(key)s"


class SharedCache(BaseCache):
    """A cache backend for `CACHES`; `LOCATION` is not asked for."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(
        self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        return self._write(_ADD, key, version, value, timeout) == 1

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(_GET, {"key": self._hashed(key, version)})
            row = cursor.fetchone()
        return default if row is None else json.loads(row[0])

    def set(
        self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        self._write(_PUT, key, version, value, timeout)

    def touch(self, key: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._write(_TOUCH, key, version, None, timeout) == 1

    def delete(self, key: Any, version: int | None = None) -> bool:
        return self._write(_DELETE, key, version, None, None) == 1

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM foundation_shared")

    def _write(self, statement: str, key: Any, version: int | None, value: Any, timeout: float | None) -> int:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        given = {"key": self._hashed(key, version), "value": json.dumps(value), "seconds": seconds}
        with connection.cursor() as cursor:
            cursor.execute(statement, given)
            return int(cursor.rowcount)

    def _hashed(self, key: Any, version: int | None) -> str:
        made = self.make_key(key, version)
        return salted_hmac("passeur.foundation.shared", made, algorithm="sha256").hexdigest()
