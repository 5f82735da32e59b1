"""The programs of PostgreSQL that dump and restore: of the wheel or of the machine, new enough."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from passeur.foundation.postgres import places
from passeur.foundation.postgres.errors import NoWheel
from passeur.project.backup.errors import NoProgram

_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")
_PACKAGED = ("/usr/lib/postgresql", "/usr/pgsql-*", "/opt/homebrew/opt")


def program(name: str, *, at_least: int, newest: bool = False) -> Path:
    """The oldest `name` there is that is not older than `at_least`: it understands the server best.

    With `newest`, the newest: it reads whatever the others wrote.
    """
    found = {version: path for path in _candidates(name) if (version := _version(path)) is not None}
    fitting = [version for version in found if version >= at_least]
    if not fitting:
        raise NoProgram(name, at_least, sorted(found))
    return found[max(fitting) if newest else min(fitting)]


def _candidates(name: str) -> Iterator[Path]:
    for folder in _PACKAGED:
        root = Path(folder.split("*", 1)[0]).parent if "*" in folder else Path(folder)
        pattern = f"{Path(folder).name}/bin/{name}" if "*" in folder else f"*/bin/{name}"
        yield from sorted(root.glob(pattern))
    if (on_path := shutil.which(name)) is not None:
        yield Path(on_path)
    with suppress(NoWheel):
        yield places.programs() / name


@cache
def _version(path: Path) -> int | None:
    try:
        said = subprocess.run(  # noqa: S603 - a program of PostgreSQL
            [str(path), "--version"], capture_output=True, text=True, check=False, env=surroundings()
        ).stdout
    except OSError:
        return None
    found = _VERSION.search(said)
    return int(found[1]) if found else None


def surroundings(password: str | None = None) -> dict[str, str]:
    """What these programs may know of the environment; they speak English, which is read here."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "LC_ALL": "C", **({"PGPASSWORD": password} if password else {})}
