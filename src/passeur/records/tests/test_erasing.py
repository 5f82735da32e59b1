"""A person taken out of the store: what they did goes for good, others' statements name nobody any more."""

from __future__ import annotations

import json

import pytest
from django.utils import timezone

from passeur.accounts.protocols import Traces
from passeur.accounts.services import erase, export
from passeur.accounts.tests.factories import MemberFactory
from passeur.algorithms.xapi import keys

from ..models import Agent, Document, Echo, Statement, StatementId, Withdrawal
from ..privacy import ActivityStatements
from ..queries import people
from .factories import AgentFactory, ForwardFactory, said
from .programs import Program

pytestmark = pytest.mark.django_db

NAME, ADDRESS = "Zénobie Quillévéré", "zenobie@orvelle.example"
ELSEWHERE = {"account": {"homePage": "https://lms.example", "name": "zq7"}, "name": "zq7"}
OTHER = {"mbox": "mailto:lucie@lms.example", "name": "Lucie"}


@pytest.fixture
def gone():
    member = MemberFactory.create(name=NAME, email=ADDRESS)
    AgentFactory.create(
        key=keys.key_of("account", "https://lms.example", "zq7"),
        kind="account",
        value="zq7",
        home="https://lms.example",
        member=member,
    )
    return member


@pytest.fixture
def program():
    return Program()


def by(actor, **changes):
    return said(actor=actor, **changes)


MAILBOX = {"mbox": "mailto:Zenobie@Orvelle.example", "name": NAME}


def everything():
    return " ".join(Statement.objects.values_list("body", flat=True))


@pytest.fixture
def lived(program, gone):
    acts = [by(MAILBOX), by(ELSEWHERE)]
    others = [
        by(OTHER, context={"instructor": MAILBOX}),
        by({"objectType": "Group", "name": "Ligne", "member": [OTHER, ELSEWHERE]}),
        by(OTHER, object={"objectType": "Agent", **MAILBOX}),
        by(OTHER, result={"response": f"J’ai vu {NAME.upper()} hier"}),
        by(
            OTHER,
            object={
                "objectType": "SubStatement",
                "actor": MAILBOX,
                "verb": said()["verb"],
                "object": {"id": "https://e.org/1"},
            },
        ),
    ]
    assert program.post([*acts, *others]).status_code == 200
    about = by(OTHER, object={"objectType": "StatementRef", "id": others[0]["id"]})
    assert program.post(about).status_code == 200
    state = {"activityId": "https://lms.example/course/1", "agent": ELSEWHERE, "stateId": "s"}
    assert program.ask("PUT", "state", {"page": 3}, **state).status_code == 204
    return acts, others


def test_a_person_is_found_by_every_way_they_are_known_by(lived, gone):
    acts, others = lived
    found = {one["id"] for one in people.statements_of(gone)}
    assert found == {acts[0]["id"], acts[1]["id"], others[1]["id"], others[2]["id"]}
    assert people.count_of(gone) == 4


def test_the_export_has_them(lived, gone):
    raw = b"".join(export(gone))
    assert raw
    held = ActivityStatements().export(gone)
    assert len(list(held["statements"])) == 4
    (state,) = held["documents"]
    assert json.loads(state["content"]) == {"page": 3}


def test_nothing_names_them_any_more(lived, gone, program, run_jobs, administrator):
    acts, others = lived
    erase(member=gone, by=administrator)
    run_jobs()
    words = everything()
    for trace in ("zenobie", "Quill", "QUILL", "zq7", "Zénobie"):
        assert trace not in words, trace
    assert "Membre parti" in words
    assert not Document.objects.exists()
    assert not Agent.objects.filter(value__icontains="zenobie").exists()
    assert not Agent.objects.filter(value="zq7").exists()
    for one in acts:
        assert program.get(statementId=one["id"]).status_code == 404
    for one in others:
        assert program.get(statementId=one["id"]).status_code == 200
    assert program.ids(agent=MAILBOX, related_agents="true") == []
    assert program.ids(agent=OTHER)
    assert not Echo.objects.filter(related_agents__contains=[keys.key_of_mailbox(ADDRESS)]).exists()


def test_what_is_sent_again_brings_nobody_back(lived, gone, program, run_jobs, administrator):
    acts, _ = lived
    erase(member=gone, by=administrator)
    run_jobs()
    before = Statement.objects.count()
    assert program.post(acts).status_code == 200
    assert Statement.objects.count() == before
    assert StatementId.objects.filter(id=acts[0]["id"]).exists()


def test_where_they_were_sent_they_are_to_be_voided(lived, gone, run_jobs, administrator):
    acts, others = lived
    sent = ForwardFactory.create(position=timezone.now())
    ForwardFactory.create()
    erase(member=gone, by=administrator)
    run_jobs()
    told = {(row.forward_id, str(row.statement)) for row in Withdrawal.objects.all()}
    assert told >= {(sent.pk, one["id"]) for one in [*acts, *others]}
    assert {forward for forward, _ in told} == {sent.pk}


def test_they_read_who_gets_a_copy(lived, gone):
    ForwardFactory.create(name="Magasin du groupe")
    (known,) = ActivityStatements().known(gone)
    assert "Magasin du groupe" in str(known)


def test_others_stay_as_they_were(program, gone):
    sent = said()
    program.post(sent)
    before = program.get(statementId=sent["id"]).content
    ActivityStatements().erase(gone, Traces(names=[NAME], addresses=[ADDRESS], handles=[]))
    assert program.get(statementId=sent["id"]).content == before


def test_who_is_in_no_statement_reads_nothing_about_them():
    member = MemberFactory.create()
    held = ActivityStatements()
    assert list(held.known(member)) == []
    assert held.export(member) == {}
    assert held.fate(member).goes == ()


def test_the_page_that_erases_says_what_another_store_may_keep(gone, program):
    program.post(by(MAILBOX))
    held = ActivityStatements()
    assert not any("Magasin du groupe" in line for line in held.fate(gone).stays)
    ForwardFactory.create(name="Magasin du groupe")
    (line,) = [line for line in held.fate(gone).stays if "Magasin du groupe" in line]
    assert "ne peut pas les y effacer" in line
    (known,) = [one for one in held.known(gone) if "trace" in one.what]
    assert "ailleurs" in known.until
