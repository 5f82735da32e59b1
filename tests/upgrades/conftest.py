"""Databases as an earlier version left them."""

import lzma
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from passeur.foundation.tests import migrated

FIRST = Path(__file__).parent / "first_landed"
PROGRAM = migrated.PROGRAM


def read(name: str) -> str:
    return lzma.decompress((FIRST / f"{name}.sql.xz").read_bytes()).decode()


class Old:
    """A database of its own on the server of the tests."""

    def __init__(self, url: str) -> None:
        self.url = url

    def load(self, name: str, *, only_rooms: bool = False) -> None:
        """Run a script of the first version in one transaction (Django's foreign keys wait until its end)."""
        script = read(name)
        if only_rooms:
            script = "\n\n".join(part for part in script.split("\n\n") if not is_of_no_room(part))
        with psycopg.connect(self.url) as connection:
            connection.execute(script.encode())

    def rows(self, query: str) -> list[tuple]:
        with psycopg.connect(self.url, autocommit=True) as connection:
            return connection.execute(query.encode()).fetchall()

    def counts(self) -> dict[str, int]:
        """How many rows each table holds."""
        tables = self.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        with psycopg.connect(self.url, autocommit=True) as connection:
            return {name: _count(connection, name) for (name,) in tables}

    def change(self, statement: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement.encode())

    def passeur(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self._run([*PROGRAM, *words])

    def python(self, script: str) -> subprocess.CompletedProcess[str]:
        """Run a script on it, in a process of its own, with Django set up."""
        return self._run([sys.executable, "-c", f"import django; django.setup()\n{script}"])

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "passeur.project.settings",
        }
        return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def _count(connection: psycopg.Connection, table: str) -> int:
    counting = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
    row = connection.execute(counting).fetchone()
    return row[0] if row else 0


def is_of_no_room(statement: str) -> bool:
    """Whether a part of the data is no room's: history of migrations, content types, permissions, jobs."""
    tables = ("django_", "auth_permission", "procrastinate_")
    return statement.startswith(tuple(f"INSERT INTO public.{table}" for table in tables))


@contextmanager
def database(template: str) -> Iterator[str]:
    """The name of a copy of that database, dropped afterwards."""
    name = f"upgrade_{uuid.uuid4().hex[:12]}"
    migrated.on_server("CREATE DATABASE {} TEMPLATE {}", name, template)
    yield name
    migrated.on_server("DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture(scope="session")
def as_it_stood() -> Iterator[str]:
    """The name of the database of the first version that landed; tests read it, and change a copy."""
    with database("template0") as name:
        for script in ("schema", "data"):
            Old(migrated.address(name)).load(script)
        yield name


@pytest.fixture(scope="session")
def upgraded(as_it_stood: str) -> Iterator[str]:
    """The name of the same, which this version migrated; tests change a copy."""
    with database(as_it_stood) as name:
        done = Old(migrated.address(name)).passeur("migrate")
        assert done.returncode == 0, done.stderr
        yield name


@pytest.fixture
def first(as_it_stood: str) -> Old:
    """The database of the first version, to be read."""
    return Old(migrated.address(as_it_stood))


@pytest.fixture
def now(upgraded: str) -> Iterator[Old]:
    """A database that was of the first version and is of this one."""
    with database(upgraded) as name:
        yield Old(migrated.address(name))
