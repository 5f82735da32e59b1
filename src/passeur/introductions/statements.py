"""Introductions to which both said yes, as statements.

Of all others, and of what the two write to each other, nothing is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from passeur.records.protocols import INTRODUCTION, MET, Fact, Thing
from passeur.records.services.deriving import source

from .events import IntroductionOpened
from .models import Introduction


@source(
    "introductions",
    every=Introduction.objects.all,
    verbs=[MET],
    on={IntroductionOpened: lambda event: [event.introduction]},
)
def opened(numbers: Sequence[int]) -> Iterator[Fact]:
    """Each of the two met the other."""
    for one in Introduction.objects.filter(pk__in=numbers, opened_at__isnull=False):
        at = one.opened_at or one.created_at
        for member, other in ((one.first_id, one.second_id), (one.second_id, one.first_id)):
            met, what = Thing(INTRODUCTION, one.pk), f"met {one.pk} {member}"
            yield Fact(one.pk, what, member, MET, met, at, one.community_id, concerned=[other])
