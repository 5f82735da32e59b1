import pytest
from django.db import DatabaseError, connection
from psycopg.errors import DivisionByZero

from ..protocols import PersonRecord, VoteRecord
from ..services.bulk import Statement, insert_into
from ..services.staging import Staging

pytestmark = pytest.mark.django_db


COUNT = "select count(*) from {table}"


def count(table):
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(table=table))
        return cursor.fetchone()[0]


def run_and_wait(sql, *, then=None):
    """A statement in the background of a transaction of its own; `then` is raised while it runs."""
    with Staging() as staging, staging.transaction():
        staging.begin([Statement("", sql)])
        if then is not None:
            raise then
        staging.wait()


def test_records_of_any_kind_in_any_order_reach_their_table():
    with Staging() as staging:
        staging.put([VoteRecord("1", "2020-01-01", 1, 0)])
        staging.put([PersonRecord("1", "Ada\tFarine\n\\N"), PersonRecord("2", "Zoë")])
        staging.put([VoteRecord("2", "2020-01-01", 0, 1)])
        staging.flush()
        assert (count("incoming_person"), count("incoming_vote")) == (2, 2)
        with connection.cursor() as cursor:
            cursor.execute("select name from incoming_person order by external_id")
            assert cursor.fetchall() == [("Ada\tFarine\n\\N",), ("Zoë",)]


def test_records_that_come_while_the_server_works_are_not_lost():
    with Staging() as staging, staging.transaction():
        staging.begin([Statement("slept", "select pg_sleep(0.2)"), Statement("again", "select 1 as one")])
        assert staging.is_busy()
        staging.put([PersonRecord("1", "Ada")])
        assert staging.results() == [("slept", 1), ("again", 1)]
        staging.flush()
        assert count("incoming_person") == 1


def test_an_error_in_the_background_is_raised_when_it_is_waited_for():
    with pytest.raises(DivisionByZero):
        run_and_wait("select 1 / 0")
    assert count("pg_class") > 0, "the connection still serves"


def test_an_interruption_stops_the_server_and_leaves_nothing():
    with pytest.raises(KeyboardInterrupt):
        run_and_wait("select pg_sleep(60)", then=KeyboardInterrupt())
    with pytest.raises(DatabaseError):
        count("incoming_person")


def test_a_row_gets_the_defaults_of_its_model():
    statement = insert_into(
        "communities.Community", "", {"slug": "'pain'", "name": "'Pain'", "purpose": "''"}, {}, "communities"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, dict(statement.values))
        cursor.execute("select entry, first_reply_goal, archived_at from communities_community")
        assert cursor.fetchone() == ("open", 24, None)
