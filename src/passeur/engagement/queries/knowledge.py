"""On how few people the accepted answers of a theme hang: counts of helpers, never who they are."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db import connection

from passeur.algorithms.measures import knowledge as measures
from passeur.skills import queries as skills

from ..choices import Withholding
from .activity import open_communities
from .guarding import Withheld
from .slices import Slice

_HELD = """
SELECT x.community, t.theme, a.bit, count(*)
  FROM engagement_exchange x JOIN engagement_actor a ON a.id = x.helper, unnest(x.themes) AS t (theme)
 WHERE x.community = ANY(%s) AND x.accepted_at >= %s AND x.accepted_at < %s
 GROUP BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class Held:
    """A theme (number): accepted answers, how many people hold half of them, Herfindahl of their shares."""

    theme: int
    accepted: int
    absence_factor: int
    concentration: float


def held_by_few(slice: Slice) -> list[Held] | Withheld:
    """Of each theme with accepted answers in the slice (days in UTC), those on fewest people first."""
    if slice.team:
        return Withheld(Withholding.NOT_FOR_TEAMS)
    open_ones = open_communities(slice)
    if not open_ones:
        return Withheld(Withholding.FEW_PEOPLE)
    begun = dt.datetime.combine(slice.first, dt.time(), dt.UTC)
    ended = dt.datetime.combine(slice.last, dt.time(), dt.UTC) + dt.timedelta(days=1)
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [open_ones, begun, ended])
        rows = cursor.fetchall()
    wanted = None if slice.theme is None else {one.pk for one in skills.with_descendants(slice.theme)}
    by_theme: dict[int, list[int]] = defaultdict(list)
    for _community, theme, _bit, count in rows:
        if wanted is None or theme in wanted:
            by_theme[theme].append(count)
    made = [
        Held(theme, sum(counts), measures.absence_factor(counts), measures.concentration(counts) or 0.0)
        for theme, counts in by_theme.items()
    ]
    return sorted(made, key=lambda one: (one.absence_factor, -one.accepted, one.theme))
