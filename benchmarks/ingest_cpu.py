"""What a statement that comes in costs the processor, against a bare INSERT of the same rows.

    python benchmarks/ingest_cpu.py

One process without a server of HTTP, on the store of `DATABASE_URL`, in turns with its floors (the tables
and the INSERT of `ingest.py`). Counts processor time of our process and of that of PostgreSQL behind it, so
that whoever else uses the machine hardly counts. Before it counts, so many batches pass that most people
were met (`--warm`): a store that stands has met them. Prints JSON: microseconds a statement, medians over
batches.
"""

from __future__ import annotations

import argparse
import base64
import io
import json
import os
import random
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from grounds import stand
from ingest import BATCH, COLUMNS, make_floor, rows_of, statement
from standing import a_client

_ONE = f"({', '.join(['%s'] * 14)})"
_INSERT = f"INSERT INTO {{}} ({COLUMNS}) VALUES {', '.join([_ONE] * BATCH)}"


def poster(token: str) -> Callable[[bytes], None]:
    """Posts in this process, as a server of WSGI would."""
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()

    def post(body: bytes) -> None:
        environ = {
            "REQUEST_METHOD": "POST", "PATH_INFO": "/xapi/statements", "QUERY_STRING": "",
            "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000", "wsgi.input": io.BytesIO(body),
            "wsgi.url_scheme": "http", "CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": "application/json",
            "HTTP_AUTHORIZATION": f"Basic {token}", "HTTP_X_EXPERIENCE_API_VERSION": "2.0.0",
        }  # fmt: skip
        status: list[str] = []
        told = b"".join(application(environ, lambda line, headers, error=None: status.append(line)))  # type: ignore[arg-type]
        if not status[0].startswith("200"):
            raise SystemExit(f"{status[0]}: {told.decode()}")

    return post


def spent(work: Callable[[], Any], backend: Callable[[], int]) -> tuple[float, float]:
    """Microseconds a statement: (ours, PostgreSQL's)."""
    ours, theirs = time.process_time(), _of(backend())
    work()
    return (time.process_time() - ours) * 1e6 / BATCH, (_of(backend()) - theirs) * 1e6 / BATCH


def _of(process: int) -> float:
    return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--batches", type=int, default=60)
    asked.add_argument("--warm", type=int, default=60)
    given = asked.parse_args()
    stand()
    os.environ["PASSEUR_LOG_LEVEL"] = "ERROR"
    made = a_client()
    make_floor(os.environ["DATABASE_URL"])
    from django.db import connection

    post = poster(base64.b64encode(f"{made.key}:{made.secret}".encode()).decode())
    chance = random.Random(os.getpid())
    costs: dict[str, list[tuple[float, float]]] = {"store": [], "floor": [], "full_floor": []}
    with psycopg.connect(os.environ["DATABASE_URL"], cursor_factory=psycopg.ClientCursor) as bare:
        (size,) = bare.execute(
            "SELECT reltuples::bigint FROM pg_class WHERE relname = 'records_statementid'"
        ).fetchone()  # type: ignore[misc]

        def insert(table: str, values: list[Any]) -> None:
            bare.execute(_INSERT.format(table).encode(), values)
            bare.commit()

        for number in range(given.batches + given.warm):
            batch = [statement(chance) for _ in range(BATCH)]
            body = json.dumps(batch).encode()
            values = [value for row in rows_of(batch) for value in row]
            connection.ensure_connection()
            ours = spent(lambda body=body: post(body), lambda: connection.connection.info.backend_pid)  # type: ignore[misc]
            by_hand = [
                spent(partial(insert, table, values), lambda: bare.info.backend_pid)
                for table in ("floor", "full_floor")
            ]
            if number >= given.warm:
                for name, cost in zip(costs, [ours, *by_hand], strict=True):
                    costs[name].append(cost)
    told = {
        name: {
            "ours": round(statistics.median(ours for ours, _ in many), 1),
            "postgresql": round(statistics.median(theirs for _, theirs in many), 1),
            "both": round(statistics.median(sum(cost) for cost in many), 1),
        }
        for name, many in costs.items()
    }
    shares = {
        f"share_of_{name}": round(told[name]["both"] / told["store"]["both"], 2)
        for name in ("floor", "full_floor")
    }
    print(json.dumps({"there_before": size, **told, **shares, "load_average": os.getloadavg()[0]}))


if __name__ == "__main__":
    main()
