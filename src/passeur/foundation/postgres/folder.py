"""The data folder: made closed, kept closed, and refused early when it cannot hold a database."""

import errno
import os
import shutil
import stat
from pathlib import Path

from passeur.foundation.postgres import places
from passeur.foundation.postgres.errors import DiskFull, FolderClosed, ForeignFolder, OtherVersion

ROOM_TO_BEGIN = 256 * 2**20
ROOM_TO_GO_ON = 32 * 2**20


def prepare(data_dir: Path) -> None:
    """Make the data folder where missing, close it to others, and check that it can be written to."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not os.access(data_dir, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        close(data_dir)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(data_dir) from error
        raise FolderClosed(data_dir, error.strerror or str(error)) from error


def close(data_dir: Path) -> None:
    """Take reading and writing away from others; crossing stays where the server's account needs it."""
    facts = data_dir.stat()
    mode = stat.S_IMODE(facts.st_mode)
    if facts.st_uid == os.geteuid() and mode & 0o066 and not mode & stat.S_ISVTX:
        data_dir.chmod(mode & ~0o066)


def check(data_dir: Path) -> None:
    """Refuse a cluster of another version, half a cluster, or a disk without room."""
    cluster = places.cluster(data_dir)
    version = cluster / "PG_VERSION"
    try:
        begun = cluster.exists() and any(cluster.iterdir())
        written = version.read_text().strip() if version.exists() else None
    except PermissionError as error:
        raise FolderClosed(cluster, error.strerror or str(error)) from error
    if written is None and begun:
        raise ForeignFolder(cluster)
    if written is not None and written != str(places.VERSION):
        raise OtherVersion(cluster, written, places.VERSION)
    free = shutil.disk_usage(data_dir).free
    if free < (ROOM_TO_BEGIN if written is None else ROOM_TO_GO_ON):
        raise DiskFull(data_dir, free)
