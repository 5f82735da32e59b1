"""The ledger of erasures, a file beside the database: a restored backup does not know the later ones.

A line is JSON: the key of the member, when they joined, when they were erased. With when they joined, a key
means one person, also after a restored database has given it out again. Nothing says who it was.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Erased:
    """Somebody who is gone."""

    member: int
    joined_at: dt.datetime
    at: dt.datetime

    @property
    def who(self) -> tuple[int, dt.datetime]:
        return self.member, self.joined_at


def read(path: Path) -> list[Erased]:
    """The lines of a ledger, each person once; `ValueError` where one cannot be read. No file, nobody."""
    if not path.exists():
        return []
    found: dict[tuple[int, dt.datetime], Erased] = {}
    for line in path.read_text().splitlines():
        if line.strip():
            given = json.loads(line)
            one = Erased(
                int(given["member"]),
                dt.datetime.fromisoformat(given["joined_at"]),
                dt.datetime.fromisoformat(given["at"]),
            )
            found.setdefault(one.who, one)
    return list(found.values())


def add(path: Path, erased: Iterable[Erased]) -> int:
    """Write down those whom the ledger lacks, on the disk when this returns; how many. Makes the file."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        known = {one.who for one in read(path)}
        new = [one for one in erased if one.who not in known]
        if new and _ends_within_a_line(file.fileno()):
            file.write("\n")
        for one in new:
            given = {"member": one.member, "joined_at": one.joined_at.isoformat(), "at": one.at.isoformat()}
            file.write(json.dumps(given) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return len(new)


def _ends_within_a_line(descriptor: int) -> bool:
    size = os.fstat(descriptor).st_size
    return size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
