"""How many, and since when, inside a sentence: « lundi », « hier », « le 12 novembre »."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from passeur.foundation import dates, typography

WEEK = 6
"""Days within which the name of a weekday says which one it was."""

SMALL = [
    gettext_lazy("deux"),
    gettext_lazy("trois"),
    gettext_lazy("quatre"),
    gettext_lazy("cinq"),
    gettext_lazy("six"),
    gettext_lazy("sept"),
    gettext_lazy("huit"),
    gettext_lazy("neuf"),
]
"""Two to nine: in a sentence they are words."""


def count_in_words(n: int) -> str:
    """A number at the beginning of a sentence."""
    return (
        capfirst(str(SMALL[n - 2])) if 2 <= n <= 9 else typography.number(n, language=get_language() or "fr")
    )


def since_in_words(since: dt.datetime, now: dt.datetime) -> str:
    """What stands after « depuis »: the hour today, then yesterday, the weekday, the day."""
    then, today = timezone.localtime(since), timezone.localtime(now)
    days = (today.date() - then.date()).days
    if days <= 0:
        return dates.clock(then)
    if days == 1:
        return _("hier")
    if days <= WEEK:
        return str(WEEKDAYS[then.weekday()])
    return dates.on_day(then, with_year=then.year != today.year)
