"""How long the roll-up of one day of statements takes, against PostgreSQL grouping the same rows.

Fills the store with a day of activity: people, a community of ten, one or two of its forty themes, a verb.
Then the roll-up reads all of it (tallies, totals, bitmaps, in steps of its own), and a bare GROUP BY of the
same statements by person, verb and what they are about runs before and after it. Prints JSON: seconds of
both, and their ratio.

    python benchmarks/rollups.py --statements 1000000 --people 100000
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable

from grounds import stand

BARE = """
SELECT count(*) FROM (
    SELECT actor, verb, related_activities[1:2], count(*) FROM records_statement GROUP BY 1, 2, 3
) AS grouped
"""
COMMUNITIES, THEMES = 10, 40
FILL = """
INSERT INTO records_statement ( id, stored, timestamp, verb, activity, actor, authority, agents,
related_agents, related_activities, place, attachments, is_voided, body ) SELECT gen_random_uuid(),
%(day)s::timestamptz + n * interval '1 microsecond', %(day)s::timestamptz + (n %% 80000) * interval '1
second', (%(verbs)s::uuid[])[1 + n %% %(kinds)s], md5('thing ' || n)::uuid, p.key, %(own)s, ARRAY[p.key],
ARRAY[p.key, md5('person ' || (n * 7919) %% %(people)s)::uuid], ARRAY[(%(communities)s::uuid[])[1 +
c.place], (%(themes)s::uuid[])[1 + c.place * %(each)s + n %% %(each)s], (%(themes)s::uuid[])[1 + c.place *
%(each)s + (n / 7) %% %(each)s], md5('thing ' || n)::uuid, md5('parent ' || n / 5)::uuid],
md5((c.place * %(each)s + n %% %(each)s) || '/' || (c.place * %(each)s + (n / 7) %% %(each)s))::uuid,
'{}', false,
json_build_object('verb', json_build_object('id', (%(iris)s::text[])[1 + n %% %(kinds)s]), 'filler',
repeat('x', 600)) FROM generate_series(1::bigint, %(statements)s) AS n CROSS JOIN LATERAL (SELECT (n * 31 %%
%(count)s)::int AS place) AS c CROSS JOIN LATERAL (SELECT md5('person ' || (n * 104729) %% %(people)s)::uuid
AS key) AS p
"""


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def fill(statements: int, people: int) -> None:
    """The communities, their themes, and a day of statements."""
    import datetime as dt

    from django.db import connection

    from passeur.communities.models import Community
    from passeur.records import protocols as records
    from passeur.records.services import partitions
    from passeur.skills.models import Theme

    day = dt.datetime.now(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0) - dt.timedelta(days=1)
    partitions.make(partitions.month_of(day))
    verbs = [records.ASKED, records.ANSWERED, records.COMMENTED, records.REACTED, records.EDITED]
    communities = [
        Community.objects.create(slug=f"c{n}", name=f"C{n}", purpose="") for n in range(COMMUNITIES)
    ]
    themes = []
    for one in communities:
        for n in range(THEMES):
            made = Theme.objects.create(community=one, name=f"T{n}", folded=f"t{n}", slug=f"t{n}")
            Theme.objects.filter(pk=made.pk).update(path=f"/{made.pk}/")
            themes.append(records.theme(made.pk).key)
    with connection.cursor() as cursor:
        cursor.execute(
            FILL,
            {
                "day": day, "verbs": [one.key for one in verbs], "iris": [one.iri for one in verbs],
                "kinds": len(verbs), "own": records.authority_key(), "people": people, "each": THEMES,
                "communities": [records.community(one.pk).key for one in communities], "themes": themes,
                "count": COMMUNITIES, "statements": statements,
            },
        )  # fmt: skip
        cursor.execute("VACUUM ANALYZE records_statement")


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
    from django.db import connection

    from passeur.engagement.services import advance_all

    call_command("migrate", verbosity=0)
    fill(asked.statements, asked.people)

    def group() -> None:
        with connection.cursor() as cursor:
            cursor.execute(BARE)

    bare = [seconds(group) for _ in range(2)]
    counted = 0

    def roll() -> None:
        nonlocal counted
        counted = advance_all()

    rolled = seconds(roll)
    bare += [seconds(group) for _ in range(2)]
    floor = statistics.median(bare)
    print(
        json.dumps(
            {
                "statements": counted, "people": asked.people, "roll_up_seconds": round(rolled, 2),
                "group_by_seconds": [round(one, 2) for one in bare], "ratio": round(rolled / floor, 2),
                "load": os.getloadavg(),
            }
        )
    )  # fmt: skip


if __name__ == "__main__":
    main()
