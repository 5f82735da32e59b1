"""What the roll-up of one day of statements costs, against PostgreSQL grouping the same rows.

Fills the store with a day of activity: members, who act in two of ten communities with forty themes each, one
or two themes, a verb, a thing that is defined, two fifths of the statements replies to somebody. Then, twice
(nobody was met before; everybody was), the roll-up reads all of it: tallies, ties, totals, bitmaps. Beside it
stand two bare GROUP BY that write nothing: *narrow* takes three columns as they stand in the row; *grain* is
what tallies are kept by (day, member, communities and themes, verb, kind of thing), each read where it
stands. Before it prints, it checks that there are as many tallies as groups of *grain*, and as many
statements in them.

    python benchmarks/rollups.py --statements 1000000 --people 100000

Prints JSON: seconds of the processor, of the server and ours, and of the clock; and how often the roll-up
takes that of each GROUP BY, each of which has its better time of two sizes of `work_mem`.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grounds import stand

NARROW = """
SELECT count(*), sum(many) FROM (
    SELECT actor, verb, related_activities[1:2], count(*) AS many FROM records_statement GROUP BY 1, 2, 3
) AS grouped
"""
GRAIN = """
SELECT count(*), sum(many) FROM (
    SELECT (s.timestamp AT TIME ZONE %s)::date, s.actor, s.place, s.verb, a.definition ->> 'type',
           count(*) AS many
      FROM records_statement s LEFT JOIN records_activity a ON a.key = s.activity GROUP BY 1, 2, 3, 4, 5
) AS grouped
"""
FLOORS = {"narrow": NARROW, "grain": GRAIN}
MEMORY = ("16MB", "256MB")
COMMUNITIES, THEMES = 10, 40
# Three of five make a thing; the other two are about the first of the five.
FILL = """
INSERT INTO records_statement ( id, stored, timestamp, verb, activity, actor, authority, agents,
related_agents, related_activities, place, attachments, is_voided, body ) SELECT gen_random_uuid(),
%(day)s::timestamptz + n * interval '1 microsecond', %(day)s::timestamptz + (n %% 80000) * interval '1
second', (%(verbs)s::uuid[])[1 + n %% 5], t.key, p.key, %(own)s, ARRAY[p.key], ARRAY[p.key, o.key, %(own)s],
ARRAY[(%(communities)s::uuid[])[1 + w.community], (%(themes)s::uuid[])[1 + w.one], (%(themes)s::uuid[])[1 +
w.other], t.key, md5('parent ' || n / 5)::uuid], md5('place ' || w.one || ' ' || w.other)::uuid, '{}', false,
json_build_object('verb', json_build_object('id', (%(iris)s::text[])[1 + n %% 5]), 'filler', repeat('x', 600))
FROM generate_series(1::bigint, %(statements)s) AS n CROSS JOIN LATERAL (SELECT abs(hashint8(n)::bigint) AS
one, abs(hashint8(-n)::bigint) AS other) AS h CROSS JOIN LATERAL (SELECT h.one %% %(people)s AS person, (h.one
%% %(people)s + (n %% 7 = 0)::int) %% %(count)s AS community) AS d CROSS JOIN LATERAL (SELECT d.community,
d.community * %(each)s + least(h.one / 1000 %% %(each)s, h.other %% %(each)s) AS one, d.community * %(each)s +
greatest(h.one / 1000 %% %(each)s, h.other %% %(each)s) AS other) AS w CROSS JOIN LATERAL (SELECT md5('thing '
|| CASE WHEN n %% 5 < 3 THEN n ELSE n - n %% 5 END)::uuid AS key) AS t JOIN bench_person p ON p.number =
d.person JOIN bench_person o ON o.number = h.other %% %(people)s ORDER BY n
"""
FILL_THINGS = """
INSERT INTO records_activity (key, iri, definition)
SELECT md5('thing ' || n)::uuid, 'https://passeur.example/id/contribution/' || n,
       jsonb_build_object('type', (%(types)s::text[])[1 + n %% 5])
  FROM generate_series(0::bigint, %(statements)s) AS n WHERE n %% 5 < 3
"""
FILL_AGENTS = """
INSERT INTO records_agent (key, kind, value, home, name, is_group, link)
SELECT key, 'account', member, %s, '', false, '' FROM bench_person
"""
COUNTED = "SELECT count(*), sum(statements) FROM engagement_tally"
ROLLED = "engagement_tally, engagement_tie, engagement_total, engagement_presence, engagement_dirty"


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds: of the server's processor, of ours, of the clock."""

    server: float
    ours: float
    clock: float

    @property
    def processor(self) -> float:
        return self.server + self.ours


def measured(work: Callable[[], object]) -> Spent:
    """What it costs; the server works for us in one process."""
    from django.db import connection

    process = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")

    def of_server() -> float:
        return int(process.read_text().split()[0]) / 1e9

    server, ours, clock = of_server(), time.process_time(), time.perf_counter()
    work()
    return Spent(of_server() - server, time.process_time() - ours, time.perf_counter() - clock)


