"""What a page of statements costs, with each combination of filters, against SQL written by hand.

    python benchmarks/filling.py 10000000 && python benchmarks/get_statements.py

On the store of `DATABASE_URL`, filled. Every combination of agent, verb, activity, registration, `since` with
`until`, `related_agents`, `related_activities` and `ascending` is asked for pages of 25 and of 500; formats
on top. Half of the questions take all their values from one statement, so that there is an answer; half take
each from another one, so that common values meet in few statements or in none, where a plan can go wrong.

*Page* is the whole request in one process: gate, query, answer. The *bare* floor is one SELECT of the same
page through psycopg, the better of two ways to write it (in the order of `stored` until the page is full; or
all that match first, then sorted), each the better of two readings. The floor that is *served* is that SELECT
as JSON from a view of the same application, which asks for the same credentials, in the same statement. Each
the best of three. Prints JSON: milliseconds, of the processor too (ours, not PostgreSQL's), and ratios.
"""

from __future__ import annotations

import argparse
import base64
import io
import itertools
import json
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

import psycopg
from grounds import stand
from standing import a_client

PATIENCE = 60_000  # ms; a way of writing the floor that takes longer is not the better one
_SAMPLE = """
SELECT body::text FROM records_statement
 WHERE stored >= (SELECT min(stored) + %s * (max(stored) - min(stored)) FROM records_statement)
 ORDER BY stored LIMIT 1
"""
_IN_ORDER = "SELECT body::text FROM records_statement WHERE {where} ORDER BY stored {order} LIMIT {limit}"
_ALL_FIRST = """
WITH found AS MATERIALIZED (SELECT id, stored FROM records_statement WHERE {where}),
     listed AS MATERIALIZED (SELECT id, stored FROM found ORDER BY stored {order} LIMIT {limit})
SELECT s.body::text FROM listed l JOIN records_statement s USING (id, stored) ORDER BY l.stored {order}
"""

Question = dict[str, str]


def combinations() -> Iterator[tuple[str, ...]]:
    """Names of the filters that are set."""
    agents: list[tuple[str, ...]] = [(), ("agent",), ("agent", "related_agents")]
    activities: list[tuple[str, ...]] = [(), ("activity",), ("activity", "related_activities")]
    others = [("verb",), ("registration",), ("since", "until"), ("ascending",)]
    for agent, activity in itertools.product(agents, activities):
        for count in range(len(others) + 1):
            for chosen in itertools.combinations(others, count):
                yield (*agent, *activity, *itertools.chain(*chosen))


def question(names: tuple[str, ...], given: Callable[[], Any], limit: int) -> Question:
    """Parameters of a request; `given` says the statement from which the next value comes."""
    made: Question = {"limit": str(limit)}
    for name in names:
        one = given()
        if name == "agent":
            made[name] = json.dumps(one["actor"])
        elif name == "activity":
            of_course = "related_activities" in names
            made[name] = (
                one["context"]["contextActivities"]["parent"][0]["id"] if of_course else one["object"]["id"]
            )
        elif name == "verb":
            made[name] = one["verb"]["id"]
        elif name == "registration":
            made[name] = one["context"]["registration"]
        elif name in {"since", "until"}:
            made[name] = one["stored"]
        else:
            made[name] = "true"
    if "since" in made:
        made["since"], made["until"] = sorted((made["since"], given()["stored"]))
    return made


def conditions(asked: Question) -> tuple[str, list[Any]]:
    """What stands after WHERE."""
    from passeur.algorithms.xapi.keys import key_of, key_of_agent

    found: list[tuple[str, Any]] = [("NOT is_voided", None)]
    if "agent" in asked:
        column = "related_agents" if "related_agents" in asked else "agents"
        found.append((f"{column} @> ARRAY[%s::uuid]", key_of_agent(json.loads(asked["agent"]))))
    if "activity" in asked:
        key = key_of(asked["activity"])
        is_related = "related_activities" in asked
        found.append(("related_activities @> ARRAY[%s::uuid]" if is_related else "activity = %s::uuid", key))
    if "verb" in asked:
        found.append(("verb = %s::uuid", key_of(asked["verb"])))
    for name, sql in (
        ("registration", "registration = %s::uuid"),
        ("since", "stored > %s::timestamptz"),
        ("until", "stored <= %s::timestamptz"),
    ):
        if name in asked:
            found.append((sql, asked[name]))
    return " AND ".join(sql for sql, _ in found), [value for _, value in found if value is not None]


class Bare(NamedTuple):
    """The better way to ask by hand: its milliseconds, how many statements, and how it is asked."""

    took: float
    many: int
    sql: str
    values: list[Any]


def floors(connection: psycopg.Connection[Any], asked: Question) -> Bare:
    """The page by hand, without a server."""
    where, values = conditions(asked)
    order = "ASC" if "ascending" in asked else "DESC"
    best = Bare(float("inf"), 0, "", values)
    for shape in (_IN_ORDER, _ALL_FIRST):
        sql = shape.format(where=where, order=order, limit=int(asked["limit"]) + 1)
        for _ in range(2):
            begun = time.perf_counter()
            try:
                rows = connection.execute(sql.encode(), values).fetchall()
            except psycopg.errors.QueryCanceled:
                break
            ",".join(row[0] for row in rows)
            best = min(best, Bare((time.perf_counter() - begun) * 1000, len(rows), sql, values))
            if best.took < PATIENCE:  # the other way need not be waited for longer than this one took
                connection.execute(f"SET statement_timeout = {int(best.took * 2) + 20}".encode())
    connection.execute(f"SET statement_timeout = {PATIENCE}".encode())
    return best


