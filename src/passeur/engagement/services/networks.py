"""Ties of 90 days made into counts, once a block of four weeks is over: a page reads one row of them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

import numpy as np
from django.db import connection
from django.utils import timezone

from passeur.algorithms.measures.centrality import centralities
from passeur.algorithms.measures.network import Met, gather, links, openness, reciprocity, standing

from ..models import Network
from ..queries import bitmaps
from ..queries.slices import BLOCK, block_of

WINDOW = 90
"""Days."""
BLOCKS_BACK = 13
"""Blocks of four weeks of which the last day is made, once. Other days are not: windows that end a week apart
share nearly all of their days, and tell of whoever came or left between them (decision 36)."""

_REPLIES = """
SELECT a.bit, b.bit, sum(t.replies), t.day
  FROM engagement_tie t JOIN engagement_actor a ON a.id = t.source JOIN engagement_actor b ON b.id = t.target
 WHERE t.community = %s AND t.day BETWEEN %s AND %s GROUP BY 1, 2, 4
"""
_TOGETHER = """
SELECT a.bit, b.bit, count(DISTINCT p.exchange_id), max(greatest(p.day, q.day))
  FROM engagement_participant p
  JOIN engagement_participant q ON q.exchange_id = p.exchange_id AND q.actor > p.actor
  JOIN engagement_actor a ON a.id = p.actor JOIN engagement_actor b ON b.id = q.actor
 WHERE p.community = %(community)s AND greatest(p.day, q.day) BETWEEN %(first)s AND %(last)s
   AND p.day <= %(last)s AND q.day <= %(last)s
 GROUP BY 1, 2
"""

_SITES = """
SELECT DISTINCT ON (a.bit) a.bit, m.site
  FROM engagement_actor a JOIN accounts_member m ON m.id = a.member_id
 WHERE a.bit = ANY(%s::int[]) AND m.site <> '' AND m.merged_into_id IS NULL ORDER BY a.bit, a.id
"""


def remember(today: dt.date | None = None) -> int:
    """The counts of the blocks that are over and have none; how many were made."""
    begun = block_of(today or timezone.localdate())
    ends = [begun - dt.timedelta(days=1 + BLOCK * number) for number in range(BLOCKS_BACK)]
    groups = bitmaps.groups(_communities(), with_teams=True)
    whole = Network.objects.filter(day__in=ends, closeness__isnull=False).exclude(links={})
    there = set(whole.values_list("community", "day"))
    missing = [
        (community, day)
        for community in sorted({number for number, _ in groups.rows})
        for day in ends
        if (community, day) not in there
    ]
    for community, day in missing:
        make(groups, community, day)
    return len(missing)


def is_missing() -> bool:
    """Whether a community has no counts at all: nobody should wait an hour for the first ones."""
    counted = set(Network.objects.values_list("community", flat=True).distinct())
    return not counted.issuperset(_communities())


def _communities() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT community FROM engagement_population")
        return [row[0] for row in cursor.fetchall()]


def make(groups: bitmaps.Groups, community: int, day: dt.date) -> None:
    """The counts of the 90 days that end with a day, of who belonged in one of the weeks of its block."""
    people = _places(groups.in_block(community, "", day))
    ties = gather(people, _met(community, day))
    team_of: dict[int, str] = {}
    for team in groups.teams(community):
        team_of.update(dict.fromkeys(_places(groups.in_block(community, team, day)), team))
    stands, mutual, (whole, by_team) = standing(ties), reciprocity(ties), openness(ties, team_of)
    places = centralities(ties)
    sizes = Counter(team_of.values())
    Network.objects.update_or_create(
        community=community,
        day=day,
        defaults={
            "people": len(people),
            "isolated": int(np.count_nonzero(stands.isolated)),
            "unheard": int(np.count_nonzero(stands.unheard)),
            "one_tie": int(np.count_nonzero(stands.one_tie)),
            "mutual": mutual.count,
            "connected": mutual.of,
            "tied": len(ties.pairs),
            "closeness": float(places.closeness.mean()) if people else 0.0,
            "half": places.half_hangs_on,
            "external": whole.external,
            "internal": whole.internal,
            "teams": {
                team: [size, *by_team.get(team, (0, 0))] for team, size in sorted(sizes.items())
            },
            "links": {
                kind: {
                    "people": dict(sorted(Counter(group_of.values()).items())),
                    "pairs": [[*key, count] for key, count in sorted(links(ties, group_of).items())],
                }
                for kind, group_of in (("team", team_of), ("site", _sites(people)))
            },
        },
    )  # fmt: skip


def _sites(people: list[int]) -> dict[int, str]:
    """Of each person, where they work now; nobody who has not said."""
    with connection.cursor() as cursor:
        cursor.execute(_SITES, [people])
        return dict(cursor.fetchall())


def _met(community: int, day: dt.date) -> Iterator[Met]:
    first = day - dt.timedelta(days=WINDOW - 1)
    with connection.cursor() as cursor:
        cursor.execute(_REPLIES, [community, first, day])
        for source, target, replies, at in cursor.fetchall():
            yield Met(source, target, replies, 0, (day - at).days)
        cursor.execute(_TOGETHER, {"community": community, "first": first, "last": day})
        for source, target, exchanges, at in cursor.fetchall():
            yield Met(source, target, 0, exchanges, (day - at).days)


def _places(bits: int) -> list[int]:
    """The numbers of the bits that are set."""
    raw = np.frombuffer(bits.to_bytes((bits.bit_length() + 7) // 8, "little"), dtype=np.uint8)
    places: list[int] = np.flatnonzero(np.unpackbits(raw, bitorder="little")).tolist()
    return places
