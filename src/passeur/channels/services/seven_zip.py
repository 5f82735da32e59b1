"""Streams the files of a .7z: its unpacker pushes, a reader pulls, so a thread stands between them."""

from __future__ import annotations

import io
import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

import py7zr
from django.utils.translation import gettext as _
from py7zr.io import Py7zIO, WriterFactory

from ..errors import UnreadableArchive

_WAITING = 64
"""Blocks unpacked ahead of the reader, at most."""


class SevenZip:
    """Members of a .7z in its own order, one pass, never on disk."""

    ordered = False

    def __init__(self, path: Path, rank: Callable[[str], int | None]) -> None:
        self.name = path.stem
        self._path = path
        try:
            with py7zr.SevenZipFile(path) as archive:
                if archive.needs_password():
                    raise UnreadableArchive(str(path), _("l’archive est protégée par un mot de passe"))
                members = [m for m in archive.list() if not m.is_directory and rank(m.filename) is not None]
        except py7zr.exceptions.ArchiveError as error:
            raise UnreadableArchive(str(path), str(error)) from error
        self._names = [member.filename for member in members]
        if self._names:
            self.name = PurePosixPath(self._names[0]).parent.name or self.name
        self.total = sum(member.uncompressed for member in members)
        self.position = 0

    def names(self) -> list[str]:
        return self._names

    def files(self) -> Iterator[tuple[str, BinaryIO]]:
        pipe = _Pipe()
        worker = threading.Thread(target=self._unpack, args=(pipe,), daemon=True)
        worker.start()
        try:
            while (item := pipe.take()) is not None:
                yield item, cast("BinaryIO", io.BufferedReader(_Member(pipe, self), 1 << 18))
        finally:
            pipe.stop()
            worker.join()
        if pipe.error is not None:
            raise UnreadableArchive(str(self._path), str(pipe.error)) from pipe.error

    def _unpack(self, pipe: _Pipe) -> None:
        try:
            # Given an open file it unpacks one block after the other, given a path several at once.
            with self._path.open("rb") as file, py7zr.SevenZipFile(file) as archive:
                archive.extract(targets=self._names, factory=_Factory(pipe))
        except _Stopped:
            return
        except Exception as error:  # the reading thread raises it
            pipe.error = error
        finally:
            pipe.close()


class _Stopped(Exception):
    """The reader wants no more."""


class _Pipe:
    """Blocks and names on their way from the unpacker: a name, its blocks, the next name, None at the end."""

    def __init__(self) -> None:
        self._items: queue.Queue[str | bytes | None] = queue.Queue(_WAITING)
        self._stopped = threading.Event()
        self._next: str | bytes | None = None
        self._peeked = False
        self.error: Exception | None = None

    def give(self, item: str | bytes | None) -> None:
        while not self._stopped.is_set():
            try:
                self._items.put(item, timeout=0.5)
            except queue.Full:
                continue
            return
        raise _Stopped

    def close(self) -> None:
        if not self._stopped.is_set():
            self.give(None)

    def take(self) -> str | None:
        """The next name, past whatever is left of the present file."""
        while isinstance(item := self._pull(), bytes):
            pass
        return item

    def block(self) -> bytes:
        """The next block of the present file; empty at its end."""
        item = self._pull()
        if isinstance(item, bytes):
            return item
        self._next, self._peeked = item, True
        return b""

    def stop(self) -> None:
        self._stopped.set()

    def _pull(self) -> str | bytes | None:
        if self._peeked:
            self._peeked = False
            return self._next
        return self._items.get()


class _Member(io.RawIOBase):
    """One file of the archive, read as it is unpacked."""

    def __init__(self, pipe: _Pipe, source: SevenZip) -> None:
        self._pipe, self._source, self._rest = pipe, source, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._rest:
            self._rest = self._pipe.block()
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        self._source.position += size
        return size


class _Factory(WriterFactory):
    """Makes the writer of each file that is unpacked."""

    def __init__(self, pipe: _Pipe) -> None:
        self._pipe = pipe

    def create(self, filename: str, mode: str = "wb") -> Py7zIO:
        return _Writer(filename, self._pipe)


class _Writer(Py7zIO):
    """Passes on what the unpacker writes."""

    def __init__(self, name: str, pipe: _Pipe) -> None:
        self._pipe, self._length = pipe, 0
        pipe.give(name)

    def write(self, s: bytes | bytearray) -> int:
        self._length += len(s)
        self._pipe.give(bytes(s))
        return len(s)

    def read(self, size: int | None = None) -> bytes:
        return b""

    def seek(self, offset: int, whence: int = 0) -> int:
        return offset

    def flush(self) -> None:
        return None

    def size(self) -> int:
        return self._length
