"""When something happened, as one says it, in the reader's zone and language."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from passeur.foundation import dates

PARIS = ZoneInfo("Europe/Paris")
NOW = dt.datetime(2026, 11, 25, 16, 0, tzinfo=PARIS)


def said(moment: dt.datetime, language: str = "fr", zone: str = "Europe/Paris") -> str:
    with translation.override(language), timezone.override(zone):
        return dates.when(moment, NOW).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (dt.timedelta(seconds=20), "à l’instant"),
        (dt.timedelta(minutes=12), "il y a 12 min"),
        (dt.timedelta(hours=3, minutes=50), "il y a 3 h"),
        (dt.timedelta(hours=23, minutes=55), "il y a 23 h"),
        (dt.timedelta(hours=25), "hier, 15 h"),
        (dt.timedelta(hours=39, minutes=55), "hier, 0 h 05"),
        (dt.timedelta(hours=40, minutes=5), "le 23 novembre"),
        (dt.timedelta(days=24), "le 1er novembre"),
        (dt.timedelta(days=400), "le 21 octobre 2025"),
        (dt.timedelta(hours=-3), "dans 3 h"),
        (dt.timedelta(hours=-25), "demain, 17 h"),
    ],
)
def test_the_further_away_the_less_exact(ago, words):
    assert said(NOW - ago) == words


def test_yesterday_is_yesterday_where_the_reader_is():
    moment = dt.datetime(2026, 11, 24, 10, 0, tzinfo=PARIS)
    assert said(moment) == "hier, 10 h"
    assert said(moment, zone="Pacific/Auckland") == "le 24 novembre"
    after_midnight_there = dt.datetime(2026, 11, 24, 12, 30, tzinfo=PARIS)
    assert said(after_midnight_there) == "hier, 12 h 30"
    assert said(after_midnight_there, zone="Pacific/Auckland") == "hier, 0 h 30"


@pytest.mark.parametrize(
    ("span", "fr", "en"),
    [
        (dt.timedelta(minutes=12), "12 min", "12 min"),
        (dt.timedelta(hours=7, minutes=40), "7 h 40", "7 h 40 min"),
        (dt.timedelta(hours=7), "7 h", "7 h"),
        (dt.timedelta(hours=47), "47 h", "47 h"),
        (20, "1 min", "1 min"),
    ],
)
def test_durations(span, fr, en):
    with translation.override("fr"):
        assert dates.duration(span).replace("\u00a0", " ") == fr
    with translation.override("en"):
        assert dates.duration(span).replace("\u00a0", " ") == en


def test_clock_in_both_languages():
    with translation.override("fr"):
        assert dates.clock(dt.time(16, 5)).replace("\u00a0", " ") == "16 h 05"
    with translation.override("en"):
        assert dates.clock(dt.time(16, 5)) == "16:05"


@pytest.mark.parametrize(
    ("language", "day", "words"),
    [
        ("fr", dt.date(2026, 9, 7), "7\u00a0sept."),
        ("fr", dt.date(2026, 8, 1), "1er\u00a0août"),
        ("en", dt.date(2026, 8, 31), "31\u00a0Aug."),
        ("en", dt.date(2026, 3, 1), "1\u00a0March"),
    ],
)
def test_a_day_in_short_stands_under_a_chart(language, day, words):
    with translation.override(language):
        assert dates.day_in_short(day) == words


@pytest.mark.parametrize("hours", [0, 0.01, 0.3, 0.9917, 1, 5.7, 23.9, 24, 30, 60, 9_000])
@pytest.mark.parametrize("side", [-1, 1])
def test_words_stay_the_same_until_then(hours, side):
    with timezone.override("Europe/Paris"):
        moment = NOW - dt.timedelta(hours=side * hours)
        until = dates.when_until(moment, NOW)
        assert NOW < until <= NOW + dt.timedelta(days=1)
        step = (until - NOW) / 20
        assert {dates.when(moment, NOW + number * step) for number in range(1, 20)} == {
            dates.when(moment, NOW + step / 50)
        }
        assert dates.when_until(moment, until) > until
