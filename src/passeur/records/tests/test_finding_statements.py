"""Each filter finds what it says, in order, page by page, whatever is written meanwhile."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from passeur.algorithms.xapi import rules

from ..queries import statements as queries
from .factories import ClientFactory, said
from .programs import Program

pytestmark = pytest.mark.django_db

LUCIE = {"mbox": "mailto:lucie@lms.example"}
FARID = {"account": {"homePage": "https://lms.example", "name": "farid"}}
TEAM = {"objectType": "Group", "name": "Ligne 3", "member": [FARID]}
OTHER = {"id": "https://lms.example/course/2"}


@pytest.fixture
def program():
    return Program()


def wrote(program, **changes):
    sent = said(**changes)
    response = program.post(sent)
    assert response.status_code == 200, response.content
    return sent["id"]


def test_each_filter_alone_and_together(program):
    registration = str(uuid4())
    plain = wrote(program)
    inside = wrote(
        program,
        actor=TEAM,
        object=OTHER,
        context={
            "registration": registration.upper(),
            "instructor": LUCIE,
            "contextActivities": {"parent": [said()["object"]]},
        },
    )
    about = wrote(program, verb={"id": "https://e.org/met"}, object={"objectType": "Agent", **FARID})
    planned = wrote(
        program,
        actor={"openid": "https://noemie.example"},
        object={
            "objectType": "SubStatement",
            "actor": FARID,
            "verb": {"id": "https://e.org/will"},
            "object": OTHER,
        },
    )
    course = said()["object"]["id"]
    expected = {
        (): [planned, about, inside, plain],
        (("agent", "lucie"),): [about, plain],
        (("agent", "farid"),): [about, inside],
        (("agent", "lucie"), ("related_agents", "true")): [about, inside, plain],
        (("agent", "farid"), ("related_agents", "true")): [planned, about, inside],
        (("verb", "https://e.org/met"),): [about],
        (("activity", course),): [plain],
        (("activity", course), ("related_activities", "true")): [inside, plain],
        (("activity", OTHER["id"]),): [inside],
        (("activity", OTHER["id"]), ("related_activities", "true")): [planned, inside],
        (("registration", registration),): [inside],
        (("registration", registration), ("agent", "lucie")): [],
        (("agent", "farid"), ("verb", "https://e.org/met")): [about],
        (("ascending", "true"),): [plain, inside, about, planned],
        (("limit", "2"),): [planned, about],
    }
    people = {"lucie": LUCIE, "farid": FARID}
    found = {
        asked: program.ids(**{name: people.get(value, value) for name, value in asked}) for asked in expected
    }
    assert found == expected


def test_agents_and_groups_of_the_context_are_related(program):
    context = {
        "contextAgents": [{"objectType": "contextAgent", "agent": FARID}],
        "contextGroups": [{"objectType": "contextGroup", "group": {"objectType": "Group", "member": [OPEN]}}],
    }
    one = wrote(program, context=context)
    assert program.ids(agent=FARID, related_agents="true") == [one]
    assert program.ids(agent=OPEN, related_agents="true") == [one]
    assert program.ids(agent=FARID) == []


OPEN = {"openid": "https://noemie.example"}


def test_since_is_after_and_until_is_up_to(program):
    ids = [wrote(program) for _ in range(3)]
    stored = [program.get(statementId=one).json()["stored"] for one in ids]
    assert program.ids(since=stored[0]) == [ids[2], ids[1]]
    assert program.ids(until=stored[1]) == [ids[1], ids[0]]
    assert program.ids(since=stored[0], until=stored[1]) == [ids[1]]


@pytest.mark.parametrize("ascending", ["false", "true"])
def test_pages_follow_each_other_whatever_is_written_meanwhile(program, ascending):
    ids = [wrote(program) for _ in range(5)]
    expected = ids if ascending == "true" else ids[::-1]
    page = program.get(limit="2", ascending=ascending, agent=LUCIE).json()
    found = [one["id"] for one in page["statements"]]
    while page["more"]:
        wrote(program)
        assert page["more"].startswith("/xapi/")
        page = program.get(page["more"]).json()
        found += [one["id"] for one in page["statements"]]
    assert found == expected


def test_an_address_of_more_that_somebody_made_up_is_refused(program):
    assert program.get("/xapi/statements?more=abc").status_code == 400


def test_what_was_written_is_consistent_through_the_header(program):
    before = dt.datetime.now(dt.UTC)
    one = wrote(program)
    response = program.get(statementId=one)
    through = rules.moment(response.headers["X-Experience-API-Consistent-Through"])
    assert through is not None
    assert response.json()["stored"] <= rules.written(through)
    assert before <= through <= dt.datetime.now(dt.UTC)


def test_formats(program):
    group = {"objectType": "Group", "name": "Ligne 3", "member": [{"name": "Lucie", **LUCIE}]}
    sent = said(actor=group)
    program.post(sent)
    ids = program.get(statementId=sent["id"], format="ids").json()
    assert ids["actor"] == {"objectType": "Group", "member": [LUCIE]}
    assert ids["verb"] == {"id": sent["verb"]["id"]}
    assert ids["object"] == {"id": sent["object"]["id"]}
    english = program.get(
        statementId=sent["id"], format="canonical", headers={"Accept-Language": "de, en;q=0.5"}
    )
    assert english.json()["object"]["definition"]["name"] == {"en": "Belts"}
    exact = program.get(statementId=sent["id"], format="exact").json()
    assert exact["object"] == sent["object"]
    assert program.get(statementId=sent["id"], format="short").status_code == 400


@pytest.mark.parametrize(
    "parameters",
    [
        {"statementId": "x"},
        {"statementId": str(uuid4()), "voidedStatementId": str(uuid4())},
        {"statementId": str(uuid4()), "agent": LUCIE},
        {"agent": "{"},
        {"agent": {"name": "x"}},
        {"agent": "[]"},
        {"agent": {"objectType": "Group", "member": [LUCIE]}},
        {"verb": "read"},
        {"activity": "1"},
        {"registration": "1"},
        {"since": "yesterday"},
        {"until": "2026-13-01T00:00:00Z"},
        {"limit": "-1"},
        {"limit": "many"},
        {"limit": "²"},
        {"ascending": "yes"},
        {"related_agents": "1"},
        {"attachments": "maybe"},
        {"mood": "good"},
        {"since": "0001-01-01T00:00:00+14:00"},
        {"verb": "https://e.org/\0"},
        {"StatementId": str(uuid4())},
    ],
)
def test_a_parameter_that_makes_no_sense_is_refused(program, parameters):
    response = program.get(**parameters)
    assert response.status_code == 400, response.content
    assert len(response.content.decode().splitlines()) == 1
    assert "X-Experience-API-Consistent-Through" in response.headers or "null" in response.content.decode()


def test_who_may_read_their_own_reads_no_others():
    writer = Program()
    one = wrote(writer)
    other = Program(ClientFactory.create(scopes=["statements/write", "statements/read/mine"]))
    mine = wrote(other)
    assert other.ids() == [mine]
    assert other.ids(agent=LUCIE) == [mine]
    assert other.get(statementId=one).status_code == 404
    assert writer.ids() == [mine, one]


def test_a_page_takes_as_many_queries_whatever_is_on_it(program):
    counts = []
    program.ids(agent=LUCIE)  # that a program reads is noted once a day
    for _ in range(2):
        wrote(program)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            program.ids(agent=LUCIE)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 3


def test_a_page_has_so_many_bytes_and_the_next_one_goes_on(monkeypatch):
    monkeypatch.setattr(queries, "LARGEST", 5_000)
    program = Program()
    ids = program.post([said(result={"response": "x" * 1_500}) for _ in range(10)]).json()
    # What is beyond is not fetched, and one statement alone may be larger than a page.
    first = queries.page(queries.Filter())
    assert (len(first.rows), first.has_more) == (3, True)
    assert sum(len(body) for _, body in first.rows) < 5_000 + 2_500
    for order in ("true", "false"):
        found, address = [], f"/xapi/statements?ascending={order}"
        while address:
            told = program.get(address).json()
            assert 0 < len(told["statements"]) <= 3
            found += [one["id"] for one in told["statements"]]
            address = told["more"]
        assert found == (ids if order == "true" else ids[::-1])


def test_a_statement_larger_than_a_page_is_told_alone(monkeypatch):
    monkeypatch.setattr(queries, "LARGEST", 100)
    program = Program()
    ids = program.post([said(), said()]).json()
    told = program.get().json()
    assert [one["id"] for one in told["statements"]] == ids[1:]
    assert [one["id"] for one in program.get(told["more"]).json()["statements"]] == ids[:1]


def test_a_statement_found_twice_is_counted_as_one(monkeypatch):
    """What says it, and is about another that says it too."""
    monkeypatch.setattr(queries, "LARGEST", 100)
    program = Program()
    verb = {"id": "https://example.org/verbs/said-again"}
    (first,) = program.post(said(verb=verb)).json()
    (second,) = program.post(said(verb=verb, object={"objectType": "StatementRef", "id": first})).json()
    told = program.get(verb=verb["id"], ascending="true").json()
    assert [one["id"] for one in told["statements"]] == [first]
    told = program.get(told["more"]).json()
    assert [one["id"] for one in told["statements"]] == [second]
    assert told["more"] == ""
