"""Courses that are tied to communities and themes: what was done in them counts there, its past too.

When a tie comes or goes, the statements of the course are taken off, by the places that they had, and counted
again by those they have. Those that the store has let go since keep the places of before.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from uuid import UUID

from django.db.models import Q

from passeur.algorithms.xapi import keys
from passeur.algorithms.xapi.objects import VOIDED
from passeur.records.queries import courses as ties

from ..models import Scope
from . import counting

_OF_COURSE = """
SELECT s.*, {sign} AS sign FROM records_statement s
 WHERE s.related_activities @> ARRAY[%(course)s]::uuid[] AND s.stored <= %(upto)s
   AND s.verb <> %(voiding)s AND s.actor IS NOT NULL
   AND NOT (s.is_voided AND s.id IN (
       SELECT e.target FROM records_echo e WHERE e.is_voiding AND e.stored <= %(upto)s
   ))
"""
_VOIDING = keys.key_of(VOIDED)


def follow(through: dt.datetime) -> int:
    """Make what was counted up to `through` say what ties say now; of how many courses they had changed.

    Inside the caller's transaction, which holds the reading of the store.
    """
    wanted: dict[UUID, set[tuple[int, int]]] = defaultdict(set)
    for key, community, theme in ties.scopes_of_ties():
        wanted[key].add((community, theme))
    there: dict[UUID, set[tuple[int, int]]] = defaultdict(set)
    for one in Scope.objects.filter(is_course=True, is_open=True):
        there[one.key].add((one.community, one.theme))
    changed = sorted(key for key in {*wanted, *there} if wanted[key] != there[key])
    for key in changed:
        given = {"course": key, "upto": through, "voiding": _VOIDING}
        counting.count(_OF_COURSE.format(sign=-1), given)
        _keep(key, wanted[key], there[key])
        counting.count(_OF_COURSE.format(sign=1), given)
    return len(changed)


def _keep(key: UUID, wanted: set[tuple[int, int]], there: set[tuple[int, int]]) -> None:
    gone = Q(pk__in=[])
    for community, theme in there - wanted:
        gone |= Q(community=community, theme=theme)
    Scope.objects.filter(gone, key=key, is_course=True).update(is_open=False)
    for community, theme in sorted(wanted - there):
        Scope.objects.update_or_create(
            key=key, community=community, theme=theme, defaults={"is_course": True, "is_open": True}
        )
