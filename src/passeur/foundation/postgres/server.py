"""The private PostgreSQL server of a data folder: made, started, shared, stopped."""

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from passeur.foundation.postgres import account, contents, folder, places
from passeur.foundation.postgres.errors import DiskFull, FolderClosed, StartFailed
from passeur.foundation.postgres.lease import Lease, exclusive

LOG_LIMIT = 8 * 2**20
CONTAINER = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
"""Where Linux says how much memory the processes of a container may have, in either version of its groups."""
FAST = (
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=2GB", "autovacuum=off",
    "shared_buffers=256MB",  # what is dropped is looked for in all of them
)  # fmt: skip


@dataclass(slots=True)
class Running:
    """The private server while this process has a share in it."""

    url: str
    pid: int
    started: bool
    account: account.Account | None
    opened: list[Path] = field(default_factory=list)


@contextmanager
def running(data_dir: Path, *, settings: Sequence[str] = ()) -> Iterator[Running]:
    """Hold the private server of `data_dir`: started if nobody has, stopped by whoever leaves last."""
    folder.prepare(data_dir)
    with exclusive(data_dir / "postgres.lock"):
        lease = Lease(data_dir / "postgres.users")
        try:
            server = _obtain(data_dir, settings)
        except BaseException:
            lease.close()
            raise
        if server.started:
            lease.note(server.pid)
    try:
        yield server
    finally:
        with exclusive(data_dir / "postgres.lock"):
            ours = lease.noted() == _pid(data_dir)
            if lease.is_last() and ours:
                stop(data_dir)
            lease.close()


def _obtain(data_dir: Path, settings: Sequence[str]) -> Running:
    folder.check(data_dir)
    cluster = places.cluster(data_dir)
    who = account.server_account(cluster)
    opened: list[Path] = []
    started = False
    if not is_answering(data_dir):
        programs = places.programs()
        if who is not None:
            cluster.mkdir(mode=0o700, exist_ok=True)
            opened = account.open_way(cluster, who) + account.open_way(programs / "postgres", who)
            account.open_programs(programs)
        _make(cluster, who)
        _start(data_dir, who, settings)
        started = True
    contents.prepare(places.url(data_dir, user=places.ADMIN, database="postgres"))
    pid = _pid(data_dir)
    if pid is None:
        raise StartFailed(cluster / "log", "postmaster.pid")
    return Running(places.url(data_dir), pid, started, who, opened)


