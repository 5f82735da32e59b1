"""What is published inside a transaction is delivered exactly when that transaction stays."""

from dataclasses import dataclass

import pytest
from django.db import OperationalError, connection, transaction
from procrastinate.jobs import Job
from psycopg.errors import DiskFull, QueryCanceled

from passeur.foundation import events, jobs, request_id
from passeur.foundation.tasks import take_up_stalled
from passeur.foundation.tests.streams import run


@dataclass(frozen=True, slots=True)
class Rung(events.Event):
    """An event of these tests."""

    number: int


heard: list[int] = []


@events.subscribe(Rung)
def hear(event: Rung) -> None:
    heard.append(event.number)


@events.subscribe(Rung)
def hear_twice_as_much(event: Rung) -> None:
    heard.append(2 * event.number)


@jobs.task()
def counted(number: int) -> None:
    heard.append(number)


@pytest.fixture(autouse=True)
def _silence():
    heard.clear()


def test_each_subscriber_receives_an_event_in_a_job_of_its_own(run_jobs):
    events.publish(Rung(3))
    assert heard == []
    assert run_jobs() == 2
    assert heard == [3, 6]


def test_many_events_are_received_in_their_order_and_queued_by_one_statement(
    run_jobs, django_assert_num_queries
):
    with transaction.atomic(), django_assert_num_queries(1):
        events.publish_all(Rung(number) for number in (3, 5))
    assert run_jobs() == 4
    assert sorted(heard) == [3, 5, 6, 10]
    assert heard.index(3) < heard.index(5)


def test_no_event_is_queued_by_no_statement(run_jobs, django_assert_num_queries):
    with django_assert_num_queries(0):
        events.publish_all([])
    assert run_jobs() == 0


def test_many_events_are_for_the_request_that_made_them(run_jobs):
    with request_id.carried("of-a-request"):
        events.publish_all([Rung(3)])
    with connection.cursor() as cursor:
        cursor.execute("SELECT args ->> 'request_id' FROM procrastinate_jobs")
        assert {row[0] for row in cursor.fetchall()} == {"of-a-request"}


def test_an_event_of_a_rolled_back_transaction_never_happened(run_jobs):
    with transaction.atomic():
        events.publish(Rung(3))
        transaction.set_rollback(True)
    assert run_jobs() == 0


def test_a_job_called_runs_now_and_deferred_runs_later(run_jobs):
    counted(1)
    assert heard == [1]
    counted.defer(number=2)
    assert heard == [1]
    run_jobs()
    assert heard == [1, 2]


def test_the_same_function_subscribes_once_however_often_its_module_is_loaded(run_jobs):
    events.subscribe(Rung)(hear)
    events.publish(Rung(1))
    assert run_jobs() == 2


@pytest.mark.django_db(transaction=True)
def test_a_job_that_a_killed_worker_had_begun_is_queued_again():
    counted.defer(number=5)
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH gone AS (INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - interval '5 minutes') RETURNING id)"
            " UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT id FROM gone)"
        )
        run(take_up_stalled.func(timestamp=0))
        cursor.execute("SELECT status FROM procrastinate_jobs")
        assert cursor.fetchone() == ("todo",)


@pytest.mark.parametrize(("cause", "goes_on"), [(DiskFull, True), (QueryCanceled, False)])
def test_a_job_waits_for_room_on_the_disk_however_often_it_was_tried(cause, goes_on):
    error = OperationalError()
    error.__cause__ = cause()
    job = Job(id=1, queue="default", lock=None, queueing_lock=None, task_name="counted", attempts=50)
    decision = jobs.Patience(max_attempts=3, exponential_wait=2).get_retry_decision(exception=error, job=job)
    assert (decision is not None) is goes_on
