"""The dates of the demonstration: told as days before it was loaded, so that it always ends today."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

HERE: Final = ZoneInfo("Europe/Paris")
OPENS: Final = dt.timedelta(hours=8)
CLOSES: Final = dt.timedelta(hours=18, minutes=30)
DAY: Final = dt.timedelta(days=1)
LATELY: Final = 21 * DAY
"""What began since then keeps its day, so that whoever waits has waited as long as its file says."""


@dataclass(frozen=True, slots=True)
class Clock:
    """`now` is when the demonstration was loaded first: loading it again moves nothing."""

    now: dt.datetime

    def ago(self, days: float) -> dt.datetime:
        return self.now - dt.timedelta(days=days)

    def story(self, days: float) -> Story:
        """What began so many days ago."""
        return Story(self, self.ago(days))

    def after(self, start: dt.datetime, drawn: random.Random) -> dt.datetime:
        """Some time after `start`, most often within two days, never later than now."""
        hours = drawn.expovariate(1 / 30)
        left = (self.now - start).total_seconds() / 3600
        return start + dt.timedelta(hours=hours if hours < left else left * drawn.random())


@dataclass(frozen=True, slots=True)
class Story:
    """What is told in hours from `told` on, and happened while people were at work.

    A moment of the day, or of the week for what is older, is moved to the same part of the hours of work:
    what came after still does. Today and yesterday stay as they are told.
    """

    clock: Clock
    told: dt.datetime

    @property
    def began(self) -> dt.datetime:
        return self._at_work(self.told)

    def later(self, hours: float) -> dt.datetime | None:
        """So many hours after it began; None when that is not yet."""
        moment = self.told + dt.timedelta(hours=hours)
        return self._at_work(moment) if moment < self.clock.now else None

    def _at_work(self, moment: dt.datetime) -> dt.datetime:
        here = moment.astimezone(HERE)
        midnight = dt.datetime.combine(here.date(), dt.time(), HERE)
        if midnight + DAY > self.clock.now - DAY:
            return moment
        past = (here - midnight) / DAY
        if self.clock.now - self.told > LATELY:
            week = (midnight.weekday() + past) * 5 / 7
            midnight = dt.datetime.combine(here.date() - midnight.weekday() * DAY, dt.time(), HERE)
            midnight, past = midnight + int(week) * DAY, week % 1
        return midnight + OPENS + past * (CLOSES - OPENS)
