"""What people have shown that they know: answers, by theme."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from passeur.foundation.prepared import Asked, prepared

from ..choices import Scope
from ..models import Contest, Tally, ThemeCount

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

ACCEPTED, ANSWERS = 1, 3
"""One accepted answer shows something; without one, so many questions answered."""


@dataclass(frozen=True, slots=True)
class Demonstrated:
    """A theme in which somebody's answers helped."""

    member: int
    theme: int
    name: str
    slug: str
    community: str
    answers: int
    accepted: int


def demonstrated_by(
    member: Member, communities: Collection[Community], *, most: int = 8
) -> list[Demonstrated]:
    """What one person has shown in these communities, most accepted answers first. Two queries."""
    rows = _shown([community.pk for community in communities]).filter(person=member)
    return _named(list(rows.order_by("-accepted", "-answers", "key")[: most * 2]))[:most]


def demonstrated_among(
    community: Community, members: Collection[int], themes: Collection[int]
) -> dict[int, Demonstrated]:
    """By person, the theme of those given in which they have shown most. Two queries."""
    rows = _shown_in(communities=[community.pk], people=list(members), themes=list(themes))
    best: dict[int, Demonstrated] = {}
    for shown in _named(rows):
        best.setdefault(shown.member, shown)
    return best


_LEADING = """
SELECT wanted.community, wanted.theme, best.person_id
  FROM unnest(%(communities)s::bigint[], %(themes)s::bigint[]) AS wanted (community, theme),
       LATERAL (
         SELECT t.person_id
           FROM expertise_tally t
          WHERE t.community_id = wanted.community AND t.scope = %(scope)s AND t.key = wanted.theme
            AND (t.accepted >= %(accepted)s OR t.answers >= %(answers)s)
            AND NOT EXISTS (
                  SELECT FROM expertise_contest c WHERE c.member_id = t.person_id AND c.theme_id = t.key)
          ORDER BY t.quarter DESC, t.person_id
          LIMIT %(most)s) AS best
"""


def leading_on(themes: Collection[tuple[int, int]], *, most: int) -> dict[tuple[int, int], list[int]]:
    """By (community, theme), the people whose answers helped there, those of late first. One query."""
    found: dict[tuple[int, int], list[int]] = {}
    wanted = sorted(set(themes))
    with connection.cursor() as cursor:
        cursor.execute(
            _LEADING,
            {
                "communities": [community for community, _theme in wanted],
                "themes": [theme for _community, theme in wanted],
                "scope": Scope.THEME,
                "accepted": ACCEPTED,
                "answers": ANSWERS,
                "most": most,
            },
        )
        for community, theme, person in cursor.fetchall():
            found.setdefault((community, theme), []).append(person)
    return found


@prepared
def _shown_in(communities: Asked, people: Asked, themes: Asked) -> QuerySet[Tally]:
    rows = _shown(communities).filter(person__among=people, key__among=themes)
    return rows.order_by("-accepted", "-answers", "key")


@prepared
def _themes(keys: Asked) -> QuerySet[ThemeCount, Any]:
    rows = ThemeCount.objects.filter(theme__among=keys, theme__merged_into=None)
    return rows.values(
        "theme_id", name=F("theme__name"), slug=F("theme__slug"), at=F("theme__community__slug")
    )


def _shown(communities: Asked) -> QuerySet[Tally]:
    return shown().filter(community__among=communities)


def shown() -> QuerySet[Tally]:
    """Who has shown something on a theme, wherever."""
    enough = Q(accepted__gte=ACCEPTED) | Q(answers__gte=ANSWERS)
    contested = Contest.objects.filter(member=OuterRef("person"), theme=OuterRef("key"))
    return Tally.objects.filter(enough, ~Exists(contested), scope=Scope.THEME)


def _named(rows: list[Tally]) -> list[Demonstrated]:
    if not rows:
        return []
    themes = {found["theme_id"]: found for found in _themes(keys=list({row.key for row in rows}))}
    return [
        Demonstrated(
            row.person_id,
            row.key,
            themes[row.key]["name"],
            themes[row.key]["slug"],
            themes[row.key]["at"],
            row.answers,
            row.accepted,
        )
        for row in rows
        if row.key in themes
    ]
