"""The record store comes back with its months, its clock, and all by which a statement is found."""

import pytest

STORE = """
import datetime as dt
from passeur.records.tests.factories import AttachmentFactory, DocumentFactory, StatementFactory, record, said
for month in (3, 4, 5):
    StatementFactory(stored=dt.datetime(2031, month, 28, 23, 59, 59, 999999, tzinfo=dt.UTC))
AttachmentFactory(content=bytes(range(256)))
DocumentFactory(content=b"\\x00\\xff")
first = said(id="5b1f6a0e-3c1d-4a53-9f1e-1d1c7a3c8f10", result={"score": {"raw": 1.10}, "response": "é\\\\n"})
record(first)
about = {"objectType": "StatementRef", "id": first["id"]}
record(said(id="5b1f6a0e-3c1d-4a53-9f1e-1d1c7a3c8f11", object=about))
"""
MONTHS = """
SELECT c.relname::text, pg_get_expr(c.relpartbound, c.oid),
       (SELECT count(*) FROM pg_index x WHERE x.indrelid = c.oid AND x.indisvalid)
  FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid
 WHERE inhparent = 'records_statement'::regclass ORDER BY 1
"""
ROWS = "SELECT tableoid::regclass::text, s::text FROM records_statement s ORDER BY stored"
CLOCK = "SELECT last_value FROM records_stored"
AGAIN = """
from passeur.records.errors import Clash
from passeur.records.models import Client, Statement
from passeur.records.queries.statements import Filter, page
from passeur.records.tests.factories import record, said
from passeur.algorithms.xapi.keys import key_of
client = Client.objects.first()
last = Statement.objects.get(id="5b1f6a0e-3c1d-4a53-9f1e-1d1c7a3c8f11").stored
try:
    other = said(id="5b1f6a0e-3c1d-4a53-9f1e-1d1c7a3c8f10", verb={"id": "https://e.org/another"})
    record(other, client=client)
except Clash:
    print("known")
(new,) = record(said(), client=client)
print(Statement.objects.get(id=new).stored > last)
print(len(page(Filter(activity=key_of("https://lms.example/course/1"))).rows))
"""


@pytest.fixture(scope="module")
def restored(anew):
    kept, place = anew(tables=True), anew()
    kept.python(STORE)
    archive = kept.folder.parent / "months.zip"
    done = kept.passeur("backup", archive)
    assert done.returncode == 0, done.stderr
    done = place.passeur("restore", archive)
    assert done.returncode == 0, done.stderr
    return kept, place


def test_each_month_is_there_with_its_bounds_its_indexes_and_its_rows(restored):
    kept, place = restored
    months = kept.ask(MONTHS)
    assert [name for name, _, _ in months][-3:] == [f"records_statement_2031_0{month}" for month in (3, 4, 5)]
    assert all(indexes == 9 for _, _, indexes in months)
    assert place.ask(MONTHS) == months
    assert place.ask(ROWS) == kept.ask(ROWS)
    assert len(kept.ask(ROWS)) == 5


def test_what_stands_beside_statements_is_there(restored):
    kept, place = restored
    before, after = kept.rows(), place.rows()
    for table in ("statementid", "echo", "attachment", "document", "agent", "activity", "client"):
        assert before[f"records_{table}"][0] > 0, table
        assert after[f"records_{table}"] == before[f"records_{table}"]


def test_the_clock_goes_on_and_ids_stay_taken(restored):
    kept, place = restored
    assert place.ask(CLOCK) == kept.ask(CLOCK)
    # The new one, the one from before, and the one about that.
    assert place.python(AGAIN).split() == ["known", "True", "3"]
