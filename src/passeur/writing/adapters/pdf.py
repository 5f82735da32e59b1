"""A PDF without its properties, made by a program apart that has bounds of its own."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import threading
from typing import IO

from . import disk, pdf_apart
from .office import Locked, Signed
from .packages import Unreadable

AT_ONCE = 2  # by each process of the server
SECONDS = 30  # on the clock: a busy machine gives its ten of the processor late
_NEEDED = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
_turns = threading.BoundedSemaphore(AT_ONCE)


class Busy(Exception):
    """Others are being read for so long that this one would wait too long."""


def clean(source: IO[bytes], target: IO[bytes]) -> bool:
    """Write the PDF to `target` without its properties; whether it names who remarked on it.

    Raises `Signed`, `Locked`, `Unreadable` or `Busy`.
    """
    if not _turns.acquire(timeout=SECONDS):
        raise Busy
    try:
        with _on_disk(source) as file:
            ended = subprocess.run(  # noqa: S603 - a program of ours
                [sys.executable, "-P", "-s", "-m", pdf_apart.__name__],
                stdin=file,
                stdout=target,
                stderr=subprocess.DEVNULL,
                env={name: os.environ[name] for name in _NEEDED if name in os.environ},
                timeout=SECONDS,
                check=False,
            ).returncode
    except subprocess.TimeoutExpired as error:
        raise Unreadable from error
    finally:
        _turns.release()
    if ended == pdf_apart.SIGNED:
        raise Signed
    if ended == pdf_apart.LOCKED:
        raise Locked
    if ended not in {pdf_apart.DONE, pdf_apart.NAMED} or target.seek(0, io.SEEK_END) == 0:
        raise Unreadable
    return ended == pdf_apart.NAMED


def _on_disk(source: IO[bytes]) -> IO[bytes]:
    """A copy that another process can read from its beginning."""
    file = disk.incoming()
    source.seek(0)
    shutil.copyfileobj(source, file, disk.CHUNK)
    file.flush()
    os.lseek(file.fileno(), 0, os.SEEK_SET)
    return file
