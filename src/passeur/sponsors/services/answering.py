"""What an owner of an address says, by the link of a mail and without an account."""

from __future__ import annotations

from django.utils import timezone

from ..models import Sponsor
from ..queries import by_link


def confirm(token: str) -> Sponsor:
    """Yes, from now on; also again after a stop. `UnknownLink`."""
    sponsor = by_link(token)
    if not sponsor.receives:
        sponsor.confirmed_at, sponsor.left_at = timezone.now(), None
        sponsor.save(update_fields=["confirmed_at", "left_at"])
    return sponsor


def stop(token: str) -> Sponsor:
    """No more. `UnknownLink`."""
    sponsor = by_link(token)
    if sponsor.left_at is None:
        sponsor.left_at = timezone.now()
        sponsor.save(update_fields=["left_at"])
    return sponsor
