"""What a page reads comes in one statement, as text; rows are made of it as they are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from passeur.foundation import pure, reading
from passeur.foundation.prepared import Asked, Question, prepared
from passeur.foundation.reading import Said

Member = get_user_model()


@dataclass(frozen=True, slots=True)
class Into:
    pk: int
    name: str


@dataclass(frozen=True, slots=True)
class Person:
    pk: int
    name: str
    joined_at: dt.datetime
    is_active: bool
    into: str | None
    same: int
    from_: tuple[Into, ...]


@dataclass
class Loose:
    pk: int


@prepared
def people(among: Asked) -> QuerySet:
    merged = Member.objects.filter(merged_into=OuterRef("pk")).order_by("name")
    return (
        Member.objects.filter(pk__among=among)
        .annotate(
            into=F("merged_into__name"),
            same=Count("pk"),
            from_=ArraySubquery(merged.values(one=JSONObject(pk="pk", name="name"))),
        )
        .values("pk", "name", "joined_at", "is_active", "into", "same", "from_")
        .order_by("-name")
    )


@prepared
def first(among: Asked) -> QuerySet:
    rows = Member.objects.filter(pk__among=among) | Member.objects.filter(merged_into__among=among)
    return rows.order_by("name").values_list("name", flat=True)[:2]


@prepared
def models(name: Asked) -> QuerySet:
    return Member.objects.filter(name=name)


@pytest.fixture
def three(db):
    def made(name, **more):
        return Member.objects.create_user(
            email=f"{len(name)}@orvelle.fr", password="un deux trois", name=name, **more
        )

    mei = made('Mei « L’Été »\\ "100 %" %s\n\u2028</script>')
    return [mei, made("Awa", merged_into=mei), made("Bo", merged_into=mei)]


def test_all_is_asked_in_one_statement(three, django_assert_num_queries):
    mei, awa, bo = three
    with django_assert_num_queries(1):
        said = reading.ask(
            people=people.asked(among=[mei.pk, awa.pk]), first=first.asked(among=[mei.pk]), none=None
        )
    assert said.rows("people", Person) == (
        Person(mei.pk, mei.name, mei.joined_at, True, None, 1, (Into(awa.pk, "Awa"), Into(bo.pk, "Bo"))),
        Person(awa.pk, "Awa", awa.joined_at, True, mei.name, 1, ()),
    )
    assert said.rows("first", str) == ("Awa", "Bo")
    assert said.row("first", str) == "Awa"
    assert said.rows("none", str) == ()
    assert said.row("none", Person) is None


def test_nothing_to_ask_asks_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert reading.ask(none=None).text("none") == "[]"


def test_no_row_is_an_empty_list(db):
    said = reading.ask(people=people.asked(among=[]))
    assert said.text("people") == reading.NOTHING
    assert said.rows("people", Person) == ()


def test_a_part_of_it_says_no_more(three):
    said = reading.ask(people=people.asked(among=[three[0].pk]), first=first.asked(among=[three[0].pk]))
    assert said.of("first").rows("first", str) == ("Awa", "Bo")
    with pytest.raises(KeyError):
        said.of("first").text("people")


def test_a_query_of_models_is_refused(db):
    with pytest.raises(TypeError, match="values"):
        reading.ask(models=models.asked(name="Mei"))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Into, '[{"pk": 1}]'),
        (Into, '[{"pk": 1, "name": "a", "more": 2}]'),
        (Loose, '[{"pk": 1}]'),
        (str, '[{"a": "1", "b": "2"}]'),
        (dict, '[{"a": {}}]'),
    ],
)
def test_rows_that_are_not_of_the_kind_are_refused(kind, text):
    with pytest.raises(TypeError):
        Said((("rows", text),)).rows("rows", kind)


def test_dates_and_numbers_are_what_they_were():
    text = '[{"a": ["2026-11-28", null, "2026-11-29"]}]'
    kind = tuple[dt.date | None, ...]
    assert Said((("rows", text),)).row("rows", kind) == (dt.date(2026, 11, 28), None, dt.date(2026, 11, 29))
    assert isinstance(Said((("rows", '[{"a": 1}]'),)).row("rows", float), float)


def lines(said: Said, reader: int) -> dict[str, object]:
    names = [person.name for person in said.rows("people", Person)]
    return {"label": f"{reader} {names}", "url": "/"}


def test_what_is_kept_reaches_only_those_to_whom_the_same_was_said(three):
    pure.forget()
    mei, awa, bo = three

    def page(*among, reader=1):
        said = reading.ask(people=people.asked(among=[one.pk for one in among]))
        return pure.drawn_from("foundation/_empty.html", lines, said=said, reader=reader)

    drawn = page(mei)
    assert page(mei) is drawn
    assert page(mei, reader=2) != drawn
    assert "Awa" in page(mei, awa)
    assert "Awa" not in page(mei, bo)
    Member.objects.filter(pk=awa.pk).update(name="Aminata")
    assert "Aminata" in page(mei, awa)
    assert page(mei) is not drawn, "the names of those who were merged into Mei are said there"


def test_a_question_of_keys_still_lists_keys(three):
    from passeur.foundation.prepared import together

    @prepared
    def keys(among: Asked) -> QuerySet:
        return Group.objects.filter(pk__among=among).values_list("pk", flat=True)

    asked = keys.asked(among=[0])
    assert isinstance(asked, Question)
    assert asked.names == ("pk",)
    assert together([asked]) == [[]]
