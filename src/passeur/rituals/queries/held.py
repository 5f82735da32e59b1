"""What was held in a span of time, for reports."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Count

from ..choices import State
from ..models import Occurrence

if TYPE_CHECKING:
    from passeur.communities.models import Community


def held_between(community: Community, since: dt.datetime, until: dt.datetime) -> list[tuple[str, int]]:
    """(title, times) of each ritual that was held from `since` on and before `until`, by title."""
    rows = Occurrence.objects.filter(
        ritual__community=community, state=State.DONE, at__gte=since, at__lt=until
    )
    found = rows.order_by("ritual__title", "ritual").values("ritual", "ritual__title").annotate(n=Count("pk"))
    return [(row["ritual__title"], row["n"]) for row in found]
