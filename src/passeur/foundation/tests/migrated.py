"""A migrated database and a migrated private server, made once for all processes of a run, to be copied.

Migrating takes ten seconds of the processor and a copy takes less than one. Whoever needs the first makes it,
under a lock in the folder of the tests; migrations themselves are tested on databases that have none of this.
"""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from passeur.foundation.postgres import folder, places, server
from passeur.foundation.postgres.lease import exclusive

PROGRAM = [sys.executable, "-c", "from passeur.project.cli import main; main()"]


def database() -> str:
    """The name of a migrated database on the server of the tests, for `CREATE DATABASE … TEMPLATE`."""
    with exclusive(_tests() / "migrated-database.lock"):
        if not _is_there(_name()):
            half = f"{_name()}_half"
            on_server("DROP DATABASE IF EXISTS {} WITH (FORCE)", half)
            on_server("CREATE DATABASE {} TEMPLATE template0", half)
            _migrate(address(half))
            on_server("ALTER DATABASE {} RENAME TO {}", half, _name())
    return _name()


def forget_database() -> None:
    """Drop it, if anybody made it: the server of the tests may be somebody's, and stays."""
    if not (_tests() / "migrated-database.lock").exists():
        return
    for name in (_name(), f"{_name()}_half"):
        on_server("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def private_server(data_dir: Path) -> None:
    """Put the files of a private server into a data folder, not yet started, with its database migrated."""
    made = _tests() / "migrated"
    with exclusive(_tests() / "migrated-server.lock"):
        if not (made / "done").exists():
            with server.running(made, settings=server.FAST) as running:
                _migrate(running.url)
            (made / "done").touch()
    folder.prepare(data_dir)
    # With their owner, who may be the account that servers run as.
    copying = ["cp", "-Rp", str(places.cluster(made)), str(places.cluster(data_dir))]
    subprocess.run(copying, check=True)


def address(database: str) -> str:
    """Another database on the server of the tests."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}"))


def on_server(statement: str, *names: str) -> None:
    """A statement about databases, whose names stand for `{}`."""
    with psycopg.connect(address("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _is_there(name: str) -> bool:
    with psycopg.connect(address("postgres"), autocommit=True) as connection:
        found = connection.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        return found.fetchone() is not None


def _migrate(url: str) -> None:
    done = subprocess.run(
        [*PROGRAM, "migrate"],
        capture_output=True, text=True, check=False, env={**os.environ, "DATABASE_URL": url},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def _tests() -> Path:
    return Path(os.environ["PASSEUR_TESTS"])


def _name() -> str:
    """Of this run alone: its folder names it."""
    return f"migrated_{_tests().name.rpartition('-')[2]}"
