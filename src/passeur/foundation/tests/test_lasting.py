"""A statement is planned once for a line to the database; what was prepared and is no more is noticed."""

from __future__ import annotations

import datetime as dt

import psycopg
import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from .. import lasting, plans
from ..prepared import Asked, prepared, together

pytestmark = pytest.mark.django_db

WARNING = "PASSEUR_PREPARE=no"


@pytest.fixture(autouse=True)
def pooled(monkeypatch):
    """What one test notices of a pooler is not what the next one knows."""
    monkeypatch.setattr(lasting, "_pooled", lasting._Pooled())
    return lasting._pooled


@pytest.fixture
def line():
    """A line of its own, outside of the test's transaction."""
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as own:
        yield own


@pytest.fixture
def other():
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as own:
        own.execute("drop table if exists lasting_sample")
        own.execute("create table lasting_sample as select 7 as number")
        yield own
        own.execute("drop table lasting_sample")


def asked(sql, values):
    return lasting.fetched(sql, values)[0]


def asked_of(line, sql, values):
    plans.of(line)
    with lasting.Cursor(line) as cursor:
        return cursor.execute(sql, values).fetchone()


def prepared_in(line, words):
    told = line.execute("select count(*) from pg_prepared_statements where statement like %s", [f"%{words}%"])
    return told.fetchone()[0]


def moments_of(line, words):
    """When each statement with these words was prepared."""
    told = line.execute(
        "select prepare_time from pg_prepared_statements where statement like %s", [f"%{words}%"]
    )
    return [at for (at,) in told.fetchall()]


def test_what_came_twice_is_prepared_once_whatever_its_values(line):
    sql = "select 'told twice', %s::int + %s"
    assert asked_of(line, sql, [1, 2]) == ("told twice", 3)
    assert prepared_in(line, "told twice") == 0
    assert asked_of(line, sql, [3, 2]) == ("told twice", 5)
    assert asked_of(line, sql, [70_000, 20]) == ("told twice", 70_020)
    assert prepared_in(line, "told twice") == 1


def test_a_page_asks_by_what_is_prepared():
    for number in range(3):
        together([of_kind.asked(key=number)])
    assert prepared_in(connection.connection, "100 %%") == 1


@pytest.mark.parametrize("number", [0, -1, 40_000, 2**31 - 1, 2**31, -(2**31), 2**40])
def test_a_whole_number_is_of_the_type_that_it_has_in_a_text(number):
    sql = "select pg_typeof(%s)::text, %s = any(%s)"
    with connection.cursor() as cursor:
        cursor.execute(f"select pg_typeof({number})::text")
        (kind,) = cursor.fetchone()
    for _time in range(3):
        assert asked(sql, [number, number, [number, 5]]) == (kind.replace('"', ""), True)


def test_who_asks_what_was_asked_reads_its_values():
    with CaptureQueriesContext(connection) as captured:
        asked("select %s::text", ["l'atelier"])
    assert captured[0]["sql"] == "select 'l''atelier'::text"


def test_without_prepared_statements_the_answer_is_the_same(line):
    line.prepare_threshold = None
    for _time in range(3):
        assert asked_of(line, "select 'each time', %s", [7]) == ("each time", 7)
    assert prepared_in(line, "each time") == 0


def test_what_weighs_too_much_goes_what_was_not_asked_for_longest_first(line, monkeypatch):
    monkeypatch.setattr(plans, "MOST", 100)
    for word in ("first", "second", "first", "third"):
        for _time in range(2):
            asked_of(line, f"select 'weighed {word} and so', %s::int", [1])
    assert prepared_in(line, "weighed second and so") == 0
    assert prepared_in(line, "weighed ") == 2


def test_a_statement_that_failed_for_its_values_goes_on(line):
    sql = "select 'divided', 1 / %s"
    for _time in range(2):
        asked_of(line, sql, [1])
        with pytest.raises(psycopg.errors.DivisionByZero):
            asked_of(line, sql, [0])
    assert asked_of(line, sql, [1]) == ("divided", 1)
    assert prepared_in(line, "divided") == 1


def test_a_column_that_changed_its_type_is_read_at_once(line, other):
    sql = "select number from lasting_sample where %s = 1"
    for _time in range(7):
        assert asked_of(line, sql, [1]) == (7,)
    other.execute("alter table lasting_sample alter number type text using 'seven'")
    for _time in range(3):
        assert asked_of(line, sql, [1]) == ("seven",)
    assert prepared_in(line, "lasting_sample") == 1


def test_within_a_transaction_the_error_stands_and_the_next_one_reads(line, other):
    sql = "select number from lasting_sample where %s = 1"
    for _time in range(7):
        asked_of(line, sql, [1])
    other.execute("alter table lasting_sample alter number type text using 'seven'")
    with pytest.raises(psycopg.errors.FeatureNotSupported), line.transaction():
        asked_of(line, sql, [1])
    for _time in range(3):
        assert asked_of(line, sql, [1]) == ("seven",)


def test_a_table_that_was_made_anew_is_read(line, other):
    sql = "select number from lasting_sample where %s = 1"
    for _time in range(7):
        asked_of(line, sql, [1])
    other.execute("drop table lasting_sample")
    other.execute("create table lasting_sample as select 8 as number, 9 as other")
    assert asked_of(line, sql, [1]) == (8,)


