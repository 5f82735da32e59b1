"""Whole requests made to do harm: refused in a sentence; of what they bring all is kept, or nothing."""

from __future__ import annotations

import base64
import gzip
import json
from urllib.parse import quote, urlencode

import pytest
from django.test import Client as Browser
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from passeur.algorithms.xapi import prepared, reading

from ..models import Document, Statement
from ..services import echoes
from ..views import asked
from .factories import said
from .programs import Program
from .refusals import kept, refused

pytestmark = pytest.mark.django_db
SOME = "0b3f0e5a-8a53-4d6f-9c38-6f0f5e6f8c1d"
STATE = {"activityId": "https://e.org/1", "agent": {"mbox": "mailto:a@e.org"}, "stateId": "s"}


@pytest.fixture
def program():
    return Program()


WHOLE = json.dumps([said(), said(), said()])


@pytest.mark.parametrize(
    "body",
    [
        WHOLE.encode("utf-8-sig"),
        WHOLE.encode("utf-16"),
        WHOLE.encode("utf-16-le"),
        WHOLE.encode("utf-32"),
        WHOLE.replace("termin\\u00e9", "terminé").encode("latin-1"),
        WHOLE.encode()[:-1],
        WHOLE.encode() + b"\0",
        b"",
        b"\xff",
        b"null",
        b"1",
        b'"x"',
        b"[[]]",
        b"[null]",
        b"{}",
        WHOLE.encode() * 2,
        WHOLE.replace('"verb"', '"verb": 1, "verb"', 1).encode(),
        WHOLE.replace("Belts", "\\ud83d").encode(),
        WHOLE.replace("Belts", "\\u0000").encode(),
        WHOLE.replace('"Belts"', "1e999").encode(),
        WHOLE.replace('"Belts"', "9" * 5000).encode(),
        WHOLE.replace('"Belts"', "NaN").encode(),
        WHOLE.replace('"Belts"', "[" * 200 + "]" * 200).encode(),
    ],
)
def test_what_is_not_json_in_utf8(body, program):
    refused(program.post(body))


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "gzip, identity", "x"])
def test_a_compressed_body_is_refused_and_not_kept_as_it_came(encoding, program):
    body, headers = gzip.compress(b"0" * 10_000_000), {"Content-Encoding": encoding}
    refused(program.post(body, headers=headers), 415)
    response = program.ask("PUT", "state", body, type="text/plain", headers=headers, **STATE)
    refused(response, 415)
    assert response.headers["Accept-Encoding"] == "identity"


def test_too_much_at_once(program):
    refused(program.post(b" " * (reading.LARGEST + 1)), 413)
    long = said(result={"response": "x" * prepared.LONGEST})
    refused(program.post([said(), long, said()]), 413)
    refused(program.ask("POST", "state", b'{"x": "' + b"x" * reading.LARGEST + b'"}', **STATE), 413)


def chain(length):
    """Statements, each about the one before."""
    made = [said()]
    for _ in range(length - 1):
        made.append(said(object={"objectType": "StatementRef", "id": made[-1]["id"]}))
    return made


def test_a_chain_of_statements_is_short_whichever_end_comes_first(program):
    refused(program.post(chain(echoes.DEEPEST + 2)))
    refused(program.post(chain(echoes.MOST + 2)[::-1]))
    response = program.post(chain(echoes.DEEPEST + 1))
    assert response.status_code == 200
    assert kept()[0] == echoes.DEEPEST + 1


