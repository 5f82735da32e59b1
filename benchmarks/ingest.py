"""How fast statements come in over HTTP, against PostgreSQL's own rate for the same rows.

    python benchmarks/ingest.py
    python benchmarks/ingest.py --store /srv/ten_thousand --store /srv/ten_million

Serves as `passeur serve` does; two workers send batches of 50, each on a line that stays open. The floor,
in rounds between: the same rows by a bare multi-row INSERT through psycopg, two connections, a transaction
a batch, into a table with the same columns and indexes on the same server, that of ids included; once into
one that was empty (`floor`), once into one that holds the rows of the month that is written (`full_floor`),
so that its indexes are as deep as the store's own. All commit durably. Stores are data folders, each with
its private server; where none is given it is that of `DATABASE_URL`. Several take turns in each round, so
that the rest of the machine slows all of them. Prints JSON: of each store the statements per second of each
round, the medians, their ratios and how many bytes PostgreSQL wrote into its log (WAL) for a statement, and
how fast the last store is beside the first.
"""

from __future__ import annotations

import argparse
import base64
import http.client
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from grounds import stand

PROGRAM = [sys.executable, "-c", "from passeur.project.cli import main; main()"]
BATCH = 50
VERBS = ["initialized", "played", "paused", "seeked", "completed", "answered", "passed", "terminated"]
COLUMNS = (
    "id, stored, timestamp, verb, activity, actor, registration, authority, agents, related_agents,"
    " related_activities, attachments, is_voided, body"
)


def statement(chance: random.Random) -> dict[str, Any]:
    """One of 2,000 people and 200 activities."""
    course = chance.randrange(20)
    return {
        "id": str(UUID(int=chance.getrandbits(128), version=4)),
        "actor": {"account": {"homePage": "https://lms.example", "name": f"p{chance.randrange(2000)}"}},
        "verb": {"id": f"https://w3id.org/xapi/video/verbs/{chance.choice(VERBS)}", "display": {"en": "did"}},
        "object": {
            "id": f"https://lms.example/course/{course}/{chance.randrange(10)}",
            "definition": {
                "type": "https://w3id.org/xapi/video/activity-type/video",
                "name": {"en": "A video"},
            },
        },
        "result": {
            "score": {"scaled": round(chance.random(), 3)},
            "extensions": {"https://e.org/t": chance.random()},
        },
        "context": {
            "registration": str(UUID(int=chance.getrandbits(16))),
            "contextActivities": {
                "parent": [{"id": f"https://lms.example/course/{course}"}],
                "category": [{"id": "https://w3id.org/xapi/video"}],
            },
        },
        "timestamp": "2026-11-28T09:00:00Z",
    }


def timed(workers: int, work: Callable[[int], int]) -> float:
    """Statements per second of all workers together; each gives how many it wrote."""
    counts = [0] * workers
    lines = [threading.Thread(target=lambda n=n: counts.__setitem__(n, work(n))) for n in range(workers)]
    begun = time.perf_counter()
    for line in lines:
        line.start()
    for line in lines:
        line.join()
    return sum(counts) / (time.perf_counter() - begun)


