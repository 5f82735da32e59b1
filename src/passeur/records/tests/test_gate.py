"""Who gets in at /xapi/, in which edition, and what is answered to whom may not."""

from __future__ import annotations

import base64
import datetime as dt
import json
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from .. import services
from ..choices import Scope
from .factories import SECRET, ClientFactory, said
from .programs import Program

pytestmark = pytest.mark.django_db


def test_without_credentials_nobody_enters(client):
    response = client.get(reverse("records:statements"), headers={"X-Experience-API-Version": "2.0.0"})
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith("Basic")


@pytest.mark.parametrize(
    "header",
    ["", "Basic", "Basic !", "Basic " + base64.b64encode(b"abc").decode(), "Bearer x", "Basic:YWI6Yw=="],
)
def test_credentials_that_cannot_be_read_open_nothing(header, client):
    response = client.get(
        reverse("records:statements"), headers={"Authorization": header, "X-Experience-API-Version": "2.0.0"}
    )
    assert response.status_code == 401


def test_a_wrong_secret_opens_nothing():
    assert Program(secret="another").get().status_code == 401


def test_after_a_rotation_both_secrets_open_for_a_day_then_the_new_one_alone(administrator):
    program = Program()
    made = services.rotate(client=program.client, by=administrator)
    assert made.secret != SECRET
    assert program.get().status_code == 200
    assert Program(program.client, secret=made.secret).get().status_code == 200
    program.client.refresh_from_db()
    program.client.previous_until = timezone.now() - dt.timedelta(seconds=1)
    program.client.save()
    assert program.get().status_code == 401
    assert Program(program.client, secret=made.secret).get().status_code == 200


def test_who_was_shut_out_is_at_once(administrator):
    program = Program()
    services.revoke(client=program.client, by=administrator)
    assert program.get().status_code == 401


def test_the_secret_is_nowhere_kept(administrator):
    made = services.create(name="LMS", scopes=[Scope.ALL], by=administrator)
    assert made.secret not in json.dumps({key: str(value) for key, value in vars(made.client).items()})


SCOPES = {
    "statements/write": {"POST statements": 200},
    "statements/read": {"GET statements": 200, "GET activities": 200},
    "statements/read/mine": {"GET statements": 200, "GET activities": 200},
    "state": {"PUT state": 204, "GET state": 404},
    "profile": {"PUT activity_profile": 204, "GET activity_profile": 404, "GET activities": 200},
    "all/read": {
        "GET statements": 200, "GET state": 404, "GET activity_profile": 404, "GET activities": 200
    },
    "define": {},
    "all": {
        "POST statements": 200, "GET statements": 200, "PUT state": 204, "GET state": 404,
        "PUT activity_profile": 204, "GET activity_profile": 404, "GET activities": 200,
    },
}  # fmt: skip


@pytest.mark.parametrize("scope", SCOPES)
def test_a_scope_reaches_so_far(scope):
    program = Program(ClientFactory.create(scopes=[scope]))
    activity: dict = {"activityId": "https://e.org/1"}
    agent: dict = {"agent": {"mbox": "mailto:a@e.org"}}
    asked = {
        "GET statements": lambda: program.get(),
        "GET state": lambda: program.get("state", **activity, **agent, stateId="s"),
        "GET activity_profile": lambda: program.get("activity_profile", **activity, profileId="p"),
        "GET activities": lambda: program.get("activities", **activity),
        "POST statements": lambda: program.post(said()),
        "PUT state": lambda: program.ask("PUT", "state", {}, **activity, **agent, stateId="s"),
        "PUT activity_profile": lambda: program.ask(
            "PUT", "activity_profile", {}, **activity, profileId="p", headers={"If-None-Match": "*"}
        ),
    }
    found = {name: ask().status_code for name, ask in asked.items()}
    assert found == {name: SCOPES[scope].get(name, 403) for name in asked}


@pytest.mark.parametrize(
    ("said_version", "answered"),
    [("1.0", "1.0.3"), ("1.0.0", "1.0.3"), ("1.0.9", "1.0.3"), ("2.0", "2.0.0"), ("2.0.0", "2.0.0")],
)
def test_the_edition_is_that_of_the_header(said_version, answered):
    response = Program(version=said_version).get()
    assert response.status_code == 200
    assert response.headers["X-Experience-API-Version"] == answered


@pytest.mark.parametrize("version", [None, "", "0.95", "1.1", "1", "2", "3.0.0", "1.0.x", "2.0.0.0", "1.0.²"])
def test_other_editions_are_refused(version):
    response = Program(version=version).get()
    assert response.status_code == 400
    assert "X-Experience-API-Version" in response.content.decode()


def test_about_needs_nothing(client):
    response = client.get(reverse("records:about"))
    assert response.json()["version"] == ["1.0.3", "2.0.0"]


def test_beyond_its_limit_a_client_waits():
    program = Program(ClientFactory.create(per_minute=3))
    assert [program.get("activities", activityId="https://e.org/1").status_code for _ in range(4)] == [
        200
    ] * 3 + [429]
    assert int(program.get().headers["Retry-After"]) > 0


def test_a_page_of_elsewhere_may_ask(client):
    response = client.options(reverse("records:statements"))
    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Authorization" in response.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in response.headers


def test_a_method_that_a_resource_does_not_know():
    response = Program().ask("DELETE", "statements")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


def test_a_head_is_a_get_without_its_body():
    program = Program()
    program.post(said())
    head, whole = program.ask("HEAD", "statements"), program.get()
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["Content-Type"] == whole.headers["Content-Type"]


class TestForms:
    """Requests in a form (1.0.3, Communication 1.3)."""

    def send(self, method, *, version="1.0.3", query="", **fields):
        program = Program(version=version)
        body = urlencode(
            {key: json.dumps(value) if isinstance(value, dict) else value for key, value in fields.items()}
        )
        url = f"{reverse('records:statements')}?method={method}{query}"
        return program, program.ask("POST", url, body.encode(), type="application/x-www-form-urlencoded")

    def test_a_statement_in_a_form(self):
        key = str(uuid4())
        program, response = self.send("PUT", statementId=key, content=said(id=key))
        assert response.status_code == 204
        assert program.get(statementId=key).status_code == 200

    def test_a_question_in_a_form(self):
        _, response = self.send("GET", limit="1")
        assert response.json() == {"statements": [], "more": ""}

    def test_what_is_no_request_in_a_form(self):
        key = str(uuid4())
        assert self.send("PUT", statementId=key)[1].status_code == 400
        assert self.send("PUT", query="&limit=1", statementId=key, content=said())[1].status_code == 400
        assert self.send("DROP", content=said())[1].status_code == 400
        assert self.send("PUT", version="2.0.0", statementId=key, content=said())[1].status_code == 400

    def test_credentials_and_version_in_the_form(self, client):
        made = ClientFactory.create()
        token = base64.b64encode(f"{made.key}:{SECRET}".encode()).decode()
        body = urlencode(
            {"Authorization": f"Basic {token}", "X-Experience-API-Version": "1.0.3", "limit": "1"}
        )
        response = client.post(
            f"{reverse('records:statements')}?method=GET",
            body,
            content_type="application/x-www-form-urlencoded",
        )
        assert response.status_code == 200
