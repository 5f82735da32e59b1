"""Who replied by team, and who did something for the first time, in each block of four weeks that is over.

Each block is counted once, of who belonged then, like the network: a page reads a few rows of it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from ..choices import Milestone
from ..models import Reached, TeamReplies
from ..queries import bitmaps
from ..queries.slices import BLOCK, DAY, block_of

BLOCKS_BACK = 13

_REPLIES = """
SELECT a.bit, sum(t.replies)
  FROM engagement_tie t JOIN engagement_actor a ON a.id = t.source JOIN engagement_actor b ON b.id = t.target
 WHERE t.community = %s AND t.day BETWEEN %s AND %s AND a.bit <> b.bit GROUP BY 1
"""
# All of the past of a community, once in four weeks: what is first is known only of whoever was there before.
_FIRST = {
    Milestone.QUESTION: """
SELECT a.bit, min((x.asked_at AT TIME ZONE %(zone)s)::date)
  FROM engagement_exchange x JOIN engagement_actor a ON a.id = x.asker
 WHERE x.community = %(community)s AND x.asks GROUP BY 1
""",
    Milestone.REPLY: """
SELECT a.bit, min(t.day)
  FROM engagement_tie t JOIN engagement_actor a ON a.id = t.source JOIN engagement_actor b ON b.id = t.target
 WHERE t.community = %(community)s AND a.bit <> b.bit GROUP BY 1
""",
    Milestone.ACCEPTED: """
SELECT a.bit, min((x.accepted_at AT TIME ZONE %(zone)s)::date)
  FROM engagement_exchange x JOIN engagement_actor a ON a.id = x.helper
 WHERE x.community = %(community)s AND x.accepted_at IS NOT NULL AND x.helper IS DISTINCT FROM x.asker
 GROUP BY 1
""",
    Milestone.EXPERIENCE: """
SELECT a.bit, min((x.asked_at AT TIME ZONE %(zone)s)::date)
  FROM engagement_exchange x JOIN engagement_actor a ON a.id = x.asker
 WHERE x.community = %(community)s AND x.kind = 'experience' GROUP BY 1
""",
}


def remember(today: dt.date | None = None) -> int:
    """The blocks that are over and were not counted yet; how many were."""
    now = block_of(today or timezone.localdate())
    begun = [now - DAY * BLOCK * number for number in range(1, BLOCKS_BACK + 1)]
    there = set(TeamReplies.objects.filter(begun__in=begun, team="").values_list("community", "begun"))
    groups = bitmaps.groups(_communities(), with_teams=True)
    made = 0
    for community in sorted({number for number, _team in groups.rows}):
        missing = sorted(day for day in begun if (community, day) not in there)
        if missing:
            with transaction.atomic():
                _count_replies(groups, community, missing)
                _count_firsts(groups, community, missing)
            made += len(missing)
    return made


def is_missing() -> bool:
    """Whether a community has no counts at all: nobody should wait an hour for the first ones."""
    counted = set(TeamReplies.objects.filter(team="").values_list("community", flat=True).distinct())
    return not counted.issuperset(_communities())


def _communities() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT community FROM engagement_population")
        return [row[0] for row in cursor.fetchall()]


def _count_replies(groups: bitmaps.Groups, community: int, blocks: Iterable[dt.date]) -> None:
    rows = []
    for begun in blocks:
        everybody = groups.in_block(community, "", begun)
        teams = {team: groups.in_block(community, team, begun) for team in groups.teams(community)}
        people, replies = Counter({"": 0}), Counter({"": 0})
        with connection.cursor() as cursor:
            cursor.execute(_REPLIES, [community, begun, begun + DAY * (BLOCK - 1)])
            for bit, number in cursor.fetchall():
                if everybody >> bit & 1:
                    team = next((name for name, bits in teams.items() if bits >> bit & 1), "")
                    people[team] += 1
                    replies[team] += int(number)
        rows += [
            TeamReplies(community=community, begun=begun, team=team, people=people[team], replies=number)
            for team, number in replies.items()
        ]
    TeamReplies.objects.bulk_create(rows, ignore_conflicts=True)


def _count_firsts(groups: bitmaps.Groups, community: int, blocks: Iterable[dt.date]) -> None:
    there = {begun: groups.in_block(community, "", begun) for begun in blocks}
    counts: dict[tuple[dt.date, str], int] = defaultdict(int)
    for milestone, sql in _FIRST.items():
        with connection.cursor() as cursor:
            cursor.execute(sql, {"community": community, "zone": settings.TIME_ZONE})
            for bit, day in cursor.fetchall():
                counts[block_of(day), milestone] += there.get(block_of(day), 0) >> bit & 1
    Reached.objects.bulk_create(
        [
            Reached(
                community=community,
                begun=begun,
                milestone=milestone,
                people=people.bit_count(),
                count=counts[begun, milestone],
            )
            for begun, people in there.items()
            for milestone in _FIRST
        ],
        ignore_conflicts=True,
    )
