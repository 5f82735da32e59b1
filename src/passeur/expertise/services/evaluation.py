"""Measuring routing on a community's own past, and keeping what was found."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from passeur.algorithms.evaluation.routing import MAX_SHARE, RoutingReport, evaluate_routing

from ..models import RoutingMeasure
from ..queries.facts import facts_of

if TYPE_CHECKING:
    from passeur.communities.models import Community


def measure(
    community: Community, *, since: dt.datetime | None = None, max_share: float = MAX_SHARE
) -> RoutingReport:
    """Replay the past and score it; the usual measure (no `since`, the usual cap) is kept for the pages."""
    report = evaluate_routing(facts_of(community), since.timestamp() if since else None, max_share)
    if since is None and max_share == MAX_SHARE:
        RoutingMeasure.objects.update_or_create(
            community=community, defaults={"report": report.as_json(), "measured_at": timezone.now()}
        )
    return report