def test_a_line_that_knows_nothing_of_it_answers_and_no_more_is_prepared(line, caplog):
    sql = "select 'known elsewhere', %s"
    for _time in range(2):
        asked_of(line, sql, [1])
    line.pgconn.exec_(b"deallocate all")  # as a pooler that hands us another line
    for _time in range(3):
        assert asked_of(line, sql, [2]) == ("known elsewhere", 2)
    assert [WARNING in one.getMessage() for one in caplog.records] == [True]
    assert prepared_in(line, "known elsewhere") == 0


def test_a_line_on_which_another_prepared_it_answers(line, other, caplog):
    sql = "select 'known already', %s"
    for _time in range(2):
        asked_of(other, sql, [1])
    (name, text) = other.execute(
        "select name, statement from pg_prepared_statements where statement like %s", ["%known already%"]
    ).fetchone()
    line.pgconn.prepare(name.encode(), text.encode())
    for _time in range(3):
        assert asked_of(line, sql, [2]) == ("known already", 2)
    assert WARNING in caplog.text


def test_a_name_is_the_same_statement_for_everybody(line, other):
    for one, number in ((line, 5), (other, 5)):
        for _time in range(2):
            asked_of(one, f"select 'named', {number}, %s", [1])
            asked_of(one, "select 'named', %s", [1])
    names = [
        {name for (name,) in one.execute("select name from pg_prepared_statements").fetchall()}
        for one in (line, other)
    ]
    assert names[0] == names[1]
    assert len(names[0]) == 2


def test_a_rollback_takes_nothing_of_what_was_prepared(line):
    sql = "select 'rolled back', %s"
    asked_of(line, sql, [1])
    with line.transaction(force_rollback=True):
        asked_of(line, sql, [2])
    (before,) = moments_of(line, "rolled back")
    with line.transaction(force_rollback=True), line.transaction(force_rollback=True):
        assert asked_of(line, sql, [3]) == ("rolled back", 3)
    line.execute("begin; savepoint one; rollback to savepoint one; rollback")
    assert asked_of(line, sql, [4]) == ("rolled back", 4)
    assert moments_of(line, "rolled back") == [before]


def test_a_transaction_that_failed_takes_nothing_either(line):
    sql = "select 'went on', 1 / %s"
    for _time in range(2):
        asked_of(line, sql, [1])
    before = moments_of(line, "went on")
    with pytest.raises(psycopg.errors.DivisionByZero), line.transaction():
        asked_of(line, sql, [0])
    assert asked_of(line, sql, [1]) == ("went on", 1)
    assert moments_of(line, "went on") == before


def test_a_table_that_went_with_its_transaction_and_came_again_is_read(line):
    sql = "select number from lasting_here where %s = 1"
    for number in (7, 8):
        with line.transaction(force_rollback=True):
            line.execute(f"create temporary table lasting_here as select {number} as number")
            for _time in range(7):
                assert asked_of(line, sql, [1]) == (number,)
        with pytest.raises(psycopg.errors.UndefinedTable):
            asked_of(line, sql, [1])


def test_what_the_line_itself_changes_is_prepared_anew(line, other):
    sql = "select number from lasting_sample where %s = 1"
    for _time in range(2):
        asked_of(line, sql, [1])
    line.execute("alter table lasting_sample alter number type text using 'seven'")
    assert prepared_in(line, "lasting_sample") == 0
    for _time in range(3):
        assert asked_of(line, sql, [1]) == ("seven",)


def test_a_line_that_was_lost_is_replaced(line):
    own = connection.copy()
    try:
        own.ensure_connection()
        plans.of(own.connection)
        for _time in range(3):
            asked_of(own.connection, "select 'lost', %s", [1])
        line.execute("select pg_terminate_backend(%s)", [own.connection.info.backend_pid])
        own.close_if_unusable_or_obsolete()
        own.close_if_health_check_failed()
        own.ensure_connection()
        for _time in range(3):
            assert asked_of(own.connection, "select 'lost', %s", [2]) == ("lost", 2)
        assert prepared_in(own.connection, "'lost'") == 1
    finally:
        own.close()


@prepared
def of_kind(key: Asked):
    return get_user_model().objects.filter(pk=key, language="fr", name__contains="100 %").values("pk")


def test_what_never_changes_stands_in_the_text_so_that_a_plan_knows_it():
    question = of_kind.asked(key=12)
    assert question.given == (12,)
    assert "'fr'" in question.sql
    somebody = get_user_model().objects.create_user(
        email="ada@orvelle.fr", password="un deux trois", name="Ada, 100 % là", language="fr"
    )
    assert together([of_kind.asked(key=somebody.pk)]) == [[somebody.pk]]


def test_values_are_the_same_sent_as_they_are_or_in_words(django_assert_num_queries):
    sql = "select %s::bytea, date '2026-11-29', 7, 'mot', null::int"
    raw = bytes(range(256))
    with django_assert_num_queries(2):
        as_they_are, in_words = (
            lasting.fetched(sql, [raw], is_lasting=False, is_binary=is_binary) for is_binary in (True, False)
        )
    assert as_they_are == in_words == [(raw, dt.date(2026, 11, 29), 7, "mot", None)]
    assert lasting.fetched(sql, [raw], is_binary=True) == lasting.fetched(sql, [raw])
