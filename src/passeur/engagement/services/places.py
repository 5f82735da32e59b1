"""Which community and theme a statement belongs to: the keys of theirs that stand among its activities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db import connection

from passeur.communities.queries import scopes as communities
from passeur.foundation import arrays
from passeur.records import protocols as records
from passeur.skills import queries as skills

from ..models import Scope

_KEEP = """
INSERT INTO engagement_scope (key, community, theme)
SELECT * FROM unnest(%s::uuid[], %s::int[], %s::int[]) ON CONFLICT DO NOTHING
"""
_SCOPES = "SELECT id, scopes FROM engagement_place WHERE id = ANY(%s::int[])"


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


class Spread:
    """(place, community, theme) of all that counts in a place: each community, its themes and those above.

    Theme 0 is the community. A merged theme counts as what took it over. One query a community.
    """

    def __init__(self) -> None:
        scopes = Scope.objects.values_list("pk", "community", "theme")
        self._scopes = {pk: (community, theme) for pk, community, theme in scopes}
        self._above: dict[int, dict[int, int | None]] = {}
        self._ways: dict[tuple[int, int], set[int]] = {}
        self._rows: dict[int, list[tuple[int, int, int]]] = {}

    def of(self, places: Iterable[int]) -> list[tuple[int, int, int]]:
        """Of these places; one query for those that were not asked for before."""
        wanted = list(places)
        new = [place for place in wanted if place not in self._rows]
        if new:
            with connection.cursor() as cursor:
                cursor.execute(_SCOPES, [arrays.array(new)])
                for place, numbers in cursor.fetchall():
                    self._rows[place] = list(self._in(place, numbers))
        return [row for place in wanted for row in self._rows.get(place, ())]

    def _in(self, place: int, numbers: Iterable[int]) -> Iterator[tuple[int, int, int]]:
        themes: dict[int, set[int]] = defaultdict(set)
        for number in numbers:
            community, _theme = scope = self._scopes[number]
            themes[community] |= self._way(*scope)
        for community, some in themes.items():
            for theme in some:
                yield place, community, theme

    def _way(self, community: int, theme: int) -> set[int]:
        if (community, theme) not in self._ways:
            if theme and community not in self._above:
                self._above[community] = parents(community)
            above = skills.way_up(theme, self._above[community]) if theme else ()
            self._ways[community, theme] = {0, *above}
        return self._ways[community, theme]


def parents(community: int) -> dict[int, int | None]:
    found = communities.by_id([community])
    return skills.parents(found[0]) if found else {}
