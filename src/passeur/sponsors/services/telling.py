"""What is told of a month is written down before its first report leaves."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from .. import queries
from ..models import Told
from ..queries import figures

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community


def tell(community: Community, month: dt.date, reader: Member) -> None:
    """From now on every report of this month says these figures, and the next one is compared with them.

    Counted anew, days later or a month later, these weeks would tell what became of each text since: of
    somebody erased, or who animates now, how much they had asked. Whoever is first writes; who counts at the
    same time says what the first has written.
    """
    found = queries.month_of(community, month, reader)
    if found.is_kept:
        return
    Told.objects.get_or_create(
        community=community,
        month=month,
        defaults={
            "figures": figures.written(found.figures.after),
            "before": None if found.follows else figures.written(found.figures.before),
            "gestures": found.gestures,
            "counted_on": found.counted_on,
        },
    )