def test_a_form_is_small_as_it_is_read_before_it_is_known_who_asks(program):
    body = b"content=" + b"%41" * (asked.LARGEST_FORM // 3)
    response = Browser().generic(
        "POST",
        reverse("records:statements") + "?method=PUT",
        body,
        content_type="application/x-www-form-urlencoded",
    )
    refused(response, 413)


@pytest.mark.parametrize(
    "query",
    [
        "%",
        "%ff",
        "%00",
        "a=%00",
        "limit=1&limit=2",
        "agent=[]",
        "agent=1",
        "agent=%7B%7D",
        "agent=" + "[" * 500,
        "&".join(f"a{n}=1" for n in range(500)),
        "statementId[]=1",
        "statementId=",
        "since=",
        "limit=-1",
        "limit=1e9",
        "limit=99999999999999999999",
        "limit=%D9%A1",
        "ascending=TRUE",
        "method=GET",
        "unknown=1",
        "verb=x",
        "verb=%0d%0aX:%20y",
        "more=",
        "more=:::",
        "more=e30",
        "attachments=1",
        "format=",
        "since=24:00",
        f"statementId={SOME}&limit=1",
        f"statementId={SOME}&voidedStatementId={SOME}",
        "é=1",
    ],
)
def test_queries_that_ask_nothing(query, program):
    refused(program.get("/xapi/statements?" + query))


def in_a_form(program, name, method, **fields):
    token = base64.b64encode(f"{program.client.key}:{program.secret}".encode()).decode()
    fields = {"Authorization": f"Basic {token}", "X-Experience-API-Version": "1.0.3", **fields}
    return Browser(raise_request_exception=False).generic(
        "POST",
        reverse(f"records:{name}") + f"?method={method}",
        urlencode(fields).encode(),
        content_type="application/x-www-form-urlencoded",
    )


@pytest.mark.parametrize(
    "kind",
    ["text/plain\r\nX-Evil: 1", "a/b\n", "text/plain; x=\x07", "text\x0b/plain", "x" * 100, "text plain"],
)
def test_a_type_that_would_end_its_header_is_not_kept(kind, program):
    place = {**STATE, "agent": json.dumps(STATE["agent"])}
    refused(in_a_form(program, "state", "PUT", content="x", **{**place, "Content-Type": kind}))
    fine = in_a_form(program, "state", "PUT", content="x", **{**place, "Content-Type": "text/plain; x=é"})
    assert fine.status_code == 204
    told = program.get("state", **STATE)
    assert (told.status_code, told.content) == (200, b"x")
    assert "\n" not in told.headers["Content-Type"]


def test_what_is_kept_as_json_and_is_none_cannot_be_merged_into(program):
    for content in (b"\xff", "{}".encode("utf-16"), b"[]", b"{", b""):
        assert (
            program.ask(
                "PUT",
                "state",
                content,
                **STATE,
                headers={"If-Match": "*"} if Document.objects.exists() else {},
            ).status_code
            == 204
        )
        response = program.ask("POST", "state", b'{"a": 1}', **STATE)
        assert response.status_code == 400
        assert b"document that is there" in response.content
        assert program.get("state", **STATE).content == content


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
nasty = st.sampled_from(
    [
        "",
        "\0",
        "\r\nX: y",
        "é",
        "*",
        '"',
        "W/",
        "1.0.3",
        "2.0.0",
        "2.0.",
        "Basic",
        "x" * 5000,
        ",",
        ";",
        "q=",
        "%00",
        "{}",
    ]
)
methods = st.sampled_from(
    ["GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS", "PATCH", "TRACE", "get", "PROPFIND"]
)
resources = st.sampled_from(
    ["statements", "state", "activity_profile", "agent_profile", "activities", "agents", "about"]
)
names = st.sampled_from(
    [
        "statementId",
        "voidedStatementId",
        "agent",
        "verb",
        "activity",
        "activityId",
        "stateId",
        "profileId",
        "since",
        "until",
        "limit",
        "format",
        "attachments",
        "ascending",
        "more",
        "method",
        "after",
        "registration",
    ]
)
values = st.one_of(
    nasty,
    words,
    st.sampled_from(
        [
            "https://e.org/1",
            '{"mbox": "mailto:a@e.org"}',
            "true",
            "1",
            "ids",
            "2026-11-28T09:00:00Z",
            "5b1f6a0e-3c1d-4a53-9f1e-1d1c7a3c8f10",
            "9999-12-31T23:59:59-14:00",
            "GET",
            "PUT",
        ]
    ),
)
header_names = st.sampled_from(
    [
        "If-Match",
        "If-None-Match",
        "Accept-Language",
        "Accept",
        "Content-Encoding",
        "X-Experience-API-Version",
        "X-Experience-API-Hash",
        "Transfer-Encoding",
        "Range",
        "Cookie",
        "X-Forwarded-For",
        "Authorization",
    ]
)
header_values = st.one_of(nasty, st.text(st.characters(max_codepoint=255), max_size=30)).filter(
    lambda text: not set("\r\n\0") & set(text)  # the server of HTTP lets no such header in
)
bodies = st.one_of(
    st.binary(max_size=80),
    st.sampled_from(
        [b"", b"{}", b"[]", WHOLE.encode(), WHOLE.encode("utf-16"), gzip.compress(WHOLE.encode())]
    ),
)
kinds = st.one_of(
    st.sampled_from(
        ["application/json", "multipart/mixed; boundary=b", "application/x-www-form-urlencoded", "", "a/b"]
    ),
    header_values,
)
slowly = settings(
    max_examples=300,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@slowly
@given(
    methods,
    resources,
    st.dictionaries(names, values, max_size=3),
    st.dictionaries(header_names, header_values, max_size=2),
    bodies,
    kinds,
)
def test_any_request_is_answered_and_keeps_nothing_or_all(program, method, name, asks, headers, body, kind):
    before = kept()
    query = "&".join(f"{key}={quote(value)}" for key, value in asks.items())
    response = program.ask(method, f"{reverse(f'records:{name}')}?{query}", body, type=kind, headers=headers)
    assert response.status_code < 500, response.content
    if response.status_code >= 400:
        assert len(response.content) < 600
        assert kept() == before
    if "Authorization" in headers and name != "about" and method != "OPTIONS":
        assert response.status_code in {400, 401}
    assert Statement.objects.count() in {before[0], before[0] + 3}
    assert all("\n" not in value and "\r" not in value for value in response.headers.values())
