"""The tables keep the rules of Citus, so that one machine and many have the same schema: decision 30."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from ..services import partitions
from ..tasks import make_months
from .factories import StatementFactory

pytestmark = pytest.mark.django_db

DISTRIBUTED = {"records_statement": "id", "records_statementid": "id", "records_echo": "id"}


def rows(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


@pytest.fixture
def with_a_month():
    StatementFactory.create()


@pytest.mark.usefixtures("with_a_month")
@pytest.mark.parametrize("table", DISTRIBUTED)
def test_the_distribution_column_is_in_every_unique_key(table):
    unique = rows(
        "SELECT i.indexrelid::regclass::text, array_agg(a.attname::text) FROM pg_index i"
        " JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)"
        " WHERE i.indrelid = %s::regclass AND i.indisunique GROUP BY 1",
        table,
    )
    assert unique
    assert [index for index, columns in unique if DISTRIBUTED[table] not in columns] == []


@pytest.mark.usefixtures("with_a_month")
@pytest.mark.parametrize("table", DISTRIBUTED)
def test_no_foreign_key_leaves_or_reaches_a_distributed_table(table):
    assert not rows(
        "SELECT conname FROM pg_constraint WHERE contype = 'f'"
        " AND (conrelid = %s::regclass OR confrelid = %s::regclass)",
        table,
        table,
    )


@pytest.mark.usefixtures("with_a_month")
@pytest.mark.parametrize("table", DISTRIBUTED)
def test_no_trigger_stands_on_a_distributed_table(table):
    assert not rows("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", table)
    assert not rows("SELECT rulename FROM pg_rewrite WHERE ev_class = %s::regclass", table)


@pytest.mark.usefixtures("with_a_month")
def test_what_is_distributed_has_no_sequence_of_its_own():
    """A column that counts by itself would count on each node."""
    defaults = rows(
        "SELECT d.adrelid::regclass::text FROM pg_attrdef d WHERE d.adrelid::regclass::text = ANY(%s)",
        list(DISTRIBUTED),
    )
    assert defaults == []


def test_a_statement_makes_its_month_and_the_job_makes_the_next_ones():
    assert partitions.existing() == set()
    StatementFactory.create(stored=dt.datetime(2031, 1, 31, 23, 59, tzinfo=dt.UTC))
    assert partitions.existing() == {"records_statement_2031_01"}
    make_months(timestamp=0)
    make_months(timestamp=0)
    month = partitions.month_of(timezone.now())
    names = [partitions.name_of(month)]
    for _ in range(partitions.AHEAD):
        month = partitions.following(month)
        names.append(partitions.name_of(month))
    assert partitions.existing() == {"records_statement_2031_01", *names}


def test_a_month_has_all_indexes_of_the_whole():
    StatementFactory.create(stored=dt.datetime(2031, 1, 1, tzinfo=dt.UTC))
    (whole,) = rows("SELECT count(*) FROM pg_index WHERE indrelid = 'records_statement'::regclass")
    (month,) = rows("SELECT count(*) FROM pg_index WHERE indrelid = 'records_statement_2031_01'::regclass")
    assert whole == month
    assert whole[0] == 9


@pytest.mark.usefixtures("with_a_month")
def test_no_index_of_statements_is_in_the_order_of_ids_so_that_new_rows_do_not_touch_pages_at_random():
    """Ids are drawn by whoever sends; the small table of ids alone is looked up by them."""
    firsts = rows(
        "SELECT DISTINCT a.attname::text FROM pg_index i"
        " JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]"
        " JOIN pg_inherits p ON p.inhrelid = i.indrelid WHERE p.inhparent = 'records_statement'::regclass"
    )
    assert ("stored",) in firsts
    assert ("id",) not in firsts
