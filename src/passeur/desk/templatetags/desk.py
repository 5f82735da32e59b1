"""Moments and gestures in the words of the desk."""

import datetime as dt

from django import template
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from passeur.foundation import dates
from passeur.foundation.typography import FIXED

from ..queries import summary

register = template.Library()

BY_THE_HOUR, BY_THE_DAY = 2, 14
"""Days for which the hour still tells something, and the day of the week does."""


register.filter(summary)


@register.simple_tag
def since(moment: dt.datetime, today: dt.date) -> SafeString:
    """« depuis mardi 24, 8 h 12 », exact for machines and on hovering."""
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(timespec="minutes"),
        dates.exactly(moment),
        since_in_words(moment, today),
    )


def since_in_words(moment: dt.datetime, today: dt.date) -> str:
    """Since what hour today, since what day within two weeks, since what date before.

    Midnight sharp is what is known by the day only, such as searches.
    """
    here = timezone.localtime(moment)
    days = (today - here.date()).days
    by_day = here.time() == dt.time()
    if days <= 0:
        return _("depuis aujourd’hui") if by_day else _("depuis %(time)s") % {"time": dates.clock(here)}
    if days < BY_THE_DAY:
        number = "1er" if here.day == 1 and dates.in_french() else here.day
        day = f"{WEEKDAYS[here.weekday()]}{FIXED}{number}"
        time = f", {dates.clock(here)}" if days < BY_THE_HOUR and not by_day else ""
        return _("depuis %(day)s") % {"day": day + time}
    return _("depuis %(day)s") % {"day": dates.on_day(here, with_year=here.year != today.year)}
