"""The folder of files: each under the hash of its content, whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.conf import settings

CHUNK = 1 << 16


def folder() -> Path:
    """Where files are kept; made when first needed, closed to other accounts."""
    return Path(settings.FILES_DIR)


def place_of(sha256: str) -> Path:
    """Where the file of that hash lies, or would."""
    return folder() / sha256[:2] / sha256[2:4] / sha256


def incoming() -> IO[bytes]:
    """A file to write into, on the same disk, that is gone once closed."""
    waiting = folder() / "incoming"
    waiting.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = waiting / secrets.token_hex(16)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    path.unlink()  # the name goes at once: whatever happens to this process, nothing half-written stays
    return os.fdopen(descriptor, "w+b")


def put(sha256: str, content: IO[bytes]) -> None:
    """Keep `content` under its hash. It appears complete or, with an `OSError`, not at all."""
    target = place_of(sha256)
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = target.with_name(f"{sha256}.{secrets.token_hex(4)}.half")
    try:
        content.seek(0)
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            while piece := content.read(CHUNK):
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        half.replace(target)
    except OSError:
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)
        raise


def read(sha256: str) -> IO[bytes]:
    """The bytes of that hash."""
    return place_of(sha256).open("rb")


def remove(sha256: str) -> None:
    """Forget the bytes of that hash."""
    place_of(sha256).unlink(missing_ok=True)


def older_than(seconds: float) -> Iterator[Path]:
    """All that lies in the folder and was written longer ago than that, half-written files too."""
    before = time.time() - seconds
    for path in folder().glob("*/*/*"):
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_mtime < before:
                yield path
