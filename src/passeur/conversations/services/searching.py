"""Remembering what was looked for in vain: an unmet need, never who had it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from passeur.foundation import events as bus
from passeur.foundation.folded import NameBeginnings, NameWords

from .. import events
from ..models import SearchMiss
from ..queries.search import lexemes, parsing

if TYPE_CHECKING:
    from passeur.communities.models import Community

KEPT = dt.timedelta(days=180)
_SHORTEST = 3
_DIGITS_OF_A_NUMBER = 6


def remember_miss(*, text: str, communities: Iterable[Community]) -> bool:
    """Count a search that found nothing in each of these communities; says whether it was worth keeping.

    Kept are words that tell a need: not one or two letters, not an address, a number or somebody's name,
    which would be about a person.
    """
    try:
        query = parsing.parse(text)
    except parsing.REFUSALS:
        return False
    telling = [word for word in query.words if len(word) >= _SHORTEST and not lexemes.is_common(word)]
    if not any(word.isalpha() for word in telling) or _is_about_a_person(text, query):
        return False
    folded, words = " ".join(query.folded_words)[:120], " ".join(text.split())[:120]
    with transaction.atomic():
        for community in communities:
            miss, is_new = SearchMiss.objects.get_or_create(
                community=community, folded=folded, day=timezone.localdate(), defaults={"words": words}
            )
            if not is_new:
                SearchMiss.objects.filter(pk=miss.pk).update(times=F("times") + 1, words=words)
            bus.publish(events.SearchMissed(community=community.pk, folded=folded))
    return True


def forget_old_misses(now: dt.datetime | None = None) -> int:
    """Delete what was missed more than `KEPT` ago; says how much was deleted."""
    limit = timezone.localdate(now) - KEPT
    return SearchMiss.objects.filter(day__lt=limit).delete()[0]


def _is_about_a_person(text: str, query: parsing.Query) -> bool:
    if "@" in text or sum(character.isdigit() for character in text) >= _DIGITS_OF_A_NUMBER:
        return True
    if len(query.folded_words) < 2:  # a first name alone may be a word: Pierre, Rose
        return False
    people = get_user_model()._default_manager.annotate(words=NameWords("name"))
    for word in query.folded_words:
        people = people.filter(words=NameBeginnings(word))
    return people.exists()
