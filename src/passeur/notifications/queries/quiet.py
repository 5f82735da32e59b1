"""A person's own quiet hours, on the clock of their wall: at night, and at the weekend where they want it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from passeur.communities.queries.quiet_hours import MICRO, QuietHours

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class OwnQuietHours:
    """When no mail leaves. `nightly` never when its two times are equal; `weekend`: Saturday and Sunday."""

    nightly: QuietHours
    weekend: bool

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.nightly.zone)

    def is_quiet(self, instant: dt.datetime) -> bool:
        if self.weekend and instant.astimezone(self.zone).weekday() >= SATURDAY:
            return True
        return self.nightly.is_quiet(instant)


def next_open(quiet: OwnQuietHours, instant: dt.datetime) -> dt.datetime:
    """`instant` itself where it is not quiet, else the first one after it that is not."""
    while quiet.is_quiet(instant):
        here = instant.astimezone(quiet.zone)
        if quiet.weekend and here.weekday() >= SATURDAY:
            instant = midnight_after(instant, quiet.zone, days=7 - here.weekday())
        else:
            instant = quiet.nightly.after(instant, MICRO) - MICRO
    return instant


def midnight_after(instant: dt.datetime, zone: ZoneInfo, *, days: int = 1) -> dt.datetime:
    """The instant at which the day so many days later begins there: 23, 24 or 25 h are a day."""
    day = instant.astimezone(zone).date() + dt.timedelta(days=days)
    return dt.datetime.combine(day, dt.time(0), tzinfo=zone).astimezone(dt.UTC)


def midnight_before(instant: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The instant at which the day began there."""
    return midnight_after(instant, zone, days=0)
