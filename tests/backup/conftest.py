"""A Passeur with something of everything, saved and brought back elsewhere."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import psycopg
import pytest
from psycopg import sql

from passeur.foundation.tests import migrated

PROGRAM = migrated.PROGRAM
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
COLUMNS = """
SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'
   AND data_type IN ('text', 'character varying', 'json', 'jsonb', 'ARRAY', 'tsvector')
"""

PEOPLE = """
from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.tests.factories import MembershipFactory
from passeur.conversations import services as conversations
from tests.architecture.world import build
world = build()
gone = MemberFactory(name="Zénobie Quillévéré", email="zenobie@orvelle.example", handle="zenobie")
MembershipFactory(community=world.community, member=gone)
asked = conversations.start_conversation(
    community=world.community, kind="question", title="Qui connaît Zénobie Quillévéré ?",
    body="Bonjour @zenobie, Zénobie Quillévéré.", themes=[world.theme], by=world.people["member"],
)
conversations.contribute(conversation=asked, body="C’est moi, Zénobie Quillévéré.", by=gone)
print(world.file.blob.sha256)
"""


@dataclass
class Place:
    """A data folder and a database of its own on the server of the tests."""

    folder: Path
    url: str

    def passeur(self, *words: object, **more: str) -> subprocess.CompletedProcess[str]:
        return self.run([*PROGRAM, *map(str, words)], **more)

    def python(self, script: str) -> str:
        done = self.run([sys.executable, "-c", f"import django; django.setup()\n{script}"])
        assert done.returncode == 0, done.stderr
        return done.stdout

    def run(self, command: list[str], **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, capture_output=True, text=True, env=self.environment(**more), check=False
        )

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name != "SECRET_KEY"}
        ours = {
            "DATABASE_URL": self.url,
            "DATA_DIR": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "passeur.project.settings",
        }
        return {**kept, **ours, **more}

    def rows(self) -> dict[str, tuple[int, str]]:
        """By table, how many rows and the hash of all they hold."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            found: dict[str, Any] = {}
            for (name,) in connection.execute(TABLES).fetchall():
                asked = sql.SQL(
                    "SELECT count(*), coalesce(md5(string_agg(h, '' ORDER BY h)), '')"
                    " FROM (SELECT md5(t::text) AS h FROM {} t) rows"
                ).format(sql.Identifier(name))
                found[name] = connection.execute(asked).fetchone()
            return found

    def ask(self, query: str) -> list[tuple]:
        with psycopg.connect(self.url, autocommit=True) as connection:
            cursor = connection.execute(query.encode())
            return cursor.fetchall() if cursor.description else []

    def traces(self, word: str) -> list[tuple[str, str]]:
        """Every table and column that holds the word, whatever its case and accents."""
        found = []
        for table, column in self.ask(COLUMNS):
            asked = (
                f"""SELECT 1 FROM "{table}" WHERE passeur_fold("{column}"::text) LIKE '%{word}%' LIMIT 1"""  # noqa: S608
            )
            if self.ask(asked):
                found.append((table, column))
        return found

    def files(self) -> dict[str, bytes]:
        """What lies in the data folder, but for what is made again."""
        return {
            str(path.relative_to(self.folder)): path.read_bytes()
            for name in ("files", "secret-key")
            for path in sorted([self.folder / name, *(self.folder / name).rglob("*")])
            if path.is_file()
        }


class Anew(Protocol):
    """Makes places where nothing is yet, or where there are tables and nothing in them."""

    def __call__(self, *, tables: bool = False) -> Place: ...


@pytest.fixture(scope="session")
def anew(tmp_path_factory) -> Iterator[Anew]:
    made: list[str] = []

    def make(*, tables: bool = False) -> Place:
        name = f"backup_{uuid.uuid4().hex[:12]}"
        migrated.on_server(
            "CREATE DATABASE {} TEMPLATE {}", name, migrated.database() if tables else "template0"
        )
        made.append(name)
        return Place(tmp_path_factory.mktemp("place"), migrated.address(name))

    yield make
    for name in made:
        migrated.on_server("DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture(scope="session")
def lived_in(anew: Anew) -> Place:
    """A Passeur that people use, with files."""
    place = anew(tables=True)
    sha256 = place.python(PEOPLE).strip()
    assert place.passeur("worker", "--until-empty").returncode == 0  # the search knows them
    kept = place.folder / "files" / sha256[:2] / sha256[2:4] / sha256
    assert kept.exists()
    return place


@pytest.fixture(scope="session")
def archive(lived_in: Place, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it."""
    shelf = tmp_path_factory.mktemp("shelf")
    done = lived_in.passeur("backup", shelf)
    assert done.returncode == 0, done.stderr
    (path,) = shelf.glob("*.zip")
    return path
