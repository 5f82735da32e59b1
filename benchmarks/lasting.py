"""Counts what lasts of exchanges that `company.py` wrote, as telling the measures of each would."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import connection

from passeur.engagement.choices import Lasts

# Accepted answers, by who gave them, and experiences; with their themes and those above. A text has a hundred
# words; whoever wrote there in one of the last weeks is met in it.
_LAST = """
INSERT INTO engagement_lastingcell (community, theme, what, week, key, n)
WITH lasting AS (
    SELECT e.number, e.community, coalesce(e.helper, e.asker) AS author, l.language, g.theme,
           date_trunc('week', coalesce(e.accepted_at, e.asked_at) AT TIME ZONE %(zone)s)::date AS week
      FROM engagement_exchange e
      JOIN communities_community c ON c.id = e.community
     CROSS JOIN LATERAL (SELECT (c.language = 'en')::int AS language) l
     CROSS JOIN LATERAL (
        SELECT 0 AS theme
         UNION
        SELECT above::int
          FROM skills_theme t CROSS JOIN unnest(string_to_array(trim(BOTH '/' FROM t.path), '/')) AS above
         WHERE t.id = ANY(e.themes)
     ) g
     WHERE e.community = ANY(%(communities)s) AND (e.accepted_at IS NOT NULL OR e.kind = 'experience')
), cell AS (
    SELECT community, theme, %(texts)s AS what, week, week - date '1970-01-01' AS key, 1 AS n FROM lasting
     UNION ALL
    SELECT community, theme, b.what, week, author, 1
      FROM lasting CROSS JOIN LATERAL (VALUES (%(by)s), (%(french)s + language)) AS b (what)
     UNION ALL
    SELECT community, theme, %(read)s, week, 4 * language + r.place, r.n
      FROM lasting CROSS JOIN (VALUES (0, 1), (1, 100), (2, 6), (3, 160)) AS r (place, n)
     UNION ALL
    SELECT l.community, l.theme, %(met)s, m.week, l.week - date '1970-01-01', 1
      FROM lasting l CROSS JOIN LATERAL (
        SELECT DISTINCT p.actor, date_trunc('week', p.day)::date AS week
          FROM engagement_participant p WHERE p.exchange_id = l.number AND p.day >= l.week
      ) m
)
SELECT community, theme, what, week, key, sum(n) FROM cell GROUP BY 1, 2, 3, 4, 5
"""


def count(communities: Sequence[int]) -> None:
    """In these communities (numbers), of which nothing is counted yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            _LAST,
            {"communities": list(communities), "zone": settings.TIME_ZONE, "texts": Lasts.TEXTS,
             "by": Lasts.BY, "french": Lasts.IN_FRENCH, "read": Lasts.READ, "met": Lasts.MET},
        )  # fmt: skip
        cursor.execute("ANALYZE engagement_lastingcell")