def send(port: int, token: str, bodies: list[bytes]) -> int:
    """Post batches on one connection."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {
        "Authorization": f"Basic {token}",
        "X-Experience-API-Version": "2.0.0",
        "Content-Type": "application/json",
    }
    for body in bodies:
        line.request("POST", "/xapi/statements", body, headers)
        answer = line.getresponse()
        told = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{answer.status}: {told.decode()}")
    line.close()
    return len(bodies) * BATCH


def insert(url: str, batches: list[list[tuple[Any, ...]]], table: str = "floor") -> int:
    """The same rows by INSERT … VALUES, a transaction a batch."""
    one = f"({', '.join(['%s'] * 14)})"
    sql = f"INSERT INTO {table} ({COLUMNS}) VALUES {', '.join([one] * BATCH)}"
    with psycopg.connect(url, cursor_factory=psycopg.ClientCursor) as connection:
        for rows in batches:
            connection.execute(sql.encode(), [value for row in rows for value in row])
            connection.commit()
    return len(batches) * BATCH


def rows_of(statements: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """What the store writes of them."""
    import datetime as dt

    from passeur.algorithms.xapi.prepared import prepare
    from passeur.algorithms.xapi.reading import objects_of
    from passeur.algorithms.xapi.statements import Edition

    written, _ = objects_of(json.dumps(statements))
    by = {"account": {"homePage": "http://127.0.0.1", "name": "floor"}}
    rows = []
    for one in written:
        made, at = prepare(one, Edition.TWO, by, where="statement"), dt.datetime.now(dt.UTC)
        found = made.found
        rows.append(
            (
                made.id, at, made.timestamp, found.verb, found.activity, found.actor, found.registration,
                UUID(int=1), list(found.agents), list(found.related_agents), list(found.related_activities),
                made.hashes, False, made.body(at),
            )
        )  # fmt: skip
    return rows


def make_floor(url: str) -> None:
    """Two tables like a month of statements, its indexes and one of ids: one empty, one with its rows."""
    with psycopg.connect(url, autocommit=True) as connection:
        [(month,)] = connection.execute(_MONTH).fetchall()
        for table in ("floor", "full_floor"):
            connection.execute(f"DROP TABLE IF EXISTS {table}".encode())
            connection.execute(f"CREATE TABLE {table} (LIKE {month} INCLUDING DEFAULTS)".encode())
            connection.execute(f"ALTER TABLE {table} ALTER attachments DROP DEFAULT".encode())
        connection.execute(f"INSERT INTO full_floor SELECT * FROM {month}".encode())
        for table in ("floor", "full_floor"):
            # Made once the rows are there, as quickly as PostgreSQL can; each as the month itself has it.
            connection.execute(f"ALTER TABLE {table} ADD PRIMARY KEY (stored, id), ADD UNIQUE (id)".encode())
            for (made,) in connection.execute(_INDEXES, [month]).fetchall():
                connection.execute(
                    re.sub(r"^CREATE INDEX \S+ ON \S+", f"CREATE INDEX ON {table}", made).encode()
                )
        connection.execute("VACUUM (ANALYZE) full_floor")


_MONTH = """
SELECT coalesce(
    to_regclass(to_char(now() AT TIME ZONE 'UTC', '"records_statement_"YYYY_MM')),
    (SELECT min(inhrelid::regclass) FROM pg_inherits WHERE inhparent = 'records_statement'::regclass)
)::text
"""
_INDEXES = """
SELECT pg_get_indexdef(indexrelid) FROM pg_index
 WHERE indrelid = %s::regclass AND NOT indisunique ORDER BY indexrelid