_asked_by_hand: list[Bare] = []


def serve_floors() -> None:
    """Have the application answer at /xapi/floor what was last put into `_asked_by_hand`."""
    from django.db import connection
    from django.http import HttpResponse
    from django.urls import path

    from passeur.project import urls
    from passeur.records.queries import clients
    from passeur.records.views import gate

    def by_hand(asked: Any) -> HttpResponse:
        bare = _asked_by_hand[-1]
        stands, given = (
            (f"{clients.STANDS}; ", clients.standing(asked.client)) if asked.remembered else ("", ())
        )
        with connection.cursor() as cursor:
            cursor.execute(stands + bare.sql, [*given, *bare.values])
            if stands:
                cursor.nextset()
            rows = cursor.fetchall()
        return gate.json_answer(f'{{"statements":[{",".join(row[0] for row in rows)}],"more":""}}')

    urls.urlpatterns.insert(0, path("xapi/floor", gate.resource(confirms=True, GET=by_hand)))


class Asked(NamedTuple):
    """Milliseconds by the clock and of the processor, and how many statements."""

    took: float
    spent: float
    many: int


def asker(token: str, path: str = "/xapi/statements") -> Callable[[Question], Asked]:
    """Asks in this process, as a server of WSGI would."""
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()

    def ask(asked: Question) -> Asked:
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": urlencode(asked),
            "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000", "wsgi.input": io.BytesIO(),
            "wsgi.url_scheme": "http",
            "HTTP_AUTHORIZATION": f"Basic {token}", "HTTP_X_EXPERIENCE_API_VERSION": "2.0.0",
        }  # fmt: skip
        status: list[str] = []
        begun, before = time.perf_counter(), time.process_time()
        body = b"".join(application(environ, lambda line, headers, error=None: status.append(line)))  # type: ignore[arg-type]
        took, spent = (time.perf_counter() - begun) * 1000, (time.process_time() - before) * 1000
        if not status[0].startswith("200"):
            raise SystemExit(f"{status[0]}: {body.decode()}")
        told = json.loads(body)
        return Asked(took, spent, len(told["statements"]) + bool(told["more"]))

    return ask


def summary(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Of the ratios to both floors: median, 95th percentile, the worst, how many are beyond 3."""
    return {
        "asked": len(rows),
        **{of: _spread(sorted(row["page"] / row[of] for row in rows)) for of in ("served", "bare")},
        **{
            f"{name}_ms": round(statistics.median(row[name] for row in rows), 2)
            for name in ("page", "served", "bare", "page_processor", "served_processor")
        },
    }


def _spread(ratios: list[float]) -> dict[str, Any]:
    return {
        "median": round(statistics.median(ratios), 2),
        "95%": round(ratios[int(len(ratios) * 0.95)], 2),
        "worst": round(ratios[-1], 2),
        "beyond_3": sum(ratio > 3 for ratio in ratios),
    }


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--rounds", type=int, default=1)
    given.add_argument("--slowest", type=int, default=12, help="questions told one by one")
    options = given.parse_args()
    stand()
    os.environ["PASSEUR_LOG_LEVEL"] = "ERROR"
    made = a_client()
    serve_floors()
    token = base64.b64encode(f"{made.key}:{made.secret}".encode()).decode()
    ask, ask_by_hand = asker(token), asker(token, "/xapi/floor")
    chance = random.Random(7)
    rows: list[dict[str, Any]] = []
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"SET statement_timeout = {PATIENCE}".encode())
        (size,) = connection.execute("SELECT count(*) FROM records_statementid").fetchone()  # type: ignore[misc]

        def drawn() -> Any:
            (body,) = connection.execute(_SAMPLE, [chance.random()]).fetchone()  # type: ignore[misc]
            return json.loads(body)

        for _ in range(options.rounds):
            for names, limit, is_crossed in itertools.product(combinations(), (25, 500), (False, True)):
                one = drawn()
                asked = question(names, drawn if is_crossed else lambda one=one: one, limit)  # type: ignore[misc]
                if not is_crossed and "since" in asked:
                    asked["since"], asked["until"] = "2000-01-01T00:00:00Z", one["stored"]
                bare = floors(connection, asked)
                _asked_by_hand.append(bare)
                tries = [(ask(asked), ask_by_hand({})) for _ in range(3)]
                page, served = (min(one) for one in zip(*tries, strict=True))
                if not page.many == served.many == bare.many:
                    raise SystemExit(f"{asked}: {page.many} statements, and by hand {bare.many}")
                rows.append({
                    "filters": " ".join(names), "limit": limit, "crossed": is_crossed, "found": bare.many,
                    "page": round(page.took, 2), "served": round(served.took, 2), "bare": round(bare.took, 2),
                    "page_processor": page.spent, "served_processor": served.spent,
                    "ratio": round(page.took / served.took, 2),
                })  # fmt: skip
        formats = {}
        for form in ("exact", "ids", "canonical"):
            formats[form] = round(
                statistics.median(ask({"limit": "500", "format": form}).took for _ in range(9)), 1
            )
    over = [row for row in rows if row["page"] > 10]
    print(json.dumps({
        "statements": size,
        "all": summary(rows),
        "pages_of_500": summary([row for row in rows if row["found"] > 500]),
        "over_10_ms": summary(over) if over else None,
        "slowest": sorted(rows, key=lambda row: -row["page"])[: options.slowest],
        "furthest": sorted(rows, key=lambda row: -row["ratio"])[: options.slowest],
        "formats_ms": formats,
        "load_average": round(os.getloadavg()[0], 1),
    }, indent=1))  # fmt: skip


if __name__ == "__main__":
    main()
