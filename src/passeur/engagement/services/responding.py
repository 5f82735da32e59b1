"""Days of response: the exchanges asked on a day in a community and in each theme, with their waits in bins.

A day is made again from its exchanges wherever one of them changed, and its week from its days. After an
import all days changed, each of them many times: they are marked, and made once.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from passeur.algorithms.measures.bins import bin_of
from passeur.communities.choices import Role
from passeur.skills import queries as skills

from ..models import Exchange, ResponseDay
from ..queries import bitmaps
from . import day_rows, places, weeks

HOUR = dt.timedelta(hours=1)
DAYS = 200
"""Marked days made in one transaction."""
WITHOUT = -1
"""The theme of what has none."""

_MARK = """
INSERT INTO engagement_changedday (community, day) SELECT * FROM unnest(%s::int[], %s::date[])
"""
_MARK_COMMUNITY = """
INSERT INTO engagement_changedday (community, day)
SELECT DISTINCT community, (asked_at AT TIME ZONE %s)::date FROM engagement_exchange WHERE community = %s
"""
# A mark is added and never changed, so that whoever tells of exchanges waits for nobody, and one that is not
# committed yet is still there afterwards.
_TAKE = """
DELETE FROM engagement_changedday m USING (
    SELECT DISTINCT community, day FROM engagement_changedday ORDER BY community, day LIMIT %s
) t WHERE m.community = t.community AND m.day = t.day
RETURNING m.community, m.day
"""
_FORGET = """
WITH forgotten AS (
    DELETE FROM engagement_teamday WHERE community = %(community)s AND day = ANY(%(days)s::date[])
)
DELETE FROM engagement_responseday WHERE community = %(community)s AND day = ANY(%(days)s::date[])
"""
_WITHOUT_TEAMS = """
SELECT p.community FROM (SELECT DISTINCT community FROM engagement_population) p
 WHERE EXISTS (SELECT FROM engagement_responseday r WHERE r.community = p.community)
   AND NOT EXISTS (SELECT FROM engagement_teamday t WHERE t.community = p.community)
"""
_BARE = """
SELECT d.community, d.day
  FROM (
    SELECT DISTINCT community, day FROM engagement_responseday WHERE theme = 0 AND exchanges IS NULL
  ) d
 WHERE NOT EXISTS (
       SELECT FROM engagement_exchange e
        WHERE e.community = d.community AND e.reached IS NULL AND e.asker IS NOT NULL
          AND e.asked_at >= d.day::timestamp AT TIME ZONE %(zone)s
          AND e.asked_at < (d.day + 1)::timestamp AT TIME ZONE %(zone)s
 )
"""
_EXCHANGES = """
SELECT d.day, e.asked_at, e.themes, e.kind, e.asks, e.replied_at, e.due_at, e.closed_at,
       e.accepted_at IS NOT NULL, e.is_resolved, e.is_first, coalesce(e.is_helpful, false), a.bit,
       e.channel, e.words, e.reached, e.is_useful
  FROM unnest(%s::date[]) AS d (day)
  JOIN engagement_exchange e
    ON e.asked_at >= d.day::timestamp AT TIME ZONE %s
   AND e.asked_at < (d.day + 1)::timestamp AT TIME ZONE %s
  JOIN engagement_actor a ON a.id = e.asker
 WHERE e.community = %s AND NOT EXISTS (
       SELECT FROM engagement_actor o JOIN accounts_member m ON m.id = o.member_id
        WHERE o.bit = a.bit AND (m.is_machine OR EXISTS (
              SELECT FROM communities_membership s
               WHERE s.member_id = m.id AND s.community_id = e.community AND s.role = %s AND s.left_at IS NULL
        ))
   )
 ORDER BY e.asked_at, e.number
