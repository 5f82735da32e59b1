"""A prepared query gives what the same query gives unprepared, each time with its own values."""

import threading

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Count, F, QuerySet

from passeur.foundation.prepared import Asked, prepared

Member = get_user_model()


@prepared
def named(name: Asked) -> QuerySet:
    return Member.objects.filter(name=name).order_by("pk")


@prepared
def keys(among: Asked, but: Asked) -> QuerySet:
    return Member.objects.filter(pk__among=among).exclude(pk=but).order_by("-pk").values_list("pk", flat=True)


@prepared
def pairs(among: Asked) -> QuerySet:
    rows = Member.objects.filter(pk__among=among).select_related("merged_into")
    return rows.annotate(into=F("merged_into__name"), n=Count("memberships")).order_by("pk")


@prepared
def merged(into: Asked) -> QuerySet:
    return Member.objects.filter(merged_into__among=into)


@pytest.fixture
def people(db):
    def made(name, **more):
        return Member.objects.create_user(
            email=f"{name}@orvelle.fr", password="un deux trois", name=name, **more
        )

    mei = made("Mei")
    return [mei, made("Awa", merged_into=mei)]


def test_each_call_has_its_own_values(people):
    mei, awa = people
    assert named(name="Mei") == [mei]
    assert named(name="Awa") == [awa]
    assert named(name="'; drop table accounts_member; --") == []


def test_lists_go_as_one_value(people):
    mei, awa = people
    assert keys(among=[mei.pk, awa.pk], but=0) == [awa.pk, mei.pk]
    assert keys(among=[mei.pk, awa.pk], but=awa.pk) == [mei.pk]
    assert keys(among=[], but=0) == []
    assert merged(into=[mei.pk]) == [awa]


def test_related_rows_and_annotations_come_along(people, django_assert_num_queries):
    mei, awa = people
    with django_assert_num_queries(1):
        first, second = pairs(among=[mei.pk, awa.pk])
        assert (first.merged_into, second.merged_into) == (None, mei)
        assert (second.into, second.n) == ("Mei", 0)


def test_a_value_that_is_missing_is_an_error(people):
    with pytest.raises(KeyError):
        named()


@pytest.mark.django_db(transaction=True)
def test_threads_ask_by_their_own_connections():
    Member.objects.create_user(email="mei@orvelle.fr", password="un deux trois", name="Mei")
    seen = []

    def ask():
        seen.append((len(named(name="Mei")), connection.connection.info.backend_pid))
        connection.close()

    for _time in range(2):
        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()
    assert [n for n, _pid in seen] == [1, 1]
    assert seen[0][1] != seen[1][1]
