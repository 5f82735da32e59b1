"""Which community and theme a statement belongs to: the keys of theirs that stand among its activities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection

from passeur.communities.queries import scopes as communities
from passeur.records import protocols as records
from passeur.skills import queries as skills

from ..models import Place, Scope

_KEEP = """
INSERT INTO engagement_scope (key, community, theme)
SELECT * FROM unnest(%s::uuid[], %s::int[], %s::int[]) ON CONFLICT DO NOTHING
"""


def learn() -> None:
    """Know each community and each theme, those made since the last time too."""
    known = set(Scope.objects.filter(is_course=False).values_list("community", "theme"))
    new = []
    for community in communities.every():
        if (community.pk, 0) not in known:
            new.append((records.community(community.pk).key, community.pk, 0))
        for theme in skills.parents(community):
            if (community.pk, theme) not in known:
                new.append((records.theme(theme).key, community.pk, theme))
    if new:
        with connection.cursor() as cursor:
            cursor.execute(_KEEP, [list(column) for column in zip(*new, strict=True)])


def spread(places: Iterable[int]) -> list[tuple[int, int, int]]:
    """(place, community, theme) of all that counts in a place: each community, its themes and those above.

    Theme 0 is the community. A merged theme counts as what took it over. One query a community.
    """
    scopes = {
        pk: (community, theme)
        for pk, community, theme in Scope.objects.values_list("pk", "community", "theme")
    }
    rows: list[tuple[int, int, int]] = []
    above: dict[int, dict[int, int | None]] = {}
    ways: dict[tuple[int, int], set[int]] = {}
    for place, numbers in Place.objects.filter(pk__in=list(places)).values_list("pk", "scopes"):
        themes: dict[int, set[int]] = defaultdict(set)
        for community, theme in (scopes[number] for number in numbers):
            if (community, theme) not in ways:
                if theme and community not in above:
                    above[community] = parents(community)
                ways[community, theme] = {0, *(skills.way_up(theme, above[community]) if theme else ())}
            themes[community] |= ways[community, theme]
        rows += [(place, community, theme) for community, some in themes.items() for theme in some]
    return rows


def parents(community: int) -> dict[int, int | None]:
    found = communities.by_id([community])
    return skills.parents(found[0]) if found else {}
