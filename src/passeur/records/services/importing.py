"""Statements from a file, one a line or in an array: what is good is kept, of the rest it is told why not.

A file can be read again, after an interruption or by mistake: a statement that is there is left as it is. One
without an id is given one that its line and words decide, so that it too is known again.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, Any
from uuid import UUID, uuid5

from django.conf import settings

from passeur.algorithms.xapi import Invalid, keys, reading
from passeur.algorithms.xapi.prepared import Prepared, prepare
from passeur.algorithms.xapi.reading import Written
from passeur.algorithms.xapi.statements import Edition
from passeur.foundation.errors import PasseurError

from ..errors import Refusal
from . import recording

BATCH = 200
LONGEST = 4 * 1024 * 1024  # bytes of one statement
LARGEST = 256 * 1024 * 1024  # bytes of an array
_IDS = UUID("0e0c9d3c-5a37-4f0e-8e0a-6d3b6f2b7f5a")
_GZIP = b"\x1f\x8b"


class NotReadable(PasseurError):
    """A file that cannot be read at all."""


@dataclass(slots=True)
class Told:
    """What came of a file or a store. `refused`: (line, why).

    `contents`: how many of attachments came along; `left_out`: those that did not, and why.
    """

    read: int = 0
    new: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    contents: int = 0
    left_out: list[tuple[int, str]] = field(default_factory=list)

    @property
    def known(self) -> int:
        """How many were there already."""
        return self.read - self.new - len(self.refused)


class Batch:
    """What was read and is to be kept, a few hundred statements a transaction."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self._waiting: list[tuple[int, Prepared]] = []
        self._contents: dict[str, bytes] = {}

    def bring(self, contents: Mapping[str, bytes]) -> None:
        """Have these contents of attachments at hand, by their SHA-2, for the statements that come next."""
        self._contents = dict(contents)

    def add(self, number: int, read: Callable[[], Prepared]) -> bool:
        """Take one in, or tell why not; whether the batch is full."""
        self._told.read += 1
        try:
            self._waiting.append((number, read()))
        except Invalid as error:
            self._told.refused.append((number, str(error)))
        return len(self._waiting) >= BATCH

    def keep(self) -> None:
        """Write what waits."""
        _keep(self._waiting, self._told, self._contents)
        self._waiting = []


def load(
    path: Path, *, told: Told | None = None, progress: Callable[[float], None] = lambda share: None
) -> Told:
    """Take in all statements of a file, plain or compressed by gzip; each batch is one transaction.

    `told` is filled on the way, so that what came until then can be said when it is stopped.
    """
    told = told if told is not None else Told()
    batch = Batch(told)
    for number, read, share in _statements(path):
        if batch.add(number, read):
            batch.keep()
            progress(share)
    batch.keep()
    progress(1.0)
    told.refused.sort()
    return told


def _statements(path: Path) -> Iterator[tuple[int, Callable[[], Prepared], float]]:
    """(line or place in the array, what reads it, share of the file read) of each."""
    lines = _lines(path)
    is_first = True
    for number, line, share in lines:
        if is_first and line.lstrip()[:1] == b"[":
            yield from _array(line, lines)
            return
        is_first = False
        yield number, partial(_read, number, line), share


def _array(first: bytes, lines: Iterator[tuple[int, bytes, float]]) -> Iterator[Any]:
    """An array is read whole: whether it ends as JSON is known at its end."""
    whole = bytearray(first)
    for _number, line, _share in lines:
        whole += line
        if len(whole) > LARGEST:
            raise NotReadable(
                f"An array may have {LARGEST // 1024**2} MB at most: write one statement a line."
            )
    try:
        found, _ = reading.objects_of(reading.text_of(bytes(whole), "file", most=LARGEST), "file")
    except Invalid as error:
        raise NotReadable(str(error)) from error
    for number, one in enumerate(found, start=1):
        yield number, partial(take, number, one), number / len(found)


def _lines(path: Path) -> Iterator[tuple[int, bytes, float]]:
    """(number, line, share of the file read) of each line that is not empty."""
    try:
        size = max(1, path.stat().st_size)
        with path.open("rb") as raw:
            packed = raw.read(2) == _GZIP
            raw.seek(0)
            source: IO[bytes] = gzip.GzipFile(fileobj=raw) if packed else raw  # type: ignore[assignment]
            number = 0
            while line := source.readline(LONGEST + 1):
                number += 1
                if line.strip():
                    yield number, line, raw.tell() / size
                while len(line) > LONGEST and not line.endswith(b"\n"):
                    line = source.readline(LONGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise NotReadable(f"{path.name}: {error}") from error


def _read(number: int, line: bytes) -> Prepared:
    if len(line) > LONGEST:
        raise Invalid("statement", f"is longer than {LONGEST} bytes")
    written, is_array = reading.objects_of(reading.text_of(line, "statement"), "statement")
    if is_array:
        raise Invalid("statement", "expected one statement a line, not an array")
    return take(number, written[0])


def take(number: int, written: Written) -> Prepared:
    """One statement of a file or of another store, checked."""
    version = written.members.get("version", "2.0.0")
    edition = Edition.ONE if isinstance(version, str) and version.startswith("1.") else Edition.TWO
    given = str(uuid5(_IDS, f"{number}\n{written.text}"))
    return prepare(written, edition, authority(), where="statement", id=given)


def authority() -> dict[str, object]:
    """Who vouches for what comes from a file: this installation."""
    return {
        "objectType": "Agent",
        "account": {"homePage": settings.ORIGIN, "name": "import"},
        "name": "Import",
    }


def _keep(batch: list[tuple[int, Prepared]], told: Told, contents: Mapping[str, bytes]) -> None:
    """Write a batch; where one of it is refused, each by itself, so that only that one is refused."""
    unique: dict[str, tuple[int, Prepared]] = {}
    for number, one in batch:
        unique.setdefault(one.id, (number, one))
    by = keys.key_of("client", "import")
    together = [one for _, one in unique.values()]
    brought = _of(together, contents)
    try:
        told.new += recording.record(together, authority=by, contents=brought, defines=True)
        told.contents += len(brought)
    except Refusal:
        for number, one in unique.values():
            try:
                brought = _of([one], contents)
                told.new += recording.record([one], authority=by, contents=brought, defines=True)
                told.contents += len(brought)
            except Refusal as refusal:
                told.refused.append((number, str(refusal)))
    for number, one in batch:
        first = unique[one.id][1]
        if first is not one and not recording.is_same(first, one):
            told.refused.append((number, f"The id {one.id} is given to two statements of this file."))


def _of(statements: Sequence[Prepared], contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """The contents that these statements name."""
    return {sha2: contents[sha2] for one in statements for sha2 in one.hashes if sha2 in contents}
