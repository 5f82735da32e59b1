"""What is kept stands exactly as long as the same queries say the same."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from passeur.foundation import memo, rereading

NOW = dt.datetime(2026, 11, 25, 9, 0, 0, 123_456, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(minutes=5)
END = NOW + dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def table(db):
    rereading.forget()
    ask("create temporary table kept_rows (id int primary key, name text, at timestamptz)")
    ask("insert into kept_rows values (1, 'Ada', %s)", NOW - dt.timedelta(hours=1))
    yield
    ask("drop table kept_rows")
    rereading.forget()


def ask(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else None


def keep(sql="select name from kept_rows order by id", *values, made="made", until=END):
    with rereading.reading(NOW) as read:
        ask(sql, *values)
        read.keep("key", made, until=until)


def test_it_is_found_while_nothing_changed_by_one_query():
    keep()
    with CaptureQueriesContext(connection) as seen:
        assert rereading.found("key", LATER) == "made"
    assert len(seen) == 1


def test_nothing_is_asked_where_nothing_is_kept():
    with CaptureQueriesContext(connection) as seen:
        assert rereading.found("another key", LATER) is None
    assert len(seen) == 0


@pytest.mark.parametrize(
    "change",
    [
        "update kept_rows set name = 'Mei'",
        "update kept_rows set name = ''",
        "update kept_rows set name = null",
        "insert into kept_rows values (2, 'Mei')",
        "insert into kept_rows values (2, null)",
        "delete from kept_rows",
    ],
)
def test_it_is_gone_as_soon_as_what_was_read_says_something_else(change):
    keep()
    ask(change)
    assert rereading.found("key", LATER) is None


def test_what_was_not_read_may_change():
    keep("select name from kept_rows where id = 1")
    ask("insert into kept_rows values (2, 'Mei')")
    assert rereading.found("key", LATER) == "made"


def test_of_two_queries_each_counts():
    with rereading.reading(NOW) as read:
        ask("select name from kept_rows")
        ask("select count(*) from kept_rows where at is null")
        read.keep("key", "made", until=END)
    ask("insert into kept_rows values (2, null)")
    assert rereading.found("key", LATER) is None


def test_texts_cannot_be_taken_for_the_border_between_rows():
    ask("insert into kept_rows values (2, 'Mei')")
    keep()
    ask("delete from kept_rows where id = 2")
    ask("update kept_rows set name = %s", "Ada)\n(Mei")
    assert rereading.found("key", LATER) is None


def test_it_lasts_no_longer_than_said():
    keep(until=LATER)
    assert rereading.found("key", LATER - dt.timedelta(seconds=1)) == "made"
    assert rereading.found("key", LATER) is None


def test_a_clock_set_back_finds_nothing_that_was_made_later():
    keep()
    assert rereading.found("key", NOW) == "made"
    assert rereading.found("key", NOW - dt.timedelta(seconds=1)) is None


def test_the_moment_is_that_of_whoever_asks_again():
    ask("insert into kept_rows values (2, 'Mei', %s)", NOW + dt.timedelta(minutes=2))
    keep("select name from kept_rows where at < %s", NOW)
    assert rereading.found("key", NOW + dt.timedelta(minutes=1)) == "made"
    assert rereading.found("key", LATER) is None


def test_what_the_request_knew_before_is_read_again_in_the_block(rf):
    def view(request):
        memo.once(("names",), lambda: ask("select name from kept_rows"))
        with rereading.reading(NOW) as read:
            memo.once(("names",), lambda: ask("select name from kept_rows"))
            read.keep("key", "made", until=END)
        return HttpResponse(memo.once(("names",), lambda: "forgotten"))

    answer = memo.MemoMiddleware(view)(rf.get("/"))
    assert isinstance(answer, HttpResponse)
    assert answer.content == b"('Ada',)"
    ask("update kept_rows set name = 'Mei'")
    assert rereading.found("key", LATER) is None


def test_such_a_block_only_reads():
    with pytest.raises(RuntimeError, match="may only read"), rereading.reading(NOW):
        ask("update kept_rows set name = 'Mei'")


def test_the_oldest_goes_first_and_what_is_asked_for_stays(monkeypatch):
    monkeypatch.setattr(rereading, "MOST", 2)
    for key in "ab":
        with rereading.reading(NOW) as read:
            ask("select 1")
            read.keep(key, key, until=END)
    assert rereading.found("a", LATER) == "a"
    with rereading.reading(NOW) as read:
        ask("select 1")
        read.keep("c", "c", until=END)
    assert [rereading.found(key, LATER) for key in "abc"] == ["a", None, "c"]


@pytest.mark.django_db(transaction=True)
def test_what_another_changes_while_it_is_made_is_found_out():
    """Read before the change, kept after it: it must not pass for what the change says."""

    def elsewhere():
        ask("insert into django_session values ('kept', '', now())")
        connection.close()

    ask("delete from django_session")
    with rereading.reading(timezone.now()) as read:
        assert ask("select session_key from django_session") == []
        other = threading.Thread(target=elsewhere)
        other.start()
        other.join(timeout=20)
        read.keep("key", "made", until=timezone.now() + dt.timedelta(hours=1))
    assert ask("select session_key from django_session") == [("kept",)]
    assert rereading.found("key", timezone.now()) is None


def test_the_same_asked_of_other_things_is_planned_once():
    """Values stand beside the text, and no plan is made for each of them."""
    for number in range(9):
        with rereading.reading(NOW) as read:
            ask(
                "select name from kept_rows where id = any(%s) and name <> %s",
                [number, 70_000 * number],
                "é%",
            )
            read.keep(number, "made", until=END)
    # What tests before it prepared on this line to the database stands there still.
    plans = ask(
        "select generic_plans, custom_plans from pg_prepared_statements where statement like %s",
        "%sha256%kept_rows where id = any%",
    )
    assert plans == [(8, 0)]
    assert ask("show plan_cache_mode") == [("auto",)]
    assert all(rereading.found(number, LATER) for number in range(9))
    ask("update kept_rows set name = 'Mei'")
    assert [number for number in range(9) if not rereading.found(number, LATER)] == [1]
