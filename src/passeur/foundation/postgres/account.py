"""Under which account the private server runs, and the way it must have to its files.

PostgreSQL refuses to run as root. Started by root it runs as another account, which must be able to
cross the folders above its files: they are opened for crossing (x), never for reading.
"""

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from passeur.foundation.postgres.errors import NoServerAccount

NAME = "pgserver"


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the machine that is not this process's own."""

    name: str
    uid: int
    gid: int

    def arguments(self) -> dict[str, Any]:
        """What makes `subprocess.run` run as this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def server_account(cluster: Path) -> Account | None:
    """The account to run the server as; None for this process's own.

    Files that already belong to an ordinary account keep it, so that root can serve a folder made by
    somebody else and give it back unchanged.
    """
    if os.geteuid() != 0:
        return None
    if cluster.exists() and (owner := cluster.stat().st_uid) != 0:
        entry = _entry(owner)
        if entry is not None:
            return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    return _own_account()


def _entry(uid: int) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        return None


def _own_account() -> Account:
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        program = shutil.which("useradd", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
        if program is None:
            raise NoServerAccount(NAME, "useradd") from None
        command = [program, "--system", "--no-create-home", "--shell", "/bin/false", NAME]
        made = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - fixed words
        try:
            entry = pwd.getpwnam(NAME)
        except KeyError:
            raise NoServerAccount(NAME, made.stderr.strip() or str(made.returncode)) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def open_way(target: Path, account: Account) -> list[Path]:
    """Let `account` cross the folders above `target`; give back those whose rights had to change."""
    opened = []
    for folder in reversed(target.resolve().parents):
        facts = folder.stat()
        if facts.st_uid == account.uid or facts.st_mode & stat.S_IXOTH:
            continue
        folder.chmod(stat.S_IMODE(facts.st_mode) | stat.S_IXOTH)
        opened.append(folder)
    return opened


def open_programs(folder: Path) -> None:
    """Make the wheel's own files readable by the server's account (an installer's umask may close them)."""
    top = folder.parent
    if (folder / "postgres").stat().st_mode & stat.S_IROTH and top.stat().st_mode & stat.S_IROTH:
        return
    for path in [top, *top.rglob("*")]:
        mode = stat.S_IMODE(path.stat().st_mode)
        crossable = stat.S_IXOTH if path.is_dir() or mode & stat.S_IXUSR else 0
        path.chmod(mode | stat.S_IROTH | crossable)
