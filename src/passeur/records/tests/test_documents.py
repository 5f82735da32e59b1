"""Documents: kept whole, merged at their first level, replaced only by somebody who knows what is there."""

from __future__ import annotations

from hashlib import sha1
from uuid import uuid4

import pytest

from ..models import Document
from .programs import Program

pytestmark = pytest.mark.django_db

AGENT: dict = {"agent": {"mbox": "mailto:lucie@lms.example"}}
ACTIVITY: dict = {"activityId": "https://lms.example/course/1"}
STATE: dict = {**ACTIVITY, **AGENT, "stateId": "page"}
PLACES: dict[str, dict] = {
    "state": STATE,
    "activity_profile": {**ACTIVITY, "profileId": "p"},
    "agent_profile": {**AGENT, "profileId": "p"},
}
NEW = {"If-None-Match": "*"}


@pytest.fixture
def program():
    return Program()


@pytest.mark.parametrize("name", PLACES)
def test_any_bytes_come_back_with_their_type_and_tag(program, name):
    content = b"\x00\xff anything"
    at = PLACES[name]
    assert program.ask("PUT", name, content, type="application/x-thing", headers=NEW, **at).status_code == 204
    response = program.get(name, **at)
    assert response.content == content
    assert response.headers["Content-Type"] == "application/x-thing"
    assert response.headers["ETag"] == f'"{sha1(content, usedforsecurity=False).hexdigest()}"'
    assert "Last-Modified" in response.headers
    assert program.ask("DELETE", name, **at).status_code == 204
    assert program.get(name, **at).status_code == 404


@pytest.mark.parametrize("name", PLACES)
def test_json_is_merged_at_its_first_level(program, name):
    at = PLACES[name]
    program.ask("POST", name, {"a": {"x": 1}, "b": 2}, **at)
    assert program.ask("POST", name, {"a": {"y": 1}, "c": 3}, **at).status_code == 204
    assert program.get(name, **at).json() == {"a": {"y": 1}, "b": 2, "c": 3}


@pytest.mark.parametrize(
    ("there", "kind", "more", "kind_of_more"),
    [
        (b"text", "text/plain", b"{}", "application/json"),
        (b"[1]", "application/json", b"{}", "application/json"),
        (b"{}", "application/json", b"[1]", "application/json"),
        (b"{}", "application/json", b"{", "application/json"),
        (b"{}", "application/json", b"{}", "text/plain"),
        (b'{"a":1}', "application/json", b'{"a":1,"a":2}', "application/json"),
    ],
)
def test_what_cannot_be_merged_is_refused_and_nothing_changes(program, there, kind, more, kind_of_more):
    program.ask("PUT", "state", there, type=kind, headers=NEW, **STATE)
    assert program.ask("POST", "state", more, type=kind_of_more, **STATE).status_code == 400
    assert program.get("state", **STATE).content == there


def test_the_tag_that_one_read_decides(program):
    at = PLACES["activity_profile"]
    program.ask("PUT", "activity_profile", {"n": 1}, headers=NEW, **at)
    tag = program.get("activity_profile", **at).headers["ETag"]

    def put(value, **headers):
        named = {key.replace("_", "-"): one for key, one in headers.items()}
        return program.ask("PUT", "activity_profile", {"n": value}, headers=named, **at).status_code

    assert put(2) == 409
    assert put(2, If_None_Match="*") == 412
    assert put(2, If_Match='"another"') == 412
    assert program.get("activity_profile", **at).json() == {"n": 1}
    assert put(2, If_Match=f"W/{tag}") == 204
    assert put(3, If_Match=tag) == 412
    assert program.ask("DELETE", "activity_profile", headers={"If-Match": tag}, **at).status_code == 412
    assert program.get("activity_profile", **at).json() == {"n": 2}


@pytest.mark.parametrize(("version", "answers"), [("1.0.3", [400, 204, 204]), ("2.0.0", [204, 204, 409])])
def test_what_each_edition_asks_of_a_put_that_says_nothing(version, answers):
    """1.0.3 asks it of profiles, 2.0 of states too."""
    program = Program(version=version)
    found = [
        program.ask("PUT", "agent_profile", {}, **PLACES["agent_profile"]).status_code,
        program.ask("PUT", "state", {"n": 1}, **STATE).status_code,
        program.ask("PUT", "state", {"n": 2}, **STATE).status_code,
    ]
    assert found == answers


def test_states_are_listed_and_deleted_by_registration(program):
    one, other = str(uuid4()), str(uuid4())
    for registration, name in [(one, "a"), (one, "b"), (other, "a"), (None, "c")]:
        more = {} if registration is None else {"registration": registration}
        program.ask("PUT", "state", {}, headers=NEW, **{**STATE, "stateId": name}, **more)
    everything = {**ACTIVITY, **AGENT}
    assert program.get("state", **everything).json() == ["a", "b", "c"]
    assert program.get("state", **everything, registration=one).json() == ["a", "b"]
    assert program.get("state", **everything, since="2999-01-01T00:00:00Z").json() == []
    assert program.ask("DELETE", "state", **everything, registration=one).status_code == 204
    assert program.get("state", **everything).json() == ["a", "c"]
    program.ask("DELETE", "state", **everything)
    assert not Document.objects.exists()


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("method", ["GET", "PUT", "POST"])
def test_what_says_too_little_or_too_much_is_refused(program, name, method):
    at = PLACES[name]
    for missing in at:
        less = {key: value for key, value in at.items() if key != missing}
        if method == "GET" and missing in {"stateId", "profileId"}:
            continue
        assert program.ask(method, name, {}, headers=NEW, **less).status_code == 400
    assert program.ask(method, name, {}, headers=NEW, **at, mood="good").status_code == 400
    broken = {key: "[" if key == "agent" else value for key, value in at.items()}
    if "agent" in at:
        assert program.ask(method, name, {}, headers=NEW, **broken).status_code == 400
