"""Whatever is sent, the answer is a sentence and never a fault of ours, and nothing is half written."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ..models import Statement, StatementId
from .factories import said
from .programs import Program

pytestmark = pytest.mark.django_db

odd_words = st.sampled_from(
    [
        "",
        "\0",
        "\ud800",
        "é" * 300,
        "x" * 70_000,
        "../../etc/passwd",
        "' OR 1=1 --",
        "%s %(id)s {0}",
        "mailto:",
        "http://",
        "𝕏",
        "\u202e",
        "-1",
        "NaN",
        "null",
        "\\u0000",
        "{",
        "1e400",
        "9" * 400,
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "P" + "9" * 400 + "Y",
        "\x7f",
        "a\nb",
    ]
)
odd = st.one_of(
    odd_words,
    st.none(),
    st.booleans(),
    st.integers(-(10**400), 10**400),
    st.floats(),
    st.just([]),
    st.just({}),
    st.lists(odd_words, max_size=3),
    st.dictionaries(odd_words, odd_words, max_size=3),
)


def places(value, at=()):
    yield at
    if isinstance(value, dict):
        for key in value:
            yield from places(value[key], (*at, key))
    elif isinstance(value, list):
        for number in range(len(value)):
            yield from places(value[number], (*at, number))


WHOLE = said(
    id="5b1f6a0e-3c1d-4a53-9f1e-1d1c7a3c8f10",
    timestamp="2026-11-28T09:00:00Z",
    version="2.0.0",
    result={
        "score": {"scaled": 0.5},
        "duration": "PT1H",
        "response": "x",
        "extensions": {"https://e.org/x": [1]},
    },
    context={
        "registration": "5b1f6a0e-3c1d-4a53-9f1e-1d1c7a3c8f11",
        "language": "fr",
        "contextActivities": {"parent": [{"id": "https://e.org/1"}]},
        "contextAgents": [{"objectType": "contextAgent", "agent": {"openid": "https://lea.example"}}],
        "statement": {"objectType": "StatementRef", "id": "5b1f6a0e-3c1d-4a53-9f1e-1d1c7a3c8f12"},
    },
    attachments=[
        {
            "usageType": "https://e.org/u",
            "display": {"fr": "x"},
            "contentType": "text/plain",
            "length": 1,
            "sha2": "a" * 64,
            "fileUrl": "https://e.org/f",
        }
    ],
)
AT = [at for at in places(WHOLE) if at]

slowly = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def program():
    return Program()


def answered(response):
    """The status of an answer that is not a fault of ours; a refusal is one sentence."""
    assert response.status_code < 500, response.content
    if response.status_code >= 400:
        assert response.headers["Content-Type"].startswith("text/plain")
        assert 0 < len(response.content) < 600
        assert b"\n" not in response.content
    return response.status_code


def changed(at, value, key):
    made = copy.deepcopy(WHOLE)
    inner = made
    for step in at[:-1]:
        inner = inner[step]
    if key is not None and isinstance(inner, dict):
        inner[key] = inner.pop(at[-1])
    else:
        inner[at[-1]] = value
    return made


@slowly
@given(st.sampled_from(AT), odd, st.none() | odd_words)
def test_a_statement_with_anything_anywhere_is_kept_or_refused_whole(program, at, value, key):
    Statement.objects.all().delete()
    StatementId.objects.all().delete()
    body = [said(), changed(at, value, key), said()]
    status = answered(program.post(json.dumps(body).encode("utf-8", "surrogatepass")))
    assert status in {200, 400}
    assert Statement.objects.count() == StatementId.objects.count() == (3 if status == 200 else 0)


@slowly
@given(
    st.binary(max_size=300),
    st.sampled_from(
        [
            "application/json",
            "multipart/mixed; boundary=b",
            "multipart/mixed",
            "text/plain",
            "",
            'multipart/mixed; boundary="',
            "application/json; charset=utf-16",
            "multipart/mixed; boundary=" + "b" * 100,
        ]
    ),
    st.booleans(),
)
def test_any_bytes_of_any_type_are_refused(program, raw, kind, framed):
    if framed:
        raw = b"--b\r\ncontent-type: application/json\r\n\r\n" + raw + b"\r\n--b\r\n" + raw + b"\r\n--b--"
    assert answered(program.post(raw, type=kind)) in {200, 400}
    assert not Statement.objects.exists()


@slowly
@given(
    st.sampled_from(
        [
            "agent",
            "verb",
            "activity",
            "registration",
            "since",
            "until",
            "limit",
            "format",
            "more",
            "statementId",
            "related_agents",
            "after",
        ]
    ),
    odd_words.filter(lambda word: "\ud800" not in word and len(word) < 5000)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
)
def test_any_parameter_is_answered(program, name, value):
    assert answered(program.get(**{name: value})) in {200, 400, 404}


@slowly
@given(
    st.sampled_from(["state", "activity_profile", "agent_profile"]),
    st.binary(max_size=60),
    st.text('{}[]",:a1\\', max_size=30),
)
def test_any_document_is_answered(program, name, raw, text):
    at = {
        "activityId": "https://e.org/1",
        "agent": {"mbox": "mailto:a@e.org"},
        "stateId": "s",
        "profileId": "s",
    }
    wanted = {"state": {"activityId", "agent", "stateId"}, "activity_profile": {"activityId", "profileId"}}
    asked = {key: at[key] for key in wanted.get(name, {"agent", "profileId"})}
    for body in (raw, text.encode()):
        assert answered(program.ask("POST", name, body, **asked)) in {204, 400}
        assert answered(program.ask("PUT", name, body, type="x/y", **asked)) in {204, 400, 409}
        assert answered(program.get(name, **asked)) in {200, 404}


def test_deep_nesting_is_refused(program):
    deep = b'{"x":' * 20_000 + b"1" + b"}" * 20_000
    assert answered(program.post(deep)) == 400
    whole = json.dumps(said(result={"extensions": {"https://e.org/x": 1}})).encode()
    inside = whole.replace(b'"https://e.org/x": 1', b'"https://e.org/x": ' + b"[" * 5000 + b"]" * 5000)
    assert answered(program.post(inside)) == 400


def test_a_key_given_twice_is_refused_however_deep(program):
    whole = json.dumps(said(result={"extensions": {"https://e.org/x": {"a": 1}}}))
    assert answered(program.post(whole.replace('{"a": 1}', '{"a": 1, "a": 2}').encode())) == 400


def test_a_bomb_of_parts_is_refused(program):
    body = b"--b\r\ncontent-type: application/json\r\n\r\n{}\r\n" * 20_000 + b"--b--"
    assert answered(program.post(body, type="multipart/mixed; boundary=b")) == 400


def test_long_names_are_kept_and_found(program):
    iri = "https://e.org/" + "x" * 50_000
    one = said(
        object={"id": iri}, verb={"id": iri}, actor={"account": {"homePage": iri, "name": "y" * 50_000}}
    )
    assert answered(program.post(one)) == 200
    assert program.ids(verb=iri, activity=iri, agent=one["actor"]) == [one["id"]]
