"""The dates of the demonstration: told as days before it was loaded, so that it always ends today."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clock:
    """`now` is when the demonstration was loaded first: loading it again moves nothing."""

    now: dt.datetime

    def ago(self, days: float) -> dt.datetime:
        return self.now - dt.timedelta(days=days)

    def later(self, start: dt.datetime, hours: float) -> dt.datetime | None:
        """So many hours after `start`; None when that is not yet."""
        moment = start + dt.timedelta(hours=hours)
        return moment if moment < self.now else None

    def after(self, start: dt.datetime, drawn: random.Random) -> dt.datetime:
        """Some time after `start`, most often within two days, never later than now."""
        hours = drawn.expovariate(1 / 30)
        left = (self.now - start).total_seconds() / 3600
        return start + dt.timedelta(hours=hours if hours < left else left * drawn.random())
