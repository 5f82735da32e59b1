"""In what a figure is said: as a share, a count, a duration; and the round marks of an axis."""

from __future__ import annotations

import math
from enum import Enum

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from passeur.foundation import dates, typography

HOUR, DAY = 3600.0, 86400.0
_KNOWN_TO = ((4 * HOUR, HOUR / 4), (DAY, HOUR / 2), (2 * DAY, 2 * HOUR), (math.inf, DAY))
"""Up to which duration it is known to what: waits are counted in such bins (`algorithms.measures.bins`)."""
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_SPANS = (1, 2, 3, 6, 12, 24, 48, 72, 120, 168, 240, 336, 720, 1440, 2160, 4320, 8760)


class Unit(Enum):
    """A share is in [0, 1], a duration in seconds, a ratio a plain number with its decimals."""

    SHARE = "share"
    COUNT = "count"
    DURATION = "duration"
    RATIO = "ratio"


FINE = 10
"""Ratios under it are told with two decimals, larger ones with one."""


def say(value: float | None, unit: Unit, *, beside: float | None = None) -> str:
    """« 34 % », « 1 284 », « 7 h 30 », « 0,5 »; a dash where there is no value.

    What stands `beside` a ratio (its bounds, its difference) is said as finely as that.
    """
    if value is None or math.isnan(value):
        return "–"
    if unit is Unit.SHARE:
        return _("%(n)s %%") % {"n": _number(value * 100, 0)}
    if unit is Unit.DURATION:
        return dates.duration(_as_known(value))
    return _number(value, 0 if unit is Unit.COUNT else _decimals(value if beside is None else beside))


def as_said(value: float | None, unit: Unit, *, beside: float | None = None) -> float | None:
    """The number, as fine as it is said in words: a file tells no more than the page."""
    if value is None or not math.isfinite(value):
        return value
    if unit is Unit.DURATION:
        return _as_known(value)
    fine = _decimals(value if beside is None else beside)
    return round(value, {Unit.COUNT: 0, Unit.SHARE: 2}.get(unit, fine))


def _as_known(seconds: float) -> float:
    """A duration as fine as it is known; one that is shorter than that is as long."""
    step = next(step for most, step in _KNOWN_TO if abs(seconds) < most)
    return math.copysign(max(step, step * round(abs(seconds) / step)), seconds) if seconds else 0.0


def _decimals(value: float) -> int:
    """Of a ratio."""
    return 1 if abs(value) >= FINE else 2


def ticks(most: float, unit: Unit, steps: int = 4) -> list[float]:
    """Marks from 0 to a round number that is not under `most`, evenly apart."""
    wanted = max(most, 0.0) / steps
    if unit is Unit.DURATION:
        hours = next((span for span in _SPANS if span * HOUR >= wanted), wanted / HOUR)
        step = hours * HOUR
    elif wanted <= 0:
        step = 0.25 if unit is Unit.SHARE else 1.0
    else:
        power = 10.0 ** math.floor(math.log10(wanted))
        step = next(one * power for one in _STEPS if one * power >= wanted * (1 - 1e-9))
        if unit is Unit.COUNT:
            step = max(1.0, math.ceil(step))
    return [step * place for place in range(steps + 1)]


def _number(value: float, decimals: int) -> str:
    return typography.number(value + 0.0, decimals=decimals, language=get_language() or "fr")
