"""Who is using a data folder: locks that the system itself releases when a process dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Wait for, then hold, the only lock on `path`."""
    with open_lock(path) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def open_lock(path: Path) -> IO[str]:
    """Open a lock file that only its owner can read, without emptying it."""
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+")


class Lease:
    """A share in the private server: whoever gives back the last one stops it.

    The file notes which server a Passeur started; one that somebody else started is left running.
    """

    def __init__(self, path: Path) -> None:
        self._file = open_lock(path)
        fcntl.flock(self._file, fcntl.LOCK_SH)

    def note(self, server: int) -> None:
        """Write down that a Passeur started this server."""
        self._file.seek(0)
        self._file.truncate()
        self._file.write(str(server))
        self._file.flush()

    def noted(self) -> int | None:
        """The server that a Passeur started last."""
        self._file.seek(0)
        text = self._file.read().strip()
        return int(text) if text.isdigit() else None

    def is_last(self) -> bool:
        """Give the share back, and tell whether nobody holds another."""
        try:
            # The share is gone afterwards in both cases: flock drops it before it asks for all.
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        self._file.close()
