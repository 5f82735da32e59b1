"""What is typed, and who typed it, reaches no log, in either format; a request is followed into its jobs."""

import io
import json
import logging
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, connection
from django.urls import reverse

from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.tests.factories import MembershipFactory
from passeur.conversations.tests.factories import question
from passeur.foundation import jobs, request_id
from passeur.project import environment, logs

pytestmark = pytest.mark.django_db
MARK = "zq7marker"
ADDRESS = f"{MARK}@orvelle.example"


@pytest.fixture(params=["line", "json"])
def written(request):
    """All that is logged, down to the least, as it would be written."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(logs.Json() if request.param == "json" else logs.Line())
    names = ["", "passeur", "django", "django.request", "procrastinate", "asyncio"]
    before = {name: logging.getLogger(name).level for name in names}
    for name in names:
        logging.getLogger(name).setLevel(logging.DEBUG)
    # The whole text of each query is only written for who develops.
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    logging.getLogger().addHandler(handler)
    yield out.getvalue
    logging.getLogger().removeHandler(handler)
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)
    logging.getLogger("django.db.backends").setLevel(logging.NOTSET)


@pytest.fixture
def member():
    return MembershipFactory.create(member__name=f"Zoé {MARK}", member__email=ADDRESS).member


@jobs.task()
def fails(address: str) -> None:
    raise ValueError(f"nobody has {address}")


def test_what_is_typed_reaches_no_log(client, member, written, run_jobs):
    cache.clear()
    asked = question(community=member.memberships.get().community, author=member)
    client.post(reverse("account_login"), {"login": ADDRESS, "password": MARK})
    client.post(reverse("account_reset_password"), {"email": ADDRESS})
    client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get(reverse("conversations:search"), {"q": MARK})
    client.get(reverse("foundation:palette"), {"q": MARK})
    client.get(f"/{MARK}/nowhere/?q={MARK}", headers={"X-Request-ID": MARK, "Referer": f"/?{MARK}"})
    client.post(f"/conversations/{asked.pk}/reply/", {"body": f"Bonjour {MARK}"})
    client.post(reverse("accounts:edit_profile"), {"name": MARK, "bio": MARK})
    client.get("/", headers={"Host": f"{MARK}.example"})
    run_jobs()
    assert written().count("passeur.request") >= 8
    assert "passeur.job" in written()
    assert MARK not in written()


def test_what_breaks_is_told_without_what_was_typed(client, member, written, monkeypatch):
    def broken(*given: Any, **named: Any) -> None:
        MemberFactory.create(email=ADDRESS, name=MARK, handle=MARK)

    monkeypatch.setattr("passeur.conversations.views.search.search", broken)
    client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.raise_request_exception = False
    answer = client.get(reverse("conversations:search"), {"q": MARK})
    assert answer.status_code == 500
    assert "psycopg.errors.UniqueViolation sqlstate=23505" in written()
    assert "search.py" in written()
    assert MARK not in written()
    assert answer["X-Request-ID"] in written()
    assert answer["X-Request-ID"] in answer.content.decode()


def test_an_exception_keeps_its_type_its_places_and_its_codes():
    try:
        try:
            MemberFactory.create(email=ADDRESS)
            MemberFactory.create(email=ADDRESS)
        except IntegrityError as refused:
            raise RuntimeError(f"could not keep {ADDRESS}") from refused
    except RuntimeError as error:
        told = "\n".join(logs.told(error))
    assert "builtins.RuntimeError" in told
    assert "psycopg.errors.UniqueViolation sqlstate=23505" in told
    assert "test_logs.py" in told
    assert MARK not in told
    connection.needs_rollback = False


def test_a_request_has_a_word_that_its_jobs_bear_too(client, member, caplog, run_jobs):
    with caplog.at_level(logging.INFO), request_id.carried("0123456789ab"):
        fails.defer(address=ADDRESS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'request_id' FROM procrastinate_jobs WHERE task_name LIKE '%%fails'")
        assert cursor.fetchone() == ("0123456789ab",)
    heard: list[str] = []

    class Listening(logging.Handler):
        def emit(self, record):
            heard.append(f"{logs.Line().format(record)}")

    logger = logging.getLogger("passeur.job")
    logger.addHandler(listening := Listening())
    with pytest.raises(ValueError, match="nobody"):
        run_jobs()
    logger.removeHandler(listening)
    assert "fails failed" in heard[0]
    assert heard[0].endswith("[0123456789ab]")


def test_what_the_library_of_jobs_says_is_told_without_arguments():
    record = logging.LogRecord("procrastinate.worker", 40, "", 1, f"Job x({ADDRESS}) failed", (), None)
    record.action = "job_error"
    record.job = {"id": 7, "task_name": "x", "task_kwargs": {"address": ADDRESS, "request_id": "abcdef"}}
    assert logs.Line().format(record).endswith("procrastinate.worker job_error x 7 [abcdef]")
    assert MARK not in logs.Json().format(record)


def test_json_lines_have_the_facts_of_a_request(client, member, settings):
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(logs.Json())
    logger = logging.getLogger("passeur.request")
    logger.addHandler(handler)
    answer = client.get(reverse("account_login"))
    settings.REQUEST_ID_HEADER = "X-Request-ID"
    proxied = client.get(reverse("account_login"), headers={"X-Request-ID": "from-the-proxy-1"})
    odd = client.get(reverse("account_login"), headers={"X-Request-ID": "no good\u00e9"})
    logger.removeHandler(handler)
    first, second, third = [json.loads(line) for line in out.getvalue().splitlines()]
    assert first["request"] == answer["X-Request-ID"]
    assert second["request"] == proxied["X-Request-ID"] == "from-the-proxy-1"
    assert third["request"] == odd["X-Request-ID"] != "no good\u00e9"
    assert first["method"] == "GET"
    assert first["route"] == "/accounts/login/"
    assert first["view"] == "account_login"
    assert first["status"] == 200
    assert first["milliseconds"] > 0
    assert first["queries"] >= 0
    assert set(first) == {
        "time", "level", "logger", "message", "request",
        "method", "route", "view", "status", "milliseconds", "queries",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("PASSEUR_LOG_FORMAT", environment.log_format),
        ("PASSEUR_METRICS_TOKEN", environment.metrics_token),
        ("PASSEUR_PROXIES", lambda: environment.proxies(default=0)),
    ],
)
def test_a_setting_that_cannot_be_is_said(monkeypatch, name, reading):
    monkeypatch.setenv(name, "nine")
    with pytest.raises(environment.BadSetting, match=name):
        reading()
