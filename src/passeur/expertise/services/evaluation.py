"""Measuring routing on a community's own past, and keeping what was found."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from passeur.algorithms.evaluation.routing import MAX_SHARE, RoutingReport, evaluate_routing

from ..models import Evidence, RoutingMeasure
from ..queries.facts import facts_of


def measure(
    community_id: int, *, since: dt.datetime | None = None, max_share: float = MAX_SHARE
) -> RoutingReport:
    """Replay the past and score it; the usual measure (no `since`, the usual cap) is kept for the pages."""
    evidence, _ = Evidence.objects.get_or_create(community_id=community_id)
    report = evaluate_routing(facts_of(evidence.community), since.timestamp() if since else None, max_share)
    if since is None and max_share == MAX_SHARE:
        RoutingMeasure.objects.update_or_create(
            community_id=community_id,
            defaults={"report": report.as_json(), "measured_at": timezone.now()},
        )
    return report
