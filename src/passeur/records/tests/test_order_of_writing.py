"""`stored` goes up in the order of commits: who reads up to a moment has read all of it."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from ..models import Activity, Agent, Statement, StatementId
from ..queries.statements import EPOCH, Filter, consistent_through, page
from ..services import partitions, recording
from .factories import record, said

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def months():
    partitions.make_ahead(dt.datetime.now(dt.UTC))


def in_a_thread(work):
    """Run it on a connection of its own; what went wrong there is raised here."""
    problems = []

    def run():
        try:
            work()
        except BaseException as problem:
            problems.append(problem)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, problems


def test_while_somebody_writes_it_is_consistent_up_to_the_last_that_is_seen():
    (first,) = record(said())
    before = Statement.objects.get(id=first).stored
    holds, may_end = threading.Event(), threading.Event()

    def write_slowly():
        with transaction.atomic():
            record(said())
            holds.set()
            assert may_end.wait(20)

    thread, problems = in_a_thread(write_slowly)
    assert holds.wait(20)
    assert consistent_through() == before
    assert len(page(Filter()).rows) == 1
    may_end.set()
    thread.join()
    assert problems == []
    assert consistent_through() > Statement.objects.latest("stored").stored


def test_writers_at_once_lose_nothing_and_a_reader_misses_nothing():
    """A reader that goes on from where it was consistent sees every statement once."""
    seen: list[dt.datetime] = []
    since = None
    writers = [in_a_thread(lambda: [record(*[said() for _ in range(3)]) for _ in range(8)]) for _ in range(3)]

    def read_on(since):
        through = consistent_through()
        found = page(Filter(since=since, until=through, ascending=True))
        seen.extend(stored for stored, _ in found.rows)
        return through

    while any(thread.is_alive() for thread, _ in writers):
        since = read_on(since)
    read_on(since)
    assert [problems for _, problems in writers if problems] == []
    assert seen == sorted(Statement.objects.values_list("stored", flat=True))
    assert len(seen) == 72


def test_a_clock_that_goes_back_does_not_take_stored_back():
    (first,) = record(said())
    stored = Statement.objects.get(id=first).stored
    ahead = int((stored + dt.timedelta(seconds=30) - EPOCH) / dt.timedelta(microseconds=1))
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('records_stored', %s)", [ahead])
    (second,) = record(said())
    assert Statement.objects.get(id=second).stored == stored + dt.timedelta(seconds=30, microseconds=1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('records_stored', 1)")


def test_a_writer_that_fails_leaves_nothing():
    with transaction.atomic():
        record(said())
        transaction.set_rollback(True)
    found = page(Filter())
    assert (found.rows, found.has_more) == ([], False)


def test_statements_are_on_the_disk_once_they_are_taken(monkeypatch):
    written = "SELECT set_config('passeur.written', pg_current_wal_insert_lsn()::text, false);"
    monkeypatch.setattr(recording, "_ON_DISK", written + recording._ON_DISK)
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")  # the server of the tests waits for no disk
        record(said())
        cursor.execute("SELECT current_setting('passeur.written')::pg_lsn <= pg_current_wal_flush_lsn()")
        assert cursor.fetchone() == (True,)
        cursor.execute("RESET synchronous_commit")


def test_who_waits_for_the_disk_keeps_nobody_from_writing(monkeypatch):
    monkeypatch.setattr(recording, "_ON_DISK", "SELECT pg_advisory_lock(314)")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(314)")
        thread, problems = in_a_thread(lambda: record(said()))
        while not Statement.objects.exists():  # committed, and seen
            assert thread.is_alive(), problems
        assert record(said())
        assert thread.is_alive()
        cursor.execute("SELECT pg_advisory_unlock_all()")
    thread.join()
    assert problems == []
    assert Statement.objects.count() == 2


def test_in_a_transaction_of_the_caller_the_disk_is_waited_for_at_its_end():
    with transaction.atomic(), CaptureQueriesContext(connection) as seen:
        record(said())
    assert not [one for one in seen if "synchronous_commit" in one["sql"] or "emit_message" in one["sql"]]


def test_what_the_disk_may_not_have_is_not_taken_for_written(monkeypatch):
    """The server ends after the commit and before the disk; the same process goes on with the next."""
    one = said()
    with monkeypatch.context() as ended:
        ended.setattr(recording, "_ON_DISK", "SELECT 1 / 0")
        with pytest.raises(DatabaseError):
            record(one)
    for model in (Statement, StatementId, Agent, Activity):
        model.objects.all().delete()
    record(one)
    assert Agent.objects.filter(name="Lucie").exists()
    assert Activity.objects.exists()


def waits_for_the_disk(monkeypatch, *, beside=""):
    """Whether the commit of a batch does, with a table of that name in the database."""
    seen = []

    def ending(*_):
        with connection.cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            seen.extend(cursor.fetchone())

    monkeypatch.setattr(recording, "_write", ending)
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")  # the server of the tests waits for no disk
        if beside:
            cursor.execute(f"CREATE TABLE public.{beside} ()")
        try:
            record(said())
        finally:
            cursor.execute(f"DROP TABLE IF EXISTS public.{beside or 'none'}")
            cursor.execute("RESET synchronous_commit")
    return seen == ["on"]


@pytest.mark.usefixtures("on_one_machine")
def test_on_one_machine_the_commit_does_not_wait_for_the_disk(monkeypatch):
    assert not waits_for_the_disk(monkeypatch)


def test_where_citus_is_the_commit_itself_waits(monkeypatch):
    """Each node is told to commit right after it: what that rests on has to be on the disk before."""
    assert waits_for_the_disk(monkeypatch, beside="pg_dist_partition")
