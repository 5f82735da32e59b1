"""Programs go past what pages need; what holds for every answer holds for theirs."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from passeur.foundation.lines import asked_first

from .factories import ClientFactory, said
from .programs import Program

pytestmark = pytest.mark.django_db


def test_a_program_gets_no_session_and_no_language(client):
    response = client.get("/xapi/statements")
    assert response.status_code == 401
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert response.headers["Content-Length"] == str(len(response.content))
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Request-ID"]


def test_a_page_still_has_them(client):
    assert "Cookie" in client.get("/accounts/login/").headers["Vary"]


def test_https_is_asked_of_programs_too(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/xapi/statements").status_code == 301


def test_a_name_that_is_not_ours_is_refused(client):
    assert client.get("/xapi/statements", HTTP_HOST="elsewhere.example").status_code == 400


def test_what_is_not_there_is_not_found(client):
    assert client.get("/xapi/nothing").status_code == 404


def test_a_program_that_is_shut_out_is_so_at_once():
    asking = ClientFactory.create()
    program = Program(asking)
    assert program.get().status_code == 200
    type(asking).objects.filter(pk=asking.pk).update(revoked_at="2026-01-01T00:00:00Z")
    assert program.get().status_code == 401


@pytest.mark.django_db(transaction=True)
def test_a_line_that_broke_between_two_requests_is_made_anew():
    program = Program(ClientFactory.create())
    assert program.get().status_code == 200
    connection.connection.close()
    assert asked_first(_one) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (server,) = cursor.fetchone()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [server])
    other.close()
    assert program.get().status_code == 200


def _one():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone()[0]


def queries_of(ask):
    with CaptureQueriesContext(connection) as captured:
        response = ask()
    return response, len(captured)


def test_a_page_and_who_asks_for_it_are_one_way_to_the_server():
    program = Program(ClientFactory.create())
    (key,) = program.post(said()).json()
    assert program.get().status_code == 200
    response, count = queries_of(lambda: program.get(limit="1"))
    assert [one["id"] for one in response.json()["statements"]] == [key]
    assert count == 1
    response, count = queries_of(lambda: program.get(statementId=key))
    assert response.json()["id"] == key
    assert count <= 2  # once a day, that somebody's statements were read
    assert queries_of(lambda: program.get(statementId=key))[1] == 1


def test_what_changed_about_a_client_counts_at_once():
    asking = ClientFactory.create()
    program = Program(asking)
    others = Program(ClientFactory.create())
    others.post(said())
    assert len(program.ids()) == 1
    type(asking).objects.filter(pk=asking.pk).update(scopes=["statements/read/mine"])
    assert program.ids() == []
    type(asking).objects.filter(pk=asking.pk).update(scopes=["statements/write"])
    assert program.get().status_code == 403
    type(asking).objects.filter(pk=asking.pk).update(scopes=["statements/read"])
    assert len(program.ids()) == 1
    type(asking).objects.filter(pk=asking.pk).update(secret="0" * 64)
    assert program.get().status_code == 401
    assert program.get(limit="x").status_code == 401


def test_a_refusal_is_told_to_who_is_remembered_too():
    program = Program(ClientFactory.create())
    assert program.get().status_code == 200
    assert program.get(limit="x").status_code == 400
    assert program.get(statementId=str(uuid4())).status_code == 404
