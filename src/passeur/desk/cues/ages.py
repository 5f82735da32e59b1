"""How long ago something was, on a page that is kept: a mark with the moment, filled with words each time."""

from __future__ import annotations

import datetime as dt
import re

from django.utils.safestring import SafeString

from passeur.foundation import dates, pure, typography

_MARK = pure.mark()
_AGE = re.compile(rf"{_MARK}at(\d+)x")


def marked(moment: dt.datetime) -> SafeString:
    """What stands for the age of that moment in a text or in HTML."""
    return SafeString(f"{_MARK}at{round(moment.timestamp() * 1_000_000)}x")


def filled(part: str, now: dt.datetime) -> SafeString:
    """The HTML with all its ages in words: « 26 h 12 », « 3 jours »."""
    at = now.timestamp()

    def words(age: re.Match[str]) -> str:
        span = dates.duration(at - int(age[1]) / 1_000_000)
        return typography.french(span) if dates.in_french() else span

    return SafeString(_AGE.sub(words, part))


def apart(text: str) -> str:
    """The text with the same word for every age: what is left changes only when something happened."""
    return _AGE.sub("–", text)
