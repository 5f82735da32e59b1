"""What was decided of blocks of exchanges: how they are told, whatever changes later in them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from ..models import ToldBlock
from .sets import weeks_of
from .telling import Decided

Key = tuple[int, dt.date, bool]
"""(community, first Monday, whether these ask)."""


def decided(communities: Sequence[int], first: dt.date, last: dt.date) -> Mapping[Key, Mapping[int, Decided]]:
    """By the smallest group of the reader, of the blocks that begin from one day to another. One query."""
    found: dict[Key, dict[int, Decided]] = defaultdict(dict)
    rows = ToldBlock.objects.filter(community__in=communities, begun__gte=first, begun__lte=last)
    for row in rows.defer("bits"):
        found[row.community, row.begun, row.asks][row.smallest] = of(row)
    return found


def of(row: ToldBlock) -> Decided:
    """As it is read."""
    weeks = weeks_of(row.begun)
    return Decided(
        row.weeks,
        tuple(tuple(weeks[place] for place in run) for run in row.runs),
        frozenset(row.themes),
        frozenset(row.welcoming),
        frozenset(row.kinds),
        frozenset(row.teams),
    )
