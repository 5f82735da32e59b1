"""The clock of the first-reply goal: it stands still in quiet hours, in the community's own zone.

An instant is quiet when the clock on the wall then reads between the two times. That is all there is
to define, and it stays true on days of 23 and 25 hours. Between two changes of the zone's offset the
answer is arithmetic, so a span of years costs as little as an hour.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

UTC = dt.UTC
EPOCH = dt.datetime(1970, 1, 1, tzinfo=UTC)
MICRO = dt.timedelta(microseconds=1)
DAY = dt.timedelta(days=1) // MICRO


def _since_midnight(time: dt.time) -> int:
    return (
        dt.timedelta(hours=time.hour, minutes=time.minute, seconds=time.second, microseconds=time.microsecond)
        // MICRO
    )


def _offset(zone: str, micros: int) -> int:
    """What the zone adds to UTC at an instant, in microseconds."""
    offset = (EPOCH + micros * MICRO).astimezone(ZoneInfo(zone)).utcoffset()
    return (offset or dt.timedelta()) // MICRO


@lru_cache(maxsize=4096)
def _changes(zone: str, year: int) -> tuple[int, ...]:
    """The instants of a UTC year, in microseconds, at which the zone's offset becomes another."""
    first = (dt.datetime(year, 1, 1, tzinfo=UTC) - EPOCH) // MICRO
    days = 366 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 365
    found = []
    before = _offset(zone, first - 1)
    for day in range(days):
        low, high = first + day * DAY - 1, first + (day + 1) * DAY - 1
        after = _offset(zone, high)
        if after != before:
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if _offset(zone, middle) == before else (low, middle)
            found.append(high)
        before = after
    return tuple(found)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one time on the wall until another, the next morning if it is the earlier; equal: never."""

    begins: dt.time
    ends: dt.time
    zone: str

    @property
    def open_in_a_day(self) -> int:
        """Microseconds of a plain day that are not quiet: never none."""
        return DAY - (_since_midnight(self.ends) - _since_midnight(self.begins)) % DAY

    def is_quiet(self, instant: dt.datetime) -> bool:
        time = _since_midnight(instant.astimezone(ZoneInfo(self.zone)).time())
        begins, ends = _since_midnight(self.begins), _since_midnight(self.ends)
        return (time - begins) % DAY < (ends - begins) % DAY

    def open_between(self, start: dt.datetime, end: dt.datetime) -> dt.timedelta:
        """The time from `start` to `end` that is not quiet; none when `end` is not later."""
        return sum(self._stretch(low, high) for low, high in self._segments(start, end)) * MICRO

    def after(self, start: dt.datetime, awaited: dt.timedelta) -> dt.datetime:
        """The first instant from `start` on by which `awaited` has passed outside quiet hours."""
        left = awaited // MICRO
        if left <= 0:
            return start
        # Enough days for the wait whatever the offset does on the way, an hour less or more.
        reach = start + dt.timedelta(days=left // self.open_in_a_day + 3)
        for low, high in self._segments(start, reach):
            passed = self._stretch(low, high)
            if passed >= left:
                return EPOCH + self._within(low, left) * MICRO
            left -= passed
        return self.after(reach, left * MICRO)

    def _segments(self, start: dt.datetime, end: dt.datetime) -> Iterator[tuple[int, int]]:
        """The span cut where the offset changes."""
        low, last = (start - EPOCH) // MICRO, (end - EPOCH) // MICRO
        if low >= last:
            return
        for year in range(start.astimezone(UTC).year, end.astimezone(UTC).year + 1):
            for change in _changes(self.zone, year):
                if low < change < last:
                    yield low, change
                    low = change
        yield low, last

    def _opened(self, wall: int) -> int:
        """Open time of a wall clock that never jumps, from its zero until `wall`."""
        # Counted from the end of quiet hours, each day is first open, then quiet.
        days, time = divmod(wall - _since_midnight(self.ends), DAY)
        return days * self.open_in_a_day + min(time, self.open_in_a_day)

    def _stretch(self, low: int, high: int) -> int:
        offset = _offset(self.zone, low)
        return self._opened(high + offset) - self._opened(low + offset)

    def _within(self, low: int, awaited: int) -> int:
        """The first instant by which `awaited`, above zero, has passed since `low`, no change between."""
        offset = _offset(self.zone, low)
        opened = self._opened(low + offset) + awaited
        days, rest = divmod(opened - 1, self.open_in_a_day)
        return days * DAY + rest + 1 + _since_midnight(self.ends) - offset
