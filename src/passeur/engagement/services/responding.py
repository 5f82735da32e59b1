"""Days of response: the exchanges asked on a day in a community and in each theme, with their waits in bins.

A day is made again from its exchanges wherever one of them changed, and its week from its days. After an
import all days changed, each of them many times: they are marked, and made once.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from passeur.algorithms.measures.bins import ENDS, bin_of
from passeur.communities.choices import Role

from ..models import Exchange, ResponseDay
from ..queries import bitmaps
from . import places, weeks
from .weeks import SOME

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
_EXCHANGES = """
SELECT d.day, e.asked_at, e.themes, e.kind, e.asks, e.replied_at, e.due_at, e.closed_at,
       e.accepted_at IS NOT NULL, e.is_resolved, e.is_first, coalesce(e.is_helpful, false), a.bit
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
"""
_COPY = """
COPY engagement_responseday (
    community, theme, day, kind, asks, asked, served, "left", waiting, within, accepted, due, resolved,
    newcomers, newcomers_within, helped, hours, askers, beside, in_week
) FROM STDIN
"""
_COPY_TEAMS = """
COPY engagement_teamday (
    community, team, day, kind, asks, asked, served, "left", waiting, within, accepted, due, resolved,
    newcomers, newcomers_within, helped, hours, askers
) FROM STDIN
"""
Place = tuple[int, dt.date, str]
"""(theme, day, kind)."""
OfTeam = tuple[str, dt.date, str]
"""(team, day, kind)."""


@dataclass(slots=True)
class _Counts:
    """What is counted of one place; the bins that hold something."""

    asks: bool
    asked: int = 0
    served: dict[int, int] = field(default_factory=dict)
    left: dict[int, int] = field(default_factory=dict)
    waiting: dict[int, int] = field(default_factory=dict)
    within: int = 0
    accepted: int = 0
    due: int = 0
    resolved: int = 0
    newcomers: int = 0
    newcomers_within: int = 0
    helped: int = 0
    hours: dict[int, int] = field(default_factory=dict)
    askers: set[int] = field(default_factory=set)
    beside: set[int] = field(default_factory=set)


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
            with cursor.copy(_COPY) as out:
                for line in _lines(community, made):
                    out.write(line)
            with cursor.copy(_COPY_TEAMS) as out:
                for words in _rows_of_teams(community, of_teams):
                    out.write_row(words)
            weeks.remake(community, {weeks.monday_of(day) for day in some})


def _counted(community: int, days: list[dt.date]) -> tuple[dict[Place, _Counts], dict[OfTeam, _Counts]]:
    above = places.parents(community)
    ways: dict[int, set[int]] = {}
    teams = bitmaps.TeamsThen(community)
    made: dict[Place, _Counts] = {}
    of_teams: dict[OfTeam, _Counts] = {}
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
    ) in rows:
        hour = timezone.localtime(asked_at).hour
        within = replied_at is not None and due_at is not None and replied_at <= due_at
        for theme in themes:
            if theme not in ways:
                ways[theme] = places.way_up(theme, above)
        around = {0}.union(*(ways[theme] for theme in themes)) if themes else {0, WITHOUT}
        touched = [made.setdefault((theme, day, kind), _Counts(asks)) for theme in around]
        touched.append(of_teams.setdefault((teams.of(person, day), day, kind), _Counts(asks)))
        for counts in touched:
            counts.asked += 1
            if replied_at is not None:
                _put(counts.served, bin_of((replied_at - asked_at) / HOUR))
            elif closed_at is not None:
                _put(counts.left, bin_of((closed_at - asked_at) / HOUR))
            else:
                _put(counts.waiting, hour)
            counts.within += within
            counts.accepted += is_accepted
            counts.resolved += is_resolved
            counts.due += due_at is not None
            counts.newcomers += is_first and due_at is not None
            counts.newcomers_within += is_first and within
            counts.helped += is_helpful
            _put(counts.hours, hour)
            counts.askers.add(person)
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


def _put(bins: dict[int, int], place: int) -> None:
    bins[place] = bins.get(place, 0) + 1


def _lines(community: int, made: Mapping[Place, _Counts]) -> Iterator[str]:
    """Rows as COPY reads them. Kinds are words of `conversations.choices`: nothing in them needs escaping."""
    for (theme, day, kind), one in made.items():
        words = (
            community, theme, day, kind, "t" if one.asks else "f", one.asked, _array(one.served, len(ENDS)),
            _array(one.left, len(ENDS)), _array(one.waiting, 24), one.within, one.accepted, one.due,
            one.resolved, one.newcomers, one.newcomers_within, one.helped, _array(one.hours, 24),
            _people(one.askers), _people(one.beside), "t",
        )  # fmt: skip
        yield "\t".join(map(str, words)) + "\n"


def _rows_of_teams(community: int, made: Mapping[OfTeam, _Counts]) -> Iterator[tuple[object, ...]]:
    for (team, day, kind), one in made.items():
        yield (
            community, team, day, kind, one.asks, one.asked, _list(one.served, len(ENDS)),
            _list(one.left, len(ENDS)), _list(one.waiting, 24), one.within, one.accepted, one.due,
            one.resolved, one.newcomers, one.newcomers_within, one.helped, _list(one.hours, 24),
            sorted(one.askers)[:SOME],
        )  # fmt: skip


def _list(bins: Mapping[int, int], length: int) -> list[int]:
    return [bins.get(place, 0) for place in range(length)]


def _people(bits: set[int]) -> str:
    return "{" + ",".join(map(str, sorted(bits)[:SOME])) + "}"


def _array(bins: Mapping[int, int], length: int) -> str:
    values = ["0"] * length
    for place, count in bins.items():
        values[place] = str(count)
    return "{" + ",".join(values) + "}"
