"""A search without result is remembered as a need, never with the person."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.tests.factories import CommunityFactory

from ..models import SearchMiss
from ..services.searching import forget_old_misses, remember_miss
from .factories import SearchMissFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def community():
    return CommunityFactory.create()


def test_the_same_need_is_counted_whatever_its_spelling(community) -> None:
    for text in ("Macro inventaire", "macro INVENTAIRÉ", "  la macro d’inventaire "):
        assert remember_miss(text=text, communities=[community])
    miss = SearchMiss.objects.get()
    assert (miss.folded, miss.times, miss.words) == ("macro inventaire", 3, "la macro d’inventaire")


def test_each_day_and_each_community_counts_for_itself(community) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    SearchMissFactory.create(community=community, folded="macro", words="macro", day=yesterday)
    remember_miss(text="macro", communities=[community, CommunityFactory.create()])
    assert SearchMiss.objects.count() == 3
    assert set(SearchMiss.objects.values_list("times", flat=True)) == {1}


@pytest.mark.parametrize(
    "text",
    ["", "ab", "l a", "12", "comment ?", "-stock", "karim@orvelle.example", "06 12 34 56 78", "x" * 300],
)
def test_what_tells_no_need_is_not_kept(community, text) -> None:
    assert not remember_miss(text=text, communities=[community])
    assert not SearchMiss.objects.exists()


@pytest.mark.parametrize("text", ["Anaïs Girard", "girard anais", "ANAÏS  GIRARD", "anais gir"])
def test_a_person_s_name_is_not_kept(community, text) -> None:
    MemberFactory.create(name="Anaïs Girard")
    assert not remember_miss(text=text, communities=[community])


def test_nothing_in_a_miss_points_to_a_person() -> None:
    relations = {field.name for field in SearchMiss._meta.get_fields() if field.is_relation}
    assert relations == {"community"}


def test_old_misses_are_forgotten(community) -> None:
    today = timezone.localdate()
    for days in (179, 181):
        SearchMissFactory.create(community=community, day=today - dt.timedelta(days=days))
    assert forget_old_misses() == 1
    assert SearchMiss.objects.get().day == today - dt.timedelta(days=179)
