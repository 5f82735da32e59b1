"""Whether a community's evidence is up to date with its past."""

from __future__ import annotations

from ..models import Evidence


def is_counted(community_id: int) -> bool:
    """Evidence was counted, and nothing has come since that asks for it to be counted anew."""
    return Evidence.objects.filter(
        community_id=community_id, rebuilt_at__isnull=False, stale_at=None
    ).exists()
