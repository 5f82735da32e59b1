"""/metrics: in Prometheus' format, for this machine or a token, complete in the reference, about nobody."""

import re
from pathlib import Path

import pytest
from django.db import OperationalError
from django.urls import reverse
from prometheus_client.parser import text_string_to_metric_families

from passeur.accounts.tests.factories import AdministratorFactory
from passeur.foundation import metrics
from passeur.project.backup import last
from passeur.project.metrics import counted, state

pytestmark = pytest.mark.django_db
TOKEN = "0123456789abcdef0123456789abcdef"
REFERENCE = Path(__file__).resolve().parents[4] / "docs" / "reference" / "metrics.md"


def ask(client, **headers):
    return client.get("/metrics", headers={"Host": "127.0.0.1:8000"} | headers)


def families(client):
    answer = ask(client)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain; version=")
    return {family.name: family for family in text_string_to_metric_families(answer.content.decode())}


def value(found, name, **labels):
    [sample] = [
        sample
        for family in found.values()
        for sample in family.samples
        if sample.name == name and labels.items() <= sample.labels.items()
    ]
    return sample.value


def test_requests_are_counted_by_route_and_status_with_their_time(client):
    labels = {"method": "GET", "route": "account_login", "status": "200"}
    client.get(reverse("account_login"))
    before = families(client)
    for _ in range(3):
        client.get(reverse("account_login"))
    after = families(client)
    assert (
        value(after, "passeur_requests_total", **labels)
        == value(before, "passeur_requests_total", **labels) + 3
    )
    assert value(after, "passeur_request_seconds_count", route="account_login") >= 4
    assert value(after, "passeur_request_seconds_bucket", route="account_login", le="+Inf") >= 4


def test_work_that_waits_and_a_backup_that_is_old_are_told(client, settings, tmp_path):
    from passeur.foundation.tests.test_events_and_jobs import counted as job

    job.defer(number=1)
    settings.DATA_DIR = tmp_path
    assert not families(client)["passeur_backup_age_seconds"].samples
    last.note(tmp_path, tmp_path / "a.zip", 10)
    found = families(client)
    assert value(found, "passeur_jobs_waiting", queue="default") == 1
    assert 0 <= value(found, "passeur_jobs_oldest_seconds", queue="default") < 600
    assert value(found, "passeur_letters_waiting") == 0
    assert value(found, "passeur_database_up") == 1
    assert 0 <= value(found, "passeur_backup_age_seconds") < 600
    assert found["passeur_build_info"].samples[0].labels["version"]


def test_a_database_that_is_gone_is_a_figure_too(client, monkeypatch):
    def gone(query):
        raise OperationalError("connection refused")

    monkeypatch.setattr(state, "_rows", gone)
    found = families(client)
    assert value(found, "passeur_database_up") == 0
    assert "passeur_requests" in found


def test_it_is_closed_to_everybody_but_this_machine_and_who_has_the_token(client, settings):
    settings.ALLOWED_HOSTS = ["passeur.example.org"]
    settings.SECURE_SSL_REDIRECT = True
    assert ask(client).status_code == 200
    assert ask(client, Host="[::1]:8000").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7", headers={"Host": "127.0.0.1"}).status_code == 401
    for forwarded in (
        {"Host": "passeur.example.org"},
        {"X-Forwarded-For": "127.0.0.1"},
        {"Forwarded": "for=127.0.0.1"},
        {"X-Forwarded-Proto": "https"},
    ):
        assert ask(client, **forwarded).status_code == 401
    public = {"Host": "passeur.example.org", "X-Forwarded-For": "192.0.2.7"}
    assert ask(client, **public, Authorization=f"Bearer {TOKEN}").status_code == 401
    settings.METRICS_TOKEN = TOKEN
    assert ask(client, **public, Authorization=f"Bearer {TOKEN}").status_code == 200
    assert ask(client, **public, Authorization="Bearer other").status_code == 401
    assert ask(client, **public, Authorization="Bearer").status_code == 401
    client.force_login(AdministratorFactory.create())
    closed = ask(client, **public)
    assert closed.status_code == 401
    assert closed["WWW-Authenticate"].startswith("Bearer ")
    assert "PASSEUR_METRICS_TOKEN" in closed.content.decode()


def test_the_reference_lists_each_figure_with_its_labels_and_no_other(client, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    last.note(tmp_path, tmp_path / "a.zip", 10)
    client.get(reverse("account_login"))
    written = {
        name: set(re.findall(r"`(\w+)`", labels))
        for name, labels in re.findall(
            r"^\| `(passeur_\w+)` \| ([^|]*)\|", REFERENCE.read_text(), re.MULTILINE
        )
    }
    text = counted.text().decode()
    assert set(written) == set(re.findall(r"^# TYPE (\w+) ", text, re.MULTILINE))
    for line in text.splitlines():
        if not line.startswith("#"):
            name = line.split(" ", 1)[0].split("{", 1)[0].removesuffix("_bucket").removesuffix("_sum")
            name = name if name in written else name.removesuffix("_count")
            assert set(re.findall(r"[{,](\w+)=", line)) <= written[name], line


@pytest.mark.parametrize(("are_open", "told"), [(0, 0), (4, 0), (5, 5), (812, 812)])
def test_how_many_are_here_is_not_told_of_a_small_group(client, are_open, told):
    metrics.STREAMS.set(are_open)
    assert value(families(client), metrics.OPEN_STREAMS) == told
    metrics.STREAMS.set(0)


def test_labels_are_of_the_house_and_not_of_people(client):
    client.get("/nobody@orvelle.example/?q=nobody@orvelle.example")
    client.generic("ZOE", "/")
    names = {
        name for family in families(client).values() for sample in family.samples for name in sample.labels
    }
    assert names <= {
        "method", "route", "status", "le", "queue", "outcome", "state", "version", "python", "postgresql",
    }  # fmt: skip
    assert "orvelle" not in ask(client).content.decode()
    assert "ZOE" not in ask(client).content.decode()
