"""Statements are written whole or not at all, once each, and are read as they were written."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from passeur.algorithms.xapi import multipart
from passeur.algorithms.xapi.objects import VOIDED

from ..models import Activity, Agent, Attachment, Statement, StatementId
from .factories import ClientFactory, said
from .programs import Program

pytestmark = pytest.mark.django_db

LUCIE = {"mbox": "mailto:lucie@lms.example"}


@pytest.fixture
def program():
    return Program()


def void(target):
    return said(verb={"id": VOIDED}, object={"objectType": "StatementRef", "id": target})


def test_a_statement_comes_back_word_for_word_with_what_the_store_adds(program):
    sent = said(result={"score": {"raw": 1.10}, "extensions": {"https://e.org/x": {"é": [1e3, None]}}})
    raw = json.dumps(sent).replace("1.1", "1.10").encode()
    assert program.post(raw).json() == [sent["id"]]
    response = program.get(statementId=sent["id"])
    told = response.json()
    assert {key: told[key] for key in sent} == sent
    assert set(told) - set(sent) == {"authority", "stored", "timestamp", "version"}
    assert told["authority"]["account"]["name"] == program.client.key
    assert told["timestamp"] == told["stored"]
    assert '{"raw": 1.10}' in response.content.decode()


def test_an_id_is_given_where_there_is_none(program):
    (given,) = program.post(said(id=None)).json()
    assert program.get(statementId=given).json()["id"] == given


def test_what_the_store_says_nobody_else_does(program):
    sent = said(stored="2001-01-01T00:00:00Z", authority={"mbox": "mailto:somebody@else.example"})
    program.post(sent)
    told = program.get(statementId=sent["id"]).json()
    assert told["stored"] > "2020"
    assert told["authority"] == program.client.authority


def test_a_batch_with_one_bad_statement_leaves_nothing(program):
    response = program.post([said(), said(verb=None), said()])
    assert response.status_code == 400
    assert response.content.decode() == "statement[1]: lacks its verb"
    assert not StatementId.objects.exists()
    assert not Agent.objects.exists()


def test_an_id_twice_in_a_batch_is_refused(program):
    one = said()
    assert program.post([one, one]).status_code == 400


def test_the_same_again_changes_nothing(program):
    sent = said(timestamp="2026-11-28T10:00:00+01:00")
    program.post(sent)
    before = program.get(statementId=sent["id"]).content
    again = {**sent, "timestamp": "2026-11-28T09:00:00Z", "verb": {**sent["verb"], "display": {"en": "done"}}}
    assert program.post([again, said()]).status_code == 200
    assert program.get(statementId=sent["id"]).content == before
    assert Statement.objects.count() == 2


@pytest.mark.parametrize(
    "change",
    [
        {"result": {"success": True}},
        {"verb": {"id": "https://example.org/verbs/other"}},
        {"actor": {"mbox": "mailto:other@lms.example"}},
        {"context": {"registration": str(uuid4())}},
        {"timestamp": "2026-11-28T09:00:01Z"},
    ],
)
def test_the_same_id_for_something_else_refuses_the_whole_batch(program, change):
    sent = said(timestamp="2026-11-28T09:00:00Z")
    program.post(sent)
    response = program.post([said(), {**sent, **change}])
    assert response.status_code == 409
    assert sent["id"] in response.content.decode()
    assert Statement.objects.count() == 1


def test_a_put_says_the_id_in_its_address(program):
    sent, named = said(id=None), str(uuid4())
    assert program.ask("PUT", "statements", sent, statementId=named).status_code == 204
    assert program.get(statementId=named).status_code == 200
    assert program.ask("PUT", "statements", said(), statementId=named).status_code == 400
    assert program.ask("PUT", "statements", sent).status_code == 400
    assert program.ask("PUT", "statements", [sent], statementId=str(uuid4())).status_code == 400


def test_agents_and_definitions_are_kept_once_and_brought_up_to_date(program):
    program.post([said(), said(actor={"name": "Lucie Ray", **LUCIE})])
    other = {
        "id": "https://lms.example/course/1",
        "definition": {"name": {"de": "Riemen"}, "type": "https://e.org/t"},
    }
    program.post(said(actor=LUCIE, object=other))
    assert Agent.objects.get(value=LUCIE["mbox"]).name == "Lucie Ray"
    assert Activity.objects.get().definition == {
        "name": {"fr": "Courroies", "en": "Belts", "de": "Riemen"}, "type": "https://e.org/t"
    }  # fmt: skip
    told = program.get("activities", activityId=other["id"]).json()
    assert told["definition"]["name"]["de"] == "Riemen"
    person = program.get("agents", agent=LUCIE).json()
    assert person == {"objectType": "Person", "name": ["Lucie Ray"], "mbox": [LUCIE["mbox"]]}


def test_a_client_without_the_scope_defines_nothing():
    Program(ClientFactory.create(scopes=["statements/write"])).post(said())
    assert not Activity.objects.exists()


class TestVoiding:
    def test_what_is_voided_is_found_by_its_voided_id_only(self, program):
        sent = said()
        program.post(sent)
        voiding = void(sent["id"])
        assert program.post(voiding).status_code == 200
        assert program.get(statementId=sent["id"]).status_code == 404
        assert program.get(voidedStatementId=sent["id"]).json()["id"] == sent["id"]
        assert program.get(voidedStatementId=voiding["id"]).status_code == 404
        assert program.ids() == [voiding["id"]]

    def test_who_looks_for_what_was_voided_finds_what_voided_it(self, program):
        sent = said()
        program.post(sent)
        voiding = void(sent["id"])
        program.post(voiding)
        assert program.ids(verb=sent["verb"]["id"]) == [voiding["id"]]
        assert program.ids(activity=sent["object"]["id"]) == [voiding["id"]]

    def test_it_may_come_first(self, program):
        sent = said()
        voiding = void(sent["id"])
        program.post(voiding)
        program.post(sent)
        assert program.get(statementId=sent["id"]).status_code == 404
        assert program.ids(verb=sent["verb"]["id"]) == [voiding["id"]]

    def test_what_voids_is_not_voided(self, program):
        first = void(str(uuid4()))
        program.post(first)
        program.post(void(first["id"]))
        assert program.get(statementId=first["id"]).status_code == 200

    @pytest.mark.parametrize("order", [[0, 1, 2], [2, 1, 0], [1, 0, 2], [1, 2, 0]])
    def test_a_statement_about_a_statement_about_it_is_found_too(self, program, order):
        """1.0.3, Communication 2.1.3: filter conditions apply through any number of references."""
        first = said(verb={"id": "https://example.org/verbs/began"})
        second = said(object={"objectType": "StatementRef", "id": first["id"]})
        third = said(object={"objectType": "StatementRef", "id": second["id"]})
        for number in order:
            program.post([first, second, third][number])
        found = program.ids(verb="https://example.org/verbs/began")
        assert set(found) == {first["id"], second["id"], third["id"]}
        assert len(found) == 3

    def test_a_ring_of_references_ends(self, program):
        ids = [str(uuid4()) for _ in range(3)]
        for number, one in enumerate(ids):
            target = {"objectType": "StatementRef", "id": ids[(number + 1) % 3]}
            assert program.post(said(id=one, object=target)).status_code == 200
        assert len(program.ids(agent=LUCIE)) == 3


class TestAttachments:
    CONTENT = b"\x89PNG\r\n\r\n--not-the-boundary\r\n"

    def message(self, statement, *parts, boundary="xyz"):
        first = multipart.Part({"Content-Type": "application/json"}, json.dumps(statement).encode())
        body = multipart.written([first, *parts], boundary)
        return {"body": body, "type": f'multipart/mixed; boundary="{boundary}"'}

    def part(self, content=CONTENT, **headers):
        from hashlib import sha256

        told = {
            "Content-Type": "image/png",
            "Content-Transfer-Encoding": "binary",
            "X-Experience-API-Hash": sha256(content).hexdigest(),
        }
        return multipart.Part(
            told | {key.replace("_", "-"): value for key, value in headers.items()}, content
        )

    def attached(self, part, **changes):
        return {
            "usageType": "https://example.org/usage", "display": {"fr": "Photo"}, "contentType": "image/png",
            "length": len(part.content), "sha2": part.headers["X-Experience-API-Hash"], **changes,
        }  # fmt: skip

    def test_a_file_comes_back_with_its_statement(self, program):
        part = self.part()
        sent = said(attachments=[self.attached(part)])
        assert program.post(**self.message(sent, part)).status_code == 200
        response = program.get(statementId=sent["id"], attachments="true")
        kind, parameters = multipart.media_type(response.headers["Content-Type"])
        assert kind == "multipart/mixed"
        told, file = multipart.parts_of(response.content, parameters["boundary"])
        assert json.loads(told.content)["id"] == sent["id"]
        assert file.content == self.CONTENT
        assert file.headers["x-experience-api-hash"] == part.headers["X-Experience-API-Hash"]
        assert program.get(statementId=sent["id"]).json()["id"] == sent["id"]

    def test_one_content_is_kept_once(self, program):
        part = self.part()
        sent = [said(attachments=[self.attached(part)]) for _ in range(2)]
        program.post(**self.message(sent, part))
        assert Attachment.objects.count() == 1

    def test_what_does_not_fit_together_is_refused_whole(self, program):
        part = self.part()
        sent = said(attachments=[self.attached(part)])
        refused = [
            self.message(sent),
            self.message(sent, part, self.part(b"stray")),
            self.message(sent, self.part(X_Experience_API_Hash="0" * 64)),
            self.message(sent, self.part(Content_Transfer_Encoding="base64")),
            {"body": sent, "type": "multipart/mixed"},
            {"body": sent, "type": "multipart/form-data; boundary=x"},
            {"body": sent},
        ]
        assert [program.post(**one).status_code for one in refused] == [400] * len(refused)
        assert not Statement.objects.exists()
        assert not Attachment.objects.exists()
