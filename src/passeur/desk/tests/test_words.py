"""What the desk says is true of the tab that is open, and said as one says it."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from .. import services
from ..choices import Snooze
from ..templatetags.desk import since_in_words
from ..views.greeting import day_in_words

pytestmark = pytest.mark.django_db


def body(response):
    return response.content.decode()


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ("today", "Bonjour Naïma, rien ne presse aujourd’hui"),
        ("week", "Bonjour Naïma, rien de plus cette semaine"),
        ("snoozed", "Bonjour Naïma, rien n’est reporté"),
        ("done", "Bonjour Naïma, rien n’est encore fait aujourd’hui"),
    ],
)
def test_an_empty_tab_says_what_is_true_of_it_and_what_to_do_next(naima, view, words):
    page = body(naima.get(reverse("desk:today"), {"view": view}))
    assert words in page
    assert re.search(r'<div class="empty">.*<a class="btn"', page, re.DOTALL)


def test_the_title_counts_in_words(naima, place):
    for n in range(4):
        place.asked(place.member(f"Ada {n}"), hours=25)
    assert "Bonjour Naïma, quatre signaux vous attendent" in body(naima.get(reverse("desk:today")))
    assert "Quatre personnes espèrent un signe de votre part." in body(naima.get(reverse("desk:today")))


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ((2026, 11, 25, 8, 12), "depuis 8\xa0h\xa012"),
        ((2026, 11, 24, 8, 12), "depuis mardi\xa024, 8\xa0h\xa012"),
        ((2026, 11, 23, 8, 12), "depuis lundi\xa023"),
        ((2026, 11, 12, 8, 12), "depuis jeudi\xa012"),
        ((2026, 11, 11, 8, 12), "depuis le 11\xa0novembre"),
        ((2026, 11, 1, 8, 12), "depuis le 1er\xa0novembre"),
        ((2025, 11, 11, 8, 12), "depuis le 11\xa0novembre 2025"),
    ],
)
def test_since_when(moment, words):
    with timezone.override("Europe/Paris"), translation.override("fr"):
        now = timezone.make_aware(dt.datetime(2026, 11, 25, 9, 0))
        assert since_in_words(timezone.make_aware(dt.datetime(*moment)), now.date()) == words


def test_the_day_is_named_as_one_says_it():
    with timezone.override("Europe/Paris"), translation.override("fr"):
        night = dt.datetime(2026, 11, 24, 23, 30, tzinfo=dt.UTC)
        assert day_in_words(night) == "Mercredi 25\xa0novembre"


def test_what_was_done_is_said_in_the_language_of_who_reads_it(naima, place):
    key = f"never-exchanged:{place.member('Anaïs Girard', days=9).pk}"
    services.snooze(community=place.community, key=key, until=Snooze.TOMORROW, by=place.manager)
    place.manager.language = "en"
    place.manager.save()
    page = body(naima.get(reverse("desk:today"), {"view": "done"}))
    assert "Signal reporté" not in page
