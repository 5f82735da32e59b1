"""Fills the record store with invented statements, as the store itself would have written them.

    python benchmarks/filling.py 10000000

On the server that `DATABASE_URL` names. Keys, columns and words are those of `records`; the shape is that of
`ingest.py`, spread over 13 weeks and over more people and activities the more statements there are. The rows
are made by PostgreSQL, month by month, into tables that become partitions once they are full, so that indexes
are built once. Prints JSON: how many, in how many seconds.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import time
from typing import Any

import psycopg
from grounds import stand

VERBS = ["initialized", "played", "paused", "seeked", "completed", "answered", "passed", "terminated"]
WEEKS = 13  # as long as statements are kept, unless set otherwise

_THINGS = """
CREATE TEMP TABLE verb (n int PRIMARY KEY, key uuid, iri text);
CREATE TEMP TABLE person (n int PRIMARY KEY, key uuid);
CREATE TEMP TABLE activity (n int PRIMARY KEY, key uuid, course uuid);
"""
# People and activities are drawn unevenly: the first tenth of them is in about a third of the statements.
_ROWS = """
INSERT INTO {table} (id, stored, timestamp, verb, activity, actor, registration, authority, agents,
                     related_agents, related_activities, attachments, is_voided, body)
SELECT d.id, d.stored, d.stored - interval '1 second', v.key, a.key, p.key, d.registration, %(authority)s,
       ARRAY[p.key], ARRAY[p.key, %(authority_agent)s], ARRAY[a.key, a.course, %(profile)s], '{{}}', false,
       format('{{"id":"%%s","actor":{{"account":{{"homePage":"https://lms.example","name":"p%%s"}}}},'
              '"verb":{{"id":"%%s","display":{{"en":"did"}}}},'
              '"object":{{"id":"https://lms.example/course/%%s/%%s","definition":{{'
              '"type":"https://w3id.org/xapi/video/activity-type/video","name":{{"en":"A video"}}}}}},'
              '"result":{{"score":{{"scaled":%%s}},"extensions":{{"https://e.org/t":%%s}}}},'
              '"context":{{"registration":"%%s","contextActivities":{{'
              '"parent":[{{"id":"https://lms.example/course/%%s"}}],'
              '"category":[{{"id":"https://w3id.org/xapi/video"}}]}}}},'
              '"timestamp":"%%s","authority":%%s,"version":"2.0.0","stored":"%%s"}}',
              d.id, d.person, v.iri, d.activity / 10, d.activity %% 10, d.score, d.score, d.registration,
              d.activity / 10, d.told, %(authority_json)s, d.told)::json
  FROM (SELECT g.id, g.stored, g.person, g.activity, g.verb, g.score,
               md5(g.person || '/' || g.activity / 10)::uuid AS registration,
               to_char(g.stored AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS told
          FROM (SELECT gen_random_uuid() AS id, %(start)s::timestamptz + n * %(step)s::interval AS stored,
                       floor(power(random(), 2) * %(people)s)::int AS person,
                       floor(power(random(), 2) * %(activities)s)::int AS activity,
                       floor(random() * {verbs})::int AS verb,
                       round(random()::numeric, 3) AS score
                  FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS n) AS g) AS d
  JOIN verb v ON v.n = d.verb JOIN person p ON p.n = d.person JOIN activity a ON a.n = d.activity
"""


def fill(url: str, many: int, *, authority: Any, authority_key: Any) -> None:
    """Put `many` statements into the store of `url`, which has none yet: vouched for by `authority`."""
    from passeur.algorithms.xapi.keys import key_of, key_of_agent
    from passeur.records.services.partitions import following, month_of, name_of

    people, activities = spread(many)
    now = dt.datetime.now(dt.UTC)
    start = now - dt.timedelta(weeks=WEEKS)
    step = (now - start) / (many + 1)
    values = {
        "authority": authority_key, "authority_agent": key_of_agent(authority),
        "authority_json": json.dumps(authority, separators=(",", ":")),
        "profile": key_of("https://w3id.org/xapi/video"), "start": start, "step": step,
        "people": people, "activities": activities,
    }  # fmt: skip
    with psycopg.connect(url, autocommit=True, cursor_factory=psycopg.ClientCursor) as connection:
        connection.execute("SET maintenance_work_mem = '1GB'; SET work_mem = '256MB'; SET TIME ZONE 'UTC'")
        connection.execute("SET max_parallel_workers_per_gather = 0; SET synchronous_commit = off")
        connection.execute(_THINGS)
        _copy(connection, "verb", [(key_of(iri_of_verb(n)), iri_of_verb(n)) for n in range(len(VERBS))])
        _copy(connection, "person", [(key_of_agent(agent(n)),) for n in range(people)])
        _copy(
            connection, "activity",
            [(key_of(iri_of_activity(n)), key_of(f"https://lms.example/course/{n // 10}"))
             for n in range(activities)],
        )  # fmt: skip
        connection.execute("ANALYZE verb; ANALYZE person; ANALYZE activity")
        month, first = month_of(start), 1
        while first <= many:
            after = following(month)
            end = dt.datetime.combine(after, dt.time(), dt.UTC)
            # Dates go to the microsecond: PostgreSQL's steps and ours are the same.
            last = min(many, -((start - end) // step) - 1)
            table, sides = f'"{name_of(month)}"', (f"{month} 00:00:00+00", f"{after} 00:00:00+00")
            connection.execute(f"DROP TABLE IF EXISTS {table}")
            connection.execute(
                f"CREATE TABLE {table} (LIKE records_statement INCLUDING DEFAULTS INCLUDING CONSTRAINTS)"
            )
            if last >= first:
                connection.execute(
                    _ROWS.format(table=table, verbs=len(VERBS)),
                    values | {"first": first, "last": last},
                )
            connection.execute(
                f"ALTER TABLE records_statement ATTACH PARTITION {table} FOR VALUES FROM (%s) TO (%s)", sides
            )
            month, first = after, max(first, last + 1)
        connection.execute("INSERT INTO records_statementid SELECT id, stored FROM records_statement")
        connection.execute(
            "SELECT setval('records_stored', (extract(epoch FROM max(stored)) * 1e6)::bigint)"
            " FROM records_statement"
        )
        connection.execute("VACUUM ANALYZE records_statement; ")
        connection.execute("VACUUM ANALYZE records_statementid")


def spread(many: int) -> tuple[int, int]:
    """(people, activities) among whom so many statements are spread."""
    return max(2_000, many // 500), max(200, many // 2_000)


def agent(number: int) -> dict[str, Any]:
    """A person of an LMS."""
    return {"account": {"homePage": "https://lms.example", "name": f"p{number}"}}


def iri_of_verb(number: int) -> str:
    """A verb."""
    return f"https://w3id.org/xapi/video/verbs/{VERBS[number]}"


def iri_of_activity(number: int) -> str:
    """An activity; ten of them make a course."""
    return f"https://lms.example/course/{number // 10}/{number % 10}"


def _copy(connection: psycopg.Connection[Any], table: str, rows: list[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN".encode()) as copy:
        for number, row in enumerate(rows):
            copy.write_row((number, *row))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("statements", type=int, nargs="?", default=10_000)
    many = asked.parse_args().statements
    stand()
    from standing import a_client

    made = a_client()
    begun = time.perf_counter()
    fill(
        os.environ["DATABASE_URL"],
        many,
        authority=made.client.authority,
        authority_key=made.client.authority_key,
    )
    print(json.dumps({"statements": many, "seconds": round(time.perf_counter() - begun, 1)}))


if __name__ == "__main__":
    main()
