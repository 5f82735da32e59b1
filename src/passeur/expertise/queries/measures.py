"""The measured accuracy of routing in a community, for those who read its suggestions."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..models import RoutingMeasure

if TYPE_CHECKING:
    import datetime as dt

    from passeur.communities.models import Community

ENOUGH = 50
"""Fewer test questions say too little to be shown."""


@dataclass(frozen=True, slots=True)
class Accuracy:
    """One of the first five people had answered, in percent of `n` questions, with a 95% interval."""

    percent: int
    low: int
    high: int
    n: int
    measured_at: dt.datetime


def accuracy(community: Community) -> Accuracy | None:
    """None while routing was not measured here, or on too few questions."""
    measure = RoutingMeasure.objects.filter(community=community).first()
    if measure is None or measure.report["n"] < ENOUGH:
        return None
    share, n = float(measure.report["routing"]["any"]["hit@5"]), int(measure.report["n"])
    low, high = wilson(share, n)
    return Accuracy(round(100 * share), round(100 * low), round(100 * high), n, measure.measured_at)


def wilson(share: float, n: int, z: float = 1.96) -> tuple[float, float]:
    """Interval of a proportion (Wilson, 1927)."""
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return middle - half, middle + half