def is_answering(data_dir: Path) -> bool:
    """Whether a server serves this folder now."""
    if _pid(data_dir) is None:
        return False
    address = places.url(data_dir, user=places.ADMIN, database="postgres")
    try:
        psycopg.connect(address, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def is_alive(data_dir: Path, pid: int) -> bool:
    """Whether the server that was started as `pid` still serves this folder."""
    if _pid(data_dir) != pid:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # there, and somebody else's
    return True


def stop(data_dir: Path) -> None:
    """Stop the server of this folder: connections are closed, everything is written.

    By its own signals, not by pg_ctl, whose account may by now have lost the way to the folder.
    """
    socket = places.socket_dir(data_dir)
    pid = _pid(data_dir)
    if pid is not None:
        for number, patience in ((signal.SIGINT, 60), (signal.SIGQUIT, 10)):
            with suppress(ProcessLookupError):
                os.kill(pid, number)
            if _gone(data_dir, pid, patience):
                break
    if socket != places.cluster(data_dir):
        shutil.rmtree(socket, ignore_errors=True)


def _gone(data_dir: Path, pid: int, patience: float) -> bool:
    end = time.monotonic() + patience
    while is_alive(data_dir, pid):
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def _make(cluster: Path, who: account.Account | None) -> None:
    if (cluster / "PG_VERSION").exists():
        return
    cluster.mkdir(mode=0o700, exist_ok=True)
    if who is not None:
        os.chown(cluster, who.uid, who.gid)
    # The builtin locale makes accents fold and words split alike on every machine, whatever its own is.
    locale = ("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
    account_words = ("-U", places.ADMIN, "--auth=trust")
    made = _run("initdb", ["-D", str(cluster), *account_words, *locale, "--no-instructions"], who)
    if made.returncode != 0:
        _explain(cluster, made.stderr)


def _start(data_dir: Path, who: account.Account | None, settings: Sequence[str]) -> None:
    cluster = places.cluster(data_dir)
    log = cluster / "log"
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(cluster / "log.1")
    socket = places.socket_dir(data_dir)
    if socket != cluster:
        _make_socket_dir(socket, who)
    words = ["-k", str(socket), "-p", str(places.PORT)]
    for setting in [*_tuning(), *settings]:
        words += ["-c", setting]
    started = _run(
        "pg_ctl",
        ["-D", str(cluster), "-l", str(log), "-w", "-t", "60", "-s", "-o", shlex.join(words), "start"],
        who,
    )
    if started.returncode != 0:
        written = log.read_text(errors="replace").splitlines()[-12:] if log.exists() else []
        _explain(cluster, "\n".join(written) or started.stderr)


def _make_socket_dir(socket: Path, who: account.Account | None) -> None:
    """A closed folder in the temporary directory: whoever reaches the socket commands the server."""
    owner = who.uid if who is not None else os.geteuid()
    socket.mkdir(mode=0o700, exist_ok=True)
    if socket.is_symlink() or socket.stat().st_uid not in {owner, os.geteuid()}:
        raise FolderClosed(socket, "not ours")
    socket.chmod(0o700)
    if who is not None:
        os.chown(socket, who.uid, who.gid)


def _memory() -> int:
    """The bytes of memory there are: those of the machine, or fewer where a container may have no more."""
    found = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    for limit in CONTAINER:
        with suppress(OSError, ValueError):  # not there, or "max"
            found = min(found, int(limit.read_text()))
    return found


def _tuning() -> list[str]:
    """Durable, for a machine that also runs the web and the workers: an eighth of its memory."""
    memory = _memory() // 2**20
    return [
        "listen_addresses=",
        "unix_socket_permissions=0700",
        "max_connections=60",
        f"shared_buffers={max(32, min(memory // 8, 4096))}MB",
        f"effective_cache_size={max(128, memory // 2)}MB",
        "work_mem=16MB",
        "maintenance_work_mem=128MB",
        "random_page_cost=1.1",
        "jit=off",
        # After a checkpoint each page is logged whole when it first changes: where there are many ids, nearly
        # each statement changes another one.
        "max_wal_size=4GB",
        "checkpoint_timeout=15min",
        # Its log is read by whoever mends the machine: what went wrong, without the values of rows.
        "log_error_verbosity=terse",
        "log_min_error_statement=panic",
        # Containers often have 64 MB of shared memory, which parallel plans would fill.
        "max_parallel_workers_per_gather=0",
    ]


def _run(
    program: str, arguments: Sequence[str], who: account.Account | None
) -> subprocess.CompletedProcess[str]:
    """Run one of the server's programs; its output goes through files, which a started server may keep."""
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
    command = [str(places.programs() / program), *arguments]
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(  # noqa: S603 - the wheel's own program, our own words
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd="/",
            check=False,
            **(who.arguments() if who else {}),
        )
        output.seek(0)
        return subprocess.CompletedProcess(command, done.returncode, "", output.read())


def _explain(cluster: Path, said: str) -> None:
    """Turn what a program said into the sentence of its cause."""
    if "No space left on device" in said:
        if not (cluster / "PG_VERSION").exists():
            shutil.rmtree(cluster, ignore_errors=True)
        raise DiskFull(cluster.parent)
    lines = [line for line in said.splitlines() if any(w in line for w in ("FATAL", "error", "PANIC"))]
    raise StartFailed(cluster / "log", (lines or said.splitlines() or ["?"])[-1].strip())


def _pid(data_dir: Path) -> int | None:
    try:
        return int((places.cluster(data_dir) / "postmaster.pid").read_text().split()[0])
    except (OSError, IndexError, ValueError):
        return None
