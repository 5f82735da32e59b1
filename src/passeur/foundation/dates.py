"""Dates and durations in words: « il y a 3 h », « hier, 16 h 05 », « le 12 novembre »; 7 h 40."""

import datetime as dt

from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext

from passeur.foundation.typography import FIXED

MINUTE, HOUR, DAY = 60, 3600, 86400


def in_french() -> bool:
    """Whether the reader's language is French (also when none is set)."""
    return (get_language() or "fr").startswith("fr")


def when(moment: dt.datetime, now: dt.datetime | None = None) -> str:
    """`moment` as one says it: how long ago within a day, then yesterday, then the day, then its year."""
    moment, now = timezone.localtime(moment), timezone.localtime(now)
    seconds = (now - moment).total_seconds()
    if abs(seconds) < MINUTE:
        return gettext("à l’instant")
    if abs(seconds) < DAY:
        span = hours_and_minutes(abs(seconds) if abs(seconds) < HOUR else abs(seconds) // HOUR * HOUR)
        return (gettext("il y a %(span)s") if seconds > 0 else gettext("dans %(span)s")) % {"span": span}
    days = (now.date() - moment.date()).days
    if days == 1:
        return gettext("hier, %(time)s") % {"time": clock(moment)}
    if days == -1:
        return gettext("demain, %(time)s") % {"time": clock(moment)}
    return on_day(moment, with_year=moment.year != now.year)


def when_until(moment: dt.datetime, now: dt.datetime) -> dt.datetime:
    """Until when `when` says of that moment what it says now, or a little earlier."""
    moment, now = timezone.localtime(moment), timezone.localtime(now)
    seconds = (now - moment).total_seconds()
    if -DAY <= seconds < DAY:
        step = HOUR if seconds >= HOUR else MINUTE // 2  # hours are begun, minutes are rounded
        return moment + dt.timedelta(seconds=(seconds // step + 1) * step)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + dt.timedelta(days=1)
    return min(midnight, moment - dt.timedelta(seconds=DAY)) if seconds < 0 else midnight


def on_day(day: dt.date, *, with_year: bool) -> str:
    """« le 12 novembre », « le 1er mars 2025 »; 12 November in English."""
    text = day_and_month(day) + (f" {day.year}" if with_year else "")
    return gettext("le %(day)s") % {"day": text}


def day_and_month(day: dt.date) -> str:
    """« 12 novembre », « 1er mars »."""
    number = "1er" if day.day == 1 and in_french() else str(day.day)
    return f"{number}{FIXED}{MONTHS[day.month]}"


def day_in_short(day: dt.date) -> str:
    """« 12 nov. », « 1er mars »: under a chart, where there is little room."""
    number = "1er" if day.day == 1 and in_french() else str(day.day)
    month = date_format(day, "N")
    return f"{number}{FIXED}{month.lower() if in_french() else month}"


def exactly(moment: dt.datetime) -> str:
    """The whole of it: « mardi 24 novembre 2026, 8 h 12 »."""
    moment = timezone.localtime(moment)
    return f"{WEEKDAYS[moment.weekday()]} {day_and_month(moment)} {moment.year}, {clock(moment)}"


def clock(moment: dt.datetime | dt.time) -> str:
    """« 16 h 05 », « 9 h »; 16:05 in English."""
    if not in_french():
        return f"{moment.hour}:{moment.minute:02}"
    minutes = f"{FIXED}{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour}{FIXED}h{minutes}"


def hours_and_minutes(seconds: float) -> str:
    """A span under a day or so: « 12 min », « 7 h 40 »; 7 h 40 min in English."""
    minutes = max(1, round(seconds / MINUTE))
    hours, minutes = divmod(minutes, 60)
    if not hours:
        return f"{minutes}{FIXED}min"
    if not minutes:
        return f"{hours}{FIXED}h"
    return f"{hours}{FIXED}h{FIXED}{minutes:02}" if in_french() else f"{hours}{FIXED}h {minutes}{FIXED}min"


def duration(span: dt.timedelta | float) -> str:
    """A span of any length, given in seconds or as a timedelta: hours up to two days, then whole days."""
    seconds = span.total_seconds() if isinstance(span, dt.timedelta) else float(span)
    if seconds < 2 * DAY:
        return hours_and_minutes(seconds)
    days = round(seconds / DAY)
    return ngettext("%(days)s jour", "%(days)s jours", days) % {"days": days}
