"""A prepared query gives what the same query gives unprepared, each time with its own values."""

import threading

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Count, F, QuerySet, Value

from passeur.foundation import lasting
from passeur.foundation.prepared import Asked, prepared, together

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


@prepared
def half(name: Asked) -> QuerySet:
    rows = Member.objects.filter(name=name).annotate(said=Value("50 % 'de plus' %s"))
    return rows.order_by("pk").values_list("said", flat=True)


def test_what_never_changes_may_hold_anything(people):
    assert half(name="Mei") == half(name="Awa") == ["50 % 'de plus' %s"]
    assert half(name="Personne") == []


def planned():
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_prepared_statements where statement like '%%accounts_member%%'"
        )
        return cursor.fetchone()[0]


def test_what_is_planned_once_is_one_statement_for_all_values(people):
    mei, awa = people
    before = planned()
    for among in [[mei.pk, awa.pk], [awa.pk, 300_000_000], [2]] * 4:
        (found,) = together([keys.asked(among=among, but=70_000)])
        assert found == keys(among=among, but=70_000)
    assert planned() == before + 1


def test_what_is_planned_once_is_logged_with_its_values(people, django_assert_num_queries):
    with django_assert_num_queries(2) as asked:
        for name in ["Mei", "Awa"]:
            assert lasting.fetched("select count(*) from accounts_member where name = %s", [name]) == [(1,)]
    assert [one["sql"][-5:] for one in asked] == ["'Mei'", "'Awa'"]


def test_what_is_planned_once_sees_a_table_that_changed(people):
    def seen():
        ((said,),) = lasting.fetched("select count(*)::text from accounts_member where name = %s", ["Mei"])
        return said

    for _time in range(8):
        assert seen() == "1"
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table accounts_member add column for_a_moment integer")
    Member.objects.filter(name="Mei").update(name="Awa")
    assert seen() == "0"
