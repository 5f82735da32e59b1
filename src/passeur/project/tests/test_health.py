"""/healthz says 200 when Passeur can serve, and 503 with what is wrong when it cannot."""

import pytest
from django.db import OperationalError, connection

from passeur.foundation import queue
from passeur.project import health

pytestmark = pytest.mark.django_db


def test_all_is_well_and_what_was_looked_at_is_said(client):
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json()["ok"] is True
    assert list(response.json()["checks"]) == ["database", "migrations", "jobs"]


def test_a_probe_has_neither_host_nor_https_nor_session(client, settings):
    settings.ALLOWED_HOSTS = ["passeur.example.org"]
    settings.SECURE_SSL_REDIRECT = True
    response = client.get("/healthz", headers={"host": "10.1.2.3"})
    assert response.status_code == 200
    assert not response.cookies


def test_a_database_that_does_not_answer_is_said(client, monkeypatch):
    def gone() -> None:
        raise OperationalError("connection refused: password=secret")

    monkeypatch.setattr(health, "_database", gone)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["checks"]["database"] == {"ok": False, "found": "OperationalError"}


def test_waiting_migrations_are_said(client, monkeypatch):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["checks"]["migrations"] == {"ok": False, "found": "1 waiting"}


@pytest.mark.parametrize(
    ("lag", "workers", "status"),
    [(0, 0, 200), (500, 1, 200), (500, 0, 503)],
    ids=["idle", "busy", "nobody works"],
)
def test_a_queue_is_stuck_when_work_waits_and_nobody_does_it(client, monkeypatch, lag, workers, status):
    state = queue.QueueState(due=3, lag=lag, failed=0, workers=workers)
    monkeypatch.setattr(queue, "state", lambda: state)
    assert client.get("/healthz").status_code == status


def test_the_queue_is_read_from_its_tables():
    from passeur.foundation.tests.test_events_and_jobs import counted

    counted.defer(number=1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = now() - interval '90 seconds'")
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now()), (now() - interval '1 hour')"
        )
    state = queue.state()
    assert (state.due, round(state.lag), state.workers, state.failed) == (1, 90, 1, 0)