"""


def day_of(at: dt.datetime) -> dt.date:
    """The day of response on which something was asked, where the site is."""
    return timezone.localdate(at)


def mark(days: Iterable[tuple[int, dt.date]]) -> None:
    """These (community, day) are to be made again, by `remake_marked`."""
    rows = sorted(days)
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_MARK, [list(column) for column in zip(*rows, strict=True)])


def mark_community(community: int) -> None:
    """So are all days of a community: others animate it now, or its themes are others."""
    with connection.cursor() as cursor:
        cursor.execute(_MARK_COMMUNITY, [settings.TIME_ZONE, community])


def mark_askers(actors: Collection[int]) -> None:
    """So are the days on which these asked: they are somebody else now."""
    asked = Exchange.objects.filter(asker__in=actors) if actors else Exchange.objects.none()
    mark({(one.community, day_of(one.asked_at)) for one in asked})


def mark_old() -> None:
    """So are those made by a version before, with the days around them: they were days in UTC."""
    old = ResponseDay.objects.filter(askers=None).values_list("community", "day").distinct()
    mark({(community, day + dt.timedelta(days=beside)) for community, day in old for beside in (-1, 0, 1)})


def mark_without_teams() -> None:
    """So are the days of communities whose exchanges were counted by a version that knew no teams."""
    with connection.cursor() as cursor:
        cursor.execute(_WITHOUT_TEAMS)
        communities = [row[0] for row in cursor.fetchall()]
    for community in communities:
        mark_community(community)


def mark_bare() -> None:
    """So are days made by a version that kept nothing of each exchange, once all of theirs are told."""
    with connection.cursor() as cursor:
        cursor.execute(_BARE, {"zone": settings.TIME_ZONE})
        mark(cursor.fetchall())


def remake_marked() -> int:
    """Make the marked days again, some at a time; how many there were. Interrupted, the rest stays marked."""
    done = 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_TAKE, [DAYS])
            days = set(cursor.fetchall())
            remake(days)
        if not days:
            return done
        done += len(days)


def remake(days: Iterable[tuple[int, dt.date]]) -> None:
    """Make the response days of (community, day) again from their exchanges."""
    by_community: dict[int, list[dt.date]] = defaultdict(list)
    for community, day in sorted(days):
        by_community[community].append(day)
    for community, some in by_community.items():
        with transaction.atomic(), connection.cursor() as cursor:
            weeks.lock(community)
            made, of_teams = _counted(community, some)
            cursor.execute(_FORGET, {"community": community, "days": some})
            with cursor.copy(day_rows.COPY) as out:
                for line in day_rows.lines(community, made):
                    out.write(line)
            with cursor.copy(day_rows.COPY_TEAMS) as out:
                for words in day_rows.of_teams(community, of_teams):
                    out.write_row(words)
            weeks.remake(community, {weeks.monday_of(day) for day in some})


def _counted(
    community: int, days: list[dt.date]
) -> tuple[dict[day_rows.Place, day_rows.Counts], dict[day_rows.OfTeam, day_rows.Counts]]:
    above = places.parents(community)
    ways: dict[int, set[int]] = {}
    teams = bitmaps.TeamsThen(community)
    made: dict[day_rows.Place, day_rows.Counts] = {}
    of_teams: dict[day_rows.OfTeam, day_rows.Counts] = {}
    placed: list[tuple[dt.date, str, set[int], int]] = []
    with connection.cursor() as cursor:
        zone = settings.TIME_ZONE
        cursor.execute(_EXCHANGES, [days, zone, zone, community, Role.LCM])
        rows = cursor.fetchall()
    for (
        day,
        asked_at,
        themes,
        kind,
        asks,
        replied_at,
        due_at,
        closed_at,
        is_accepted,
        is_resolved,
        is_first,
        is_helpful,
        person,
        channel,
        words,
        reached,
        is_useful,
    ) in rows:
        hour = timezone.localtime(asked_at).hour
        within = replied_at is not None and due_at is not None and replied_at <= due_at
        for theme in themes:
            if theme not in ways:
                ways[theme] = skills.way_up(theme, above)
        around = {0}.union(*(ways[theme] for theme in themes)) if themes else {0, WITHOUT}
        touched = [made.setdefault((theme, day, kind), day_rows.Counts(asks)) for theme in around]
        touched.append(of_teams.setdefault((teams.of(person, day), day, kind), day_rows.Counts(asks)))
        for counts in touched:
            counts.asked += 1
            if replied_at is not None:
                day_rows.put(counts.served, bin_of((replied_at - asked_at) / HOUR))
            elif closed_at is not None:
                day_rows.put(counts.left, bin_of((closed_at - asked_at) / HOUR))
            else:
                day_rows.put(counts.waiting, hour)
            counts.within += within
            counts.accepted += is_accepted
            counts.resolved += is_resolved
            counts.due += due_at is not None
            counts.newcomers += is_first and due_at is not None
            counts.newcomers_within += is_first and within
            counts.helped += is_helpful
            day_rows.put(counts.hours, hour)
            counts.askers.add(person)
        if reached is not None:
            at = 24 * day.weekday() + hour
            row = (person, at, words or 0, channel or 0, reached, int(bool(is_useful)), len(themes))
            made[0, day, kind].exchanges.append(row)
            made[0, day, kind].their_themes += themes
        placed.append((day, kind, around, person))
    below: dict[dt.date, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for theme, day, kind in made:
        if theme > 0:
            below[day][kind].append(theme)
    for day, kind, around, person in placed:
        for theme in below[day][kind]:
            if theme not in around and (above.get(theme) or 0) in around:
                made[theme, day, kind].beside.add(person)
    return made, of_teams
