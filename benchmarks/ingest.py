"""How fast statements come in over HTTP, against PostgreSQL's own rate for the same rows.

Serves as `passeur serve` does; two workers send batches of 50, each on a line that stays open. The floor, in
rounds between: the same rows by a bare multi-row INSERT through psycopg, two connections, a transaction a
batch, into a table with the same columns and indexes on the same server. Both commit durably. Prints JSON:
statements per second of each round, the medians, and their ratio.
"""

from __future__ import annotations

import argparse
import base64
import http.client
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
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


def insert(batches: list[list[tuple[Any, ...]]]) -> int:
    """The same rows by INSERT … VALUES, a transaction a batch."""
    one = f"({', '.join(['%s'] * 14)})"
    sql = f"INSERT INTO floor ({COLUMNS}) VALUES {', '.join([one] * BATCH)}"
    with psycopg.connect(os.environ["DATABASE_URL"], cursor_factory=psycopg.ClientCursor) as connection:
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


def make_floor() -> None:
    """A table like a month of statements, indexes with it, and nothing in it."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        (month,) = connection.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits"
            " WHERE inhparent = 'records_statement'::regclass LIMIT 1"
        ).fetchone()  # type: ignore[misc]
        connection.execute("DROP TABLE IF EXISTS floor")
        connection.execute(f"CREATE TABLE floor (LIKE {month} INCLUDING ALL)".encode())
        connection.execute("ALTER TABLE floor ALTER attachments DROP DEFAULT")


@contextmanager
def served(processes: int) -> Iterator[int]:
    """`passeur serve`, pages alone."""
    from live import free_port

    port = free_port()
    environment = {**os.environ, "PASSEUR_LOG_LEVEL": "ERROR", "PASSEUR_ADDRESS": f"http://127.0.0.1:{port}"}
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


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--batches", type=int, default=60, help="of each worker in each round")
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--processes", type=int, default=2, help="of the server")
    given = asked.parse_args()
    stand()
    os.environ.setdefault("SECRET_KEY", "only for a benchmark, where nothing is secret, whatever it says")
    subprocess.run([*PROGRAM, "migrate"], check=True, stdout=subprocess.DEVNULL)
    import django

    django.setup()
    from django.utils import timezone

    from passeur.records import services
    from passeur.records.choices import Scope
    from passeur.records.models import Client
    from passeur.records.services import partitions

    partitions.make_ahead(timezone.now())
    made = services.create(name="Benchmark", scopes=[Scope.ALL], by=None)
    Client.objects.filter(pk=made.client.pk).update(per_minute=1_000_000)
    token = base64.b64encode(f"{made.key}:{made.secret}".encode()).decode()
    make_floor()
    chance = random.Random(1)
    ours: list[float] = []
    floor: list[float] = []
    with ExitStack() as held:
        port = held.enter_context(served(given.processes))
        for number in range(given.rounds + 1):
            lists = [
                [[statement(chance) for _ in range(BATCH)] for _ in range(given.batches)]
                for _ in range(given.workers)
            ]
            bodies = [[json.dumps(batch).encode() for batch in one] for one in lists]
            rows = [[rows_of(batch) for batch in one] for one in lists]
            rates = (
                timed(given.workers, lambda n: send(port, token, bodies[n])),  # noqa: B023
                timed(given.workers, lambda n: insert(rows[n])),  # noqa: B023
            )
            if number:  # the first round warms up
                ours.append(rates[0])
                floor.append(rates[1])
    print(
        json.dumps(
            {
                "statements_per_second": [round(one) for one in ours],
                "floor_per_second": [round(one) for one in floor],
                "median": round(statistics.median(ours)),
                "floor_median": round(statistics.median(floor)),
                "share_of_floor": round(statistics.median(ours) / statistics.median(floor), 2),
                "load_average": round(os.getloadavg()[0], 1),
            }
        )
    )


if __name__ == "__main__":
    main()