def asked_of(sql: str, values: Any = None) -> tuple[Any, ...]:
    """The row that a query gives; none where it gives no rows at all."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone() if cursor.description else ()


def fill(statements: int, people: int) -> None:
    """The members, the communities, their themes, and a day of statements."""
    from passeur.accounts.models import Member
    from passeur.communities.models import Community
    from passeur.records import protocols as records
    from passeur.records.services import partitions
    from passeur.skills.models import Theme

    day = dt.datetime.now(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0) - dt.timedelta(days=1)
    partitions.make(partitions.month_of(day))
    verbs = [records.ASKED, records.ANSWERED, records.COMMENTED, records.REACTED, records.EDITED]
    kinds = [records.QUESTION, records.REPLY, records.COMMENT, records.QUESTION, records.QUESTION]
    members = Member.objects.bulk_create(
        [Member(name=f"Member {n}", handle=f"member-{n}", password="!") for n in range(people)],
        batch_size=5000,
    )
    asked_of("CREATE TEMPORARY TABLE bench_person (number bigint PRIMARY KEY, key uuid, member text)")
    asked_of(
        "INSERT INTO bench_person SELECT * FROM unnest(%s::bigint[], %s::uuid[], %s::text[])",
        [
            list(range(people)), [records.key_of_member(one.pk) for one in members],
            [str(one.pk) for one in members],
        ],
    )  # fmt: skip
    asked_of(FILL_AGENTS, [records.home()])
    communities = [
        Community.objects.create(slug=f"c{n}", name=f"C{n}", purpose="") for n in range(COMMUNITIES)
    ]
    themes = []
    for one in communities:
        for n in range(THEMES):
            made = Theme.objects.create(community=one, name=f"T{n}", folded=f"t{n}", slug=f"t{n}")
            Theme.objects.filter(pk=made.pk).update(path=f"/{made.pk}/")
            themes.append(records.theme(made.pk).key)
    given = {
        "day": day, "verbs": [one.key for one in verbs], "iris": [one.iri for one in verbs],
        "types": [one.iri for one in kinds], "own": records.authority_key(), "people": people, "each": THEMES,
        "communities": [records.community(one.pk).key for one in communities], "themes": themes,
        "count": COMMUNITIES, "statements": statements,
    }  # fmt: skip
    asked_of(FILL, given)
    asked_of(FILL_THINGS, given)
    for table in ("records_statement", "records_activity", "records_agent", "accounts_member"):
        asked_of(f"VACUUM ANALYZE {table}")
    asked_of("CHECKPOINT")


def forget() -> None:
    """As before the day was rolled up, but for everybody, every word and every place, which are known."""
    from passeur.engagement.models import Progress
    from passeur.engagement.models.rolled import EPOCH

    Progress.objects.update(through=EPOCH)
    asked_of(f"TRUNCATE {ROLLED}")
    asked_of("VACUUM ANALYZE engagement_actor")
    asked_of("CHECKPOINT")


def floors() -> dict[str, Spent]:
    """Each GROUP BY, the middle of three by the processor, with the memory it likes better."""
    from django.conf import settings

    told: dict[str, Spent] = {}
    for name, sql in FLOORS.items():
        best: list[Spent] = []
        for memory in MEMORY:
            asked_of("SELECT set_config('work_mem', %s, false)", [memory])
            values = [settings.TIME_ZONE] if name == "grain" else None
            some = [measured(lambda sql=sql, values=values: asked_of(sql, values)) for _ in range(3)]  # type: ignore[misc]
            best.append(sorted(some, key=lambda one: one.processor)[1])
        asked_of("RESET work_mem")
        told[name] = min(best, key=lambda one: one.processor)
    return told


def report() -> dict[str, Any]:
    """What the roll-up of the day that is there costs, twice, and the GROUP BY beside it."""
    from django.conf import settings

    from passeur.engagement.services import advance_all

    told: dict[str, Any] = {}
    for name in ("everybody new", "everybody known"):
        if told:
            forget()
        before = floors()
        rolled = measured(advance_all)
        after = floors()
        groups = asked_of(GRAIN, [settings.TIME_ZONE])
        if (counted := asked_of(COUNTED)) != groups:
            raise SystemExit(f"{counted} tallies and statements, where there are {groups}")
        told[name] = {
            "tallies": counted[0], "server": round(rolled.server, 2), "ours": round(rolled.ours, 2),
            "clock": round(rolled.clock, 2),
        }  # fmt: skip
        for floor in FLOORS:
            spent = [one[floor] for one in (before, after)]
            processor = statistics.mean(one.processor for one in spent)
            clock = statistics.mean(one.clock for one in spent)
            told[name][floor] = {
                "processor": round(processor, 2), "clock": round(clock, 2),
                "times by processor": round(rolled.processor / processor, 2),
                "times by clock": round(rolled.clock / clock, 2),
            }  # fmt: skip
    return told


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--people", type=int, default=100_000)
    asked = parser.parse_args()
    stand()
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    fill(asked.statements, asked.people)
    told = {"statements": asked.statements, "people": asked.people, **report()}
    told["load"] = [round(one, 1) for one in os.getloadavg()]
    print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
