"""When people write: more each year, little at weekends, in working hours; replies soon, or days later."""

from __future__ import annotations

import datetime as dt
import random
from bisect import bisect
from itertools import accumulate

DAYS = 3 * 365
HOURS = (0.2, 0.1, 0.1, 0.1, 0.2, 0.5, 1.5, 4, 9, 12, 13, 11, 6, 9, 12, 11, 9, 6, 3, 2, 2, 1.5, 1, 0.5)
"""The share of each hour of a day in what is written."""
WEEKEND = 0.12
HALF_OF_REPLIES = 3.0
"""Hours within which half of the replies come."""


class Clock:
    """Draws moments of a community's three years up to `until`."""

    def __init__(self, until: dt.datetime) -> None:
        self.until = until
        self.start = until - dt.timedelta(days=DAYS)
        weights = [
            (0.4 + 1.2 * day / DAYS) * (WEEKEND if (self.start + dt.timedelta(day)).weekday() > 4 else 1)
            for day in range(DAYS)
        ]
        self._days = list(accumulate(weights))
        self._hours = list(accumulate(HOURS))

    def begun(self, drawn: random.Random) -> dt.datetime:
        """When a conversation begins."""
        day = bisect(self._days, drawn.random() * self._days[-1])
        return self.start + dt.timedelta(days=min(day, DAYS - 1), seconds=self._second(drawn))

    def replied(self, to: dt.datetime, drawn: random.Random) -> dt.datetime:
        """When somebody writes next; at night most wait for the morning. Never after the end of the story."""
        at = to + dt.timedelta(hours=drawn.lognormvariate(0, 1.6) * HALF_OF_REPLIES)
        if (at.hour < 6 or at.hour > 20) and drawn.random() < 0.85:
            morning = at.replace(hour=0, minute=0, second=0) + dt.timedelta(days=at.hour > 20)
            at = morning + dt.timedelta(hours=7, seconds=drawn.random() * 3 * 3600)
        return min(max(at, to), self.until).replace(microsecond=0)

    def _second(self, drawn: random.Random) -> int:
        hour = bisect(self._hours, drawn.random() * self._hours[-1])
        return min(hour, 23) * 3600 + int(drawn.random() * 3600)
