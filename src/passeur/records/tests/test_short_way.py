"""Programs go past what pages need; what holds for every answer holds for theirs."""

from __future__ import annotations

import pytest
from django.db import connection

from passeur.foundation.lines import asked_first

from .factories import ClientFactory
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
