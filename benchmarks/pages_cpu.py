"""What a page costs the processor, and its floor, in one process without a server. Prints JSON.

    python benchmarks/pages_cpu.py DATA_DIR [--requests 50] [--only question ...]

On a machine that is shared, times say more of the others than of the page: a long answer is interrupted, a
short one slips through. Here each request is asked in the process itself, and its time is the process's own
(`time.process_time`): Django, templates and the client side of the database. Milliseconds, the median of so
many requests after a few to warm up; `queries` of one of them. `database` is what its connection cost
PostgreSQL meanwhile, the mean of these requests, where Linux tells (`/proc`). `yardstick` is the time of one
and the same loop before and after, to compare machines and moments.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import django

Ask = Callable[[str], None]


def main() -> None:
    """Measure the pages of one folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--requests", type=int, default=50)
    parser.add_argument("--only", nargs="*", default=[])
    given = parser.parse_args()
    folder = given.folder.resolve()
    os.environ |= {
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "pages_settings",
        "PASSEUR_HASHED_STATIC": "1",
        "PASSEUR_LOG_LEVEL": "ERROR",
    }
    from passeur.foundation.postgres import server

    with server.running(folder) as private:
        os.environ["DATABASE_URL"] = private.url
        django.setup()
        print(json.dumps(measured(given.requests, given.only), indent=2))


def measured(requests: int, only: Sequence[str]) -> dict[str, Any]:
    """Every page and its floor."""
    from pages_of import chosen

    from passeur.project.serve import static

    static.collect()
    before, sample = yardstick(), chosen()
    pages = {
        name: costs(page, requests) for name, page in sample["pages"].items() if not only or name in only
    }
    return {"sizes": sample["sizes"], "yardstick": [before, yardstick()], "pages": pages}


def costs(page: Mapping[str, Any], requests: int) -> dict[str, Any]:
    """One page, its floor, and how many times the floor it costs."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ask = asking(page["cookie"])
    found: dict[str, Any] = {}
    found["page"], found["database"] = cost(ask, page["paths"], requests), of_database(ask, page["paths"])
    with CaptureQueriesContext(connection) as captured:
        ask(page["paths"][-1])
    found["queries"] = len(captured)
    if page["floors"]:
        floors = [f"/floor{path}" for path in page["floors"]]
        found["floor"], found["database_of_floor"] = cost(ask, floors, requests), of_database(ask, floors)
        found["ratio"] = round(found["page"] / found["floor"], 1)
    return found


def asking(cookie: str) -> Ask:
    """Asks for a path, as the member of that session."""
    from django.core.wsgi import get_wsgi_application
    from django.test import RequestFactory

    application = get_wsgi_application()
    headers = {"cookie": f"sessionid={cookie}", "accept-encoding": "gzip", "host": "127.0.0.1"}

    def ask(path: str) -> None:
        statuses: list[str] = []

        def start(status: str, fields: Any, problem: Any = None) -> Callable[[bytes], object]:
            statuses.append(status)
            return len

        answer = application(RequestFactory().get(path, headers=headers).environ, start)
        b"".join(answer)
        answer.close()
        if not statuses[0].startswith("200"):
            raise SystemExit(f"{path}: {statuses[0]}")

    return ask


def cost(ask: Ask, paths: Sequence[str], requests: int) -> float:
    """Milliseconds of processor, the median."""
    for path in paths[:5]:
        ask(path)
    return statistics.median(times(ask, [paths[number % len(paths)] for number in range(requests)]))


def of_database(ask: Ask, paths: Sequence[str], requests: int = 60) -> float | None:
    """Milliseconds of processor of the process of PostgreSQL that answers us, for each request."""
    told = Path(f"/proc/{_backend()}/schedstat")
    if not told.exists():
        return None
    before = int(told.read_text().split()[0])
    for number in range(requests):
        ask(paths[number % len(paths)])
    return round((int(told.read_text().split()[0]) - before) / requests / 1e6, 1)


def _backend() -> int:
    from django.db import connection

    connection.ensure_connection()
    return int(connection.connection.info.backend_pid)


def times(ask: Ask, paths: Iterable[str]) -> list[float]:
    taken = []
    for path in paths:
        start = time.process_time()
        ask(path)
        taken.append(round((time.process_time() - start) * 1000, 1))
    return taken


def yardstick() -> float:
    """Milliseconds of three million rounds of a small loop."""
    start, total = time.process_time(), 0
    for number in range(3_000_000):
        total += number * number % 7
    return round((time.process_time() - start) * 1000)


if __name__ == "__main__":
    main()