"""


@contextmanager
def served(processes: int, url: str) -> Iterator[int]:
    """`passeur serve`, pages alone, on the database of `url`."""
    from live import free_port

    port = free_port()
    environment = {
        **os.environ, "DATABASE_URL": url, "PASSEUR_LOG_LEVEL": "ERROR",
        "PASSEUR_ADDRESS": f"http://127.0.0.1:{port}",
    }  # fmt: skip
    options = ["--port", str(port), "--processes", str(processes), "--threads", "2", "--workers", "0"]
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(
            [*PROGRAM, "serve", *options], env={**environment, "DATA_DIR": folder}, stdout=subprocess.DEVNULL
        ) as server,
    ):
        try:
            for _ in range(120):
                time.sleep(0.5)
                try:
                    line = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
                    line.request("GET", "/xapi/about")
                    if line.getresponse().status == 200:
                        break
                except OSError:
                    continue
            yield port
        finally:
            server.terminate()
            server.wait(30)


@dataclass
class Store:
    """A store that is measured: where it is, and what came of each round."""

    name: str
    url: str
    port: int
    token: str
    there: int
    ours: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)
    full_floor: list[float] = field(default_factory=list)
    logged: list[float] = field(default_factory=list)

    def round(self, bodies: list[list[bytes]], rows: list[list[list[tuple[Any, ...]]]]) -> None:
        """The same batches over HTTP and by hand, a worker each."""
        before = written(self.url)
        self.ours.append(timed(len(bodies), lambda n: send(self.port, self.token, bodies[n])))
        self.logged.append((written(self.url) - before) / sum(len(one) * BATCH for one in bodies))
        self.floor.append(timed(len(rows), lambda n: insert(self.url, rows[n])))
        self.full_floor.append(timed(len(rows), lambda n: insert(self.url, rows[n], "full_floor")))

    def told(self) -> dict[str, Any]:
        """All of it but the first round, which warms up."""
        ours, floor, full = (
            statistics.median(rates[1:]) for rates in (self.ours, self.floor, self.full_floor)
        )
        return {
            "store": self.name,
            "there_before": self.there,
            "statements_per_second": [round(one) for one in self.ours[1:]],
            "floor_per_second": [round(one) for one in self.floor[1:]],
            "full_floor_per_second": [round(one) for one in self.full_floor[1:]],
            "median": round(ours),
            "floor_median": round(floor),
            "full_floor_median": round(full),
            "share_of_floor": round(ours / floor, 2),
            "share_of_full_floor": round(ours / full, 2),
            "log_bytes_a_statement": [round(one) for one in self.logged],
        }


def written(url: str) -> int:
    """How many bytes PostgreSQL has written into its log (WAL) so far."""
    with psycopg.connect(url) as connection:
        [(given,)] = connection.execute("SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint").fetchall()
    return int(given)


@contextmanager
def stands(name: str, processes: int) -> Iterator[Store]:
    """The store of a data folder with settings, else of `DATABASE_URL`: a client, an empty floor, served."""
    with ExitStack() as held:
        here = dict(os.environ)
        folder, *settings = name.split(",")
        if folder:
            from passeur.foundation.postgres import places, server

            place = Path(folder).resolve()
            held.enter_context(server.running(place, settings=settings))
            here |= {"DATA_DIR": str(place), "DATABASE_URL": places.url(place, user=places.ADMIN)}
        url = here["DATABASE_URL"]
        made = subprocess.run(
            [sys.executable, "-c", "from standing import a_client; a = a_client(); print(a.key, a.secret)"],
            env=here, cwd=Path(__file__).parent, check=True,
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        key, secret = made.stdout.split()[-2:]
        make_floor(url)
        with psycopg.connect(url) as connection:
            [(there,)] = connection.execute("SELECT count(*) FROM records_statementid").fetchall()
        port = held.enter_context(served(processes, url))
        yield Store(name, url, port, base64.b64encode(f"{key}:{secret}".encode()).decode(), there)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument(
        "--store", action="append", default=[],
        help="a data folder, and after commas settings of its server: /srv/ten,max_wal_size=1GB",
    )  # fmt: skip
    asked.add_argument("--batches", type=int, default=60, help="of each worker in each round")
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--processes", type=int, default=2, help="of the server")
    given = asked.parse_args()
    os.environ.setdefault("SECRET_KEY", "only for a benchmark, where nothing is secret, whatever it says")
    if not given.store:
        stand()
    chance = random.Random(os.getpid())  # a store that stands has the ids of earlier runs
    with ExitStack() as held:
        stores = [held.enter_context(stands(one, given.processes)) for one in given.store or [""]]
        for number in range(given.rounds + 1):
            for store in stores if number % 2 else reversed(stores):
                lists = [
                    [[statement(chance) for _ in range(BATCH)] for _ in range(given.batches)]
                    for _ in range(given.workers)
                ]
                store.round(
                    [[json.dumps(batch).encode() for batch in one] for one in lists],
                    [[rows_of(batch) for batch in one] for one in lists],
                )
    told: dict[str, Any] = {"stores": [store.told() for store in stores]}
    if len(stores) > 1:
        first, last = stores[0], stores[-1]
        by_round = [
            round(after / before, 2) for before, after in zip(first.ours[1:], last.ours[1:], strict=True)
        ]
        told["last_beside_first"] = {"by_round": by_round, "median": statistics.median(by_round)}
    print(json.dumps(told | {"load_average": round(os.getloadavg()[0], 1)}))


if __name__ == "__main__":
    main()
