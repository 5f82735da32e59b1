"""Until when a page reads the same if nothing happens: days end, and moments are said otherwise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

SOON = dt.timedelta(days=2)
"""Beyond, a moment is said by its day."""
OFTEN = dt.timedelta(seconds=30)
"""What is said by the minute, rounded up or down, is said otherwise at a multiple of this."""


def lasts(now: dt.datetime, moments: Iterable[dt.datetime]) -> dt.datetime:
    """When the words that `dates.when` has for these moments may change first: by midnight at the latest."""
    changes = [_midnight(now, timezone.get_current_timezone())]
    changes += [_midnight(now, zone) for zone in (timezone.get_default_timezone(), dt.UTC)]
    changes += [now + (moment - now) % OFTEN for moment in moments if abs(moment - now) < SOON]
    return min(change if change > now else now + OFTEN for change in changes)


def _midnight(now: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """The end of the day there: rules and pauses look at days, on several clocks."""
    tomorrow = now.astimezone(zone).date() + dt.timedelta(days=1)
    return dt.datetime.combine(tomorrow, dt.time(), zone)
