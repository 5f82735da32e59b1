"""The record store on a cluster of Citus, for real: `CITUS_URL` names the coordinator, as an administrator.

    CITUS_URL=postgresql://postgres@127.0.0.1:5432/postgres pytest tests/citus

A database is made for the run on each of the cluster's nodes, and dropped.
"""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

pytestmark = pytest.mark.skipif(
    not os.environ.get("CITUS_URL"),
    reason="CITUS_URL names no cluster: the rules alone are tested (test_tables)",
)
PROGRAM = [sys.executable, "-c", "from passeur.project.cli import main; main()"]
SPREAD = "SELECT logicalrelid::text, partmethod::text, colocationid FROM pg_dist_partition ORDER BY 1"
NODES = "SELECT nodename, nodeport FROM pg_dist_node WHERE groupid <> 0 AND isactive"
ROOT = Path(__file__).parents[2]


@dataclass
class Cluster:
    """A database over the nodes of a cluster, the tables of Passeur in it."""

    url: str
    name: str
    folder: Path

    def ask(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url, autocommit=True) as connection:
            cursor = connection.execute(query.encode(), values or None)
            return cursor.fetchall() if cursor.description else []

    def passeur(self, *words: str) -> str:
        return self.run(*PROGRAM, *words)

    def run(self, *words: str, **more: str) -> str:
        given = {**os.environ, "DATABASE_URL": self.url, "DATA_DIR": str(self.folder), **more}
        given.pop("PASSEUR_TESTS", None)
        done = subprocess.run(words, cwd=ROOT, env=given, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        return done.stdout.replace("\u202f", " ").replace("\xa0", " ")  # no-break spaces read as spaces here


@pytest.fixture(scope="module")
def cluster(tmp_path_factory) -> Iterator[Cluster]:
    given = urlsplit(os.environ["CITUS_URL"])
    name = f"spread_{uuid.uuid4().hex[:12]}"

    def at(database: str, host: str = given.hostname or "", port: int = given.port or 5432) -> Any:
        who = given.netloc.rpartition("@")[0]
        place = urlunsplit(given._replace(netloc=f"{who}@{host}:{port}", path=f"/{database}"))
        return psycopg.connect(place, autocommit=True)

    nodes: list[tuple[Any, ...]] = [
        (given.hostname, given.port or 5432),
        *at(given.path.strip("/")).execute(NODES).fetchall(),
    ]
    # pytest-django takes the database `test_<name>` that it finds.
    database = f"test_{name}"

    def drop(*node: Any) -> None:
        at("postgres", *node).execute(f'DROP DATABASE "{database}" WITH (FORCE)')

    with ExitStack() as made:
        for node in nodes:
            at("postgres", *node).execute(f'CREATE DATABASE "{database}"')
            made.callback(drop, *node)
            at(database, *node).execute("CREATE EXTENSION citus")
        coordinator = at(database)
        coordinator.execute("SELECT citus_set_coordinator_host(%s, %s)", nodes[0])
        for node in nodes[1:]:
            coordinator.execute("SELECT citus_add_node(%s, %s)", node)
        if not nodes[1:]:
            coordinator.execute("SELECT citus_set_node_property(%s, %s, 'shouldhaveshards', true)", nodes[0])
        coordinator.close()
        place = Cluster(
            urlunsplit(given._replace(path=f"/{database}")), name, tmp_path_factory.mktemp("cluster")
        )
        place.passeur("migrate")
        yield place


def statements(many: int) -> str:
    one = {
        "actor": {"mbox": "mailto:lea@lms.example"},
        "verb": {"id": "https://example.org/verbs/read"},
        "object": {"id": "https://lms.example/course/1"},
    }
    keys = (str(uuid.uuid5(uuid.NAMESPACE_URL, f"statement {number}")) for number in range(many))
    return "".join(json.dumps({"id": key, **one}) + "\n" for key in keys)


def test_what_was_there_is_spread_and_kept_and_the_next_months_are_spread_by_themselves(cluster):
    file = cluster.folder / "statements.jsonl"
    file.write_text(statements(500))
    cluster.passeur("records", "import", str(file))
    before = cluster.ask("SELECT id, stored, body::text FROM records_statement ORDER BY stored")
    assert len(before) == 500

    cluster.passeur("records", "distribute")
    tables = {table: (method, together) for table, method, together in cluster.ask(SPREAD)}
    assert {"records_statement", "records_statementid", "records_echo", "records_document"} <= tables.keys()
    ours = [tables[name] for name in ("records_statement", "records_statementid", "records_echo")]
    assert len(set(ours)) == 1  # rows of one id lie on one node
    assert ours[0][0] == "h"
    parts = cluster.ask("SELECT DISTINCT shard_count FROM citus_tables")
    assert parts == [(max(8, 4 * max(1, len(cluster.ask(NODES)))),)]
    assert cluster.ask("SHOW citus.max_adaptive_executor_pool_size") == [("1",)]
    assert cluster.ask("SELECT id, stored, body::text FROM records_statement ORDER BY stored") == before
    shares = cluster.ask(
        "SELECT nodeport, sum(shard_size) FROM citus_shards"
        " WHERE table_name::text LIKE 'records_statement_%%' GROUP BY 1"
    )
    assert len(shares) == max(1, len(cluster.ask(NODES)))
    assert all(size > 0 for _, size in shares)

    # Sent again, all of it is known; asked again, nothing is left to do; a month to come is spread.
    assert "nouvelles : 0" in cluster.passeur("records", "import", str(file))
    assert "Tables réparties : 0" in cluster.passeur("records", "distribute")
    month = (
        "import datetime, django; django.setup()\n"
        "from passeur.records.services import partitions\n"
        "partitions.make(datetime.date(2031, 1, 1))"
    )
    cluster.run(sys.executable, "-c", month, DJANGO_SETTINGS_MODULE="passeur.project.settings")
    assert ("records_statement_2031_01", "h") in [row[:2] for row in cluster.ask(SPREAD)]
    cluster.ask("DROP TABLE records_statement_2031_01")


def test_the_rooms_own_tests_pass_on_it(cluster):
    cluster.passeur("records", "distribute")
    cluster.ask("TRUNCATE records_statement, records_statementid, records_echo")
    for (month,) in cluster.ask(
        "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'records_statement'::regclass"
    ):
        cluster.ask(f"DROP TABLE {month}")
    cluster.ask("TRUNCATE records_agent, records_activity CASCADE")
    url = cluster.url.replace(f"test_{cluster.name}", cluster.name)
    cluster.run(  # fails unless they all pass
        sys.executable, "-m", "pytest", "-q", "--reuse-db", "src/passeur/records",
        DATABASE_URL=url,
    )  # fmt: skip
