"""What was looked for in vain, for measures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import Sum

from ..models import SearchMiss


def missed_by_day(
    keys: Collection[int], first: dt.date, last: dt.date
) -> list[tuple[dt.date, str, str, int]]:
    """(day, folded words, words, times) of searches without result in communities. One query."""
    rows = SearchMiss.objects.filter(community__in=keys, day__gte=first, day__lte=last)
    return list(rows.values_list("day", "folded", "words").annotate(n=Sum("times")).order_by("day", "folded"))
