"""Rituals that were held, as statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from passeur.records.protocols import HOSTED, OCCURRENCE, Fact, Thing
from passeur.records.services.deriving import source

from .choices import State
from .events import RitualHeld
from .models import Occurrence


@source(
    "rituals", every=Occurrence.objects.all, verbs=[HOSTED], on={RitualHeld: lambda event: [event.occurrence]}
)
def held(numbers: Sequence[int]) -> Iterator[Fact]:
    """Who held each occurrence; where somebody counted, how many came."""
    done = Occurrence.objects.filter(pk__in=numbers, state=State.DONE, done_at__isnull=False)
    for one in done.exclude(done_by=None).select_related("ritual"):
        told = {} if one.took_part is None else {"took-part": one.took_part}
        event, at = Thing(OCCURRENCE, one.pk), one.done_at or one.at
        yield Fact(
            one.pk, f"hosted {one.pk}", one.done_by_id, HOSTED, event, at, one.ritual.community_id, told=told
        )  # fmt: skip
