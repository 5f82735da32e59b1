"""Who knows whom: whoever brings people together registers a rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from ..models import Member

Acquaintance = Callable[["Member"], Q]
"""From a viewer to the filter of the members whose profile they may read."""

acquaintances: list[Acquaintance] = []


def acquainted(rule: Acquaintance) -> Acquaintance:
    """Register a rule; one is enough to see a profile."""
    if rule not in acquaintances:
        acquaintances.append(rule)
    return rule
