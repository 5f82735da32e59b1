"""Whoever reads statements about somebody is shown to them: once a day, without slowing the read."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from passeur.accounts import queries as accounts
from passeur.accounts import services as leaving
from passeur.accounts.tests.factories import AdministratorFactory, MemberFactory

from ..choices import Purpose, Scope
from ..models import StatementsRead
from ..queries import people
from ..services import consulting
from .factories import AgentFactory, ClientFactory, StatementsReadFactory, record, said
from .programs import Program

pytestmark = pytest.mark.django_db
LUCIE = '{"mbox":"mailto:lucie@lms.example"}'


@pytest.fixture
def lucie():
    member = MemberFactory.create(email="lucie@lms.example")
    record(said())
    return member


@pytest.fixture
def reports():
    return Program(ClientFactory.create(name="Rapports", scopes=[Scope.READ]))


def read_of(member):
    return [(one.reader, one.list_name, one.purpose) for one in accounts.told(member).readings]


def test_a_program_that_reads_everybody_is_shown_to_each_once_a_day(lucie, reports):
    for _ in range(3):
        assert reports.get("statements").status_code == 200
    ((reader, what, why),) = read_of(lucie)
    assert (reader, what) == ("Rapports", "Traces d’activité de tout le monde")
    assert why == str(Purpose.PROGRAM.label)


def test_one_that_reads_somebody_is_shown_to_that_person_alone(lucie, reports):
    other = MemberFactory.create()
    AgentFactory.create(member=other)
    reports.get("statements", agent=LUCIE)
    assert [what for _, what, _ in read_of(lucie)] == ["Vos traces d’activité"]
    assert read_of(other) == []


def test_a_statement_asked_for_by_its_id_is_about_who_acts_in_it(lucie, reports):
    (one,) = record(said())
    reports.get("statements", statementId=one)
    assert [what for _, what, _ in read_of(lucie)] == ["Vos traces d’activité"]


def test_what_a_program_wrote_itself_it_may_read_again_without_a_line(lucie):
    own = Program(ClientFactory.create(scopes=[Scope.WRITE, Scope.READ_MINE]))
    assert own.get("statements").status_code == 200
    assert not StatementsRead.objects.exists()


def test_a_refused_read_is_none(lucie, reports):
    assert reports.get("statements", limit="x").status_code == 400
    assert not StatementsRead.objects.exists()


def test_reading_again_costs_nothing_more(lucie, reports):
    def asked():
        with CaptureQueriesContext(connection) as seen:
            reports.get("statements")
        return [one["sql"] for one in seen if "statementsread" in one["sql"]]

    asked()
    assert asked() == []


def test_a_process_that_begins_anew_writes_no_second_line(lucie, reports):
    reports.get("statements")
    consulting.forget_what_was_written()
    reports.get("statements")
    assert StatementsRead.objects.count() == 1


def test_what_a_process_remembers_has_an_end(lucie, monkeypatch):
    monkeypatch.setattr(consulting, "REMEMBERED", 5)
    client = ClientFactory.create()
    for agent in AgentFactory.create_batch(12):
        consulting.read_by_program(client, agent.pk)
    assert StatementsRead.objects.count() == 12
    assert len(consulting._written) <= 5


def test_the_page_that_says_who_is_whom_is_a_reading(client, lucie):
    administrator = AdministratorFactory.create(name="Ahmed Bouzid")
    client.force_login(administrator)
    client.get(reverse("records:people"))
    assert [reader for reader, _, _ in read_of(lucie)] == ["Ahmed Bouzid"]


def test_an_export_is_one_too(lucie):
    consulting.exported()
    assert [reader for reader, _, _ in read_of(lucie)] == ["Qui tient ce serveur"]


def test_of_whom_the_store_knows_nothing_nothing_was_read():
    StatementsReadFactory.create()
    assert read_of(MemberFactory.create()) == []


def test_lines_expire_after_a_year_and_go_with_the_person(lucie, reports):
    reports.get("statements", agent=LUCIE)
    StatementsReadFactory.create(day=timezone.localdate() - dt.timedelta(days=366))
    assert consulting.expire() == 1
    assert people.is_known(lucie)
    leaving.erase(member=lucie, by=lucie)
    leaving.finish_erasures()
    assert not StatementsRead.objects.exists()
