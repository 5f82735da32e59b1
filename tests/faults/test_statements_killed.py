"""A batch of statements whose process, database or client dies midway: all of it is kept, or nothing.

Sent again it is kept once.
"""

import base64
import http.client
import json
import os
import signal
import socket
import threading
from contextlib import suppress
from uuid import uuid4

import psycopg
import pytest

from passeur.foundation.postgres import places
from tests.faults.house import PATIENCE, python, until

A_CLIENT = """
from passeur.records import services
from passeur.records.choices import Scope
made = services.create(name="LMS", scopes=[Scope.ALL], by=None)
print(made.key, made.secret)
"""
# Where a writer is stopped: before it takes the store's clock; its ids claimed, but no row written.
HOLDS = {
    "before the clock": "SELECT pg_advisory_lock(1885434485)",
    "ids claimed": "LOCK TABLE records_statement IN SHARE MODE",
}
WAITING = """
SELECT pid FROM pg_stat_activity
 WHERE wait_event_type = 'Lock' AND (query LIKE '%records_take%' OR query LIKE 'COPY records_statement%')
"""

KEPT = """
SELECT (SELECT count(*) FROM records_statement WHERE body::text LIKE %s),
       (SELECT count(*) FROM records_statementid i
         WHERE NOT EXISTS (SELECT FROM records_statement s WHERE s.id = i.id)),
       (SELECT count(*) FROM records_agent WHERE value LIKE %s),
       (SELECT count(*) FROM records_activity WHERE iri LIKE %s)
"""


@pytest.fixture(scope="module")
def house(own_house):
    return own_house


@pytest.fixture(scope="module")
def headers(house):
    key, secret = python(A_CLIENT, house.server.url, house.server.folder).split()
    return {
        "Authorization": f"Basic {base64.b64encode(f'{key}:{secret}'.encode()).decode()}",
        "X-Experience-API-Version": "2.0.0",
        "Content-Type": "application/json",
    }


def a_batch():
    mark = uuid4().hex
    batch = [
        {
            "id": str(uuid4()),
            "actor": {"mbox": f"mailto:{mark}@lms.example"},
            "verb": {"id": "https://example.org/verbs/finished"},
            "object": {"id": f"https://lms.example/{mark}/{n}", "definition": {"name": {"en": mark}}},
        }
        for n in range(50)
    ]
    return mark, json.dumps(batch)


def send(house, headers, body):
    line = http.client.HTTPConnection("127.0.0.1", house.port, timeout=PATIENCE)
    line.request("POST", "/xapi/statements", body, headers)
    return line.getresponse().status


def kept(house, mark):
    """How many rows of each kind know of a batch."""
    return house.server.ask(KEPT, *[f"%{mark}%"] * 3)[0]


def kill_web(house):
    os.kill(house.child("web"), signal.SIGKILL)


def kill_backend(house):
    [(pid,)] = house.server.ask(WAITING)
    os.kill(pid, signal.SIGKILL)


def kill_server(house):
    first = (places.cluster(house.server.folder) / "postmaster.pid").read_text().split("\n", 1)[0]
    os.kill(int(first), signal.SIGKILL)
    house.server.stop()

    def is_up():
        try:
            house.server.start()
        except Exception:  # those of before have not all left yet
            return False
        return True

    until(is_up)


@pytest.mark.parametrize("kill", [kill_web, kill_backend, kill_server])
@pytest.mark.parametrize("hold", HOLDS)
def test_a_batch_is_kept_whole_or_not_at_all_and_once_when_it_is_sent_again(house, headers, hold, kill):
    until(house.is_answering)
    # The servers of tests write to disk a moment later: what was there before stays there.
    house.server.command("CHECKPOINT")
    mark, body = a_batch()
    outcome = []

    def go():
        try:
            outcome.append(send(house, headers, body))
        except (OSError, http.client.HTTPException) as error:
            outcome.append(error)

    other = psycopg.connect(house.server.url)
    other.execute(HOLDS[hold].encode())
    sending = threading.Thread(target=go)
    sending.start()
    until(lambda: len(house.server.ask(WAITING)) == 1)
    kill(house)
    sending.join(PATIENCE)
    with suppress(psycopg.OperationalError):
        other.close()
    assert isinstance(outcome[0], Exception) or outcome[0] >= 500

    def nothing_is_there():
        with suppress(psycopg.OperationalError):
            return kept(house, mark) == (0, 0, 0, 0)
        return False

    until(nothing_is_there)
    until(house.is_answering)
    assert [send(house, headers, body) for _ in range(2)] == [200, 200]
    assert kept(house, mark) == (50, 0, 1, 50)


def say(house, raw, *, leaves=False):
    """Send bytes, and leave at once or wait; gives the first line of the answer, if there was one."""
    with socket.create_connection(("127.0.0.1", house.port), timeout=PATIENCE) as line:
        line.sendall(raw)
        if leaves:
            line.shutdown(socket.SHUT_WR)
        with suppress(OSError):
            return line.makefile("rb").readline()
    return b""


def head(headers, method, path, *more):
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close"]
    return "\r\n".join(
        [*lines, *(f"{name}: {value}" for name, value in headers.items()), *more, "", ""]
    ).encode()


def test_half_a_body_is_as_if_it_had_not_been_sent(house, headers):
    until(house.is_answering)
    mark, body = a_batch()
    asked = head(headers, "POST", "/xapi/statements", f"Content-Length: {len(body)}")
    assert b" 200" not in say(house, asked + body.encode()[: len(body) // 2], leaves=True)
    state = "/xapi/activities/state?activityId=https://e.org/1&stateId=half&agent=%7B%22mbox%22:%22mailto:a@e.org%22%7D"
    asked = head({**headers, "Content-Type": "text/plain"}, "PUT", state, "Content-Length: 100000")
    assert b" 204" not in say(house, asked + b"x" * 50_000, leaves=True)
    chunked = head({**headers, "Content-Type": "text/plain"}, "PUT", state, "Transfer-Encoding: chunked")
    assert b" 204" not in say(house, chunked + b"5\r\nhello\r\n5\r\nhe", leaves=True)
    assert kept(house, mark) == (0, 0, 0, 0)
    assert house.server.ask("SELECT count(*) FROM records_document") == [(0,)]

    assert b" 204" in say(house, chunked + b"5\r\nhello\r\n0\r\n\r\n")
    assert bytes(house.server.ask("SELECT content FROM records_document")[0][0]) == b"hello"
    house.server.ask("DELETE FROM records_document")
    assert send(house, headers, body) == 200
    assert kept(house, mark)[0] == 50


@pytest.mark.parametrize(
    "more",
    [
        ("Content-Length: 5",),
        ("Content-Length: -1",),
        ("Content-Length: 99999999999999999999",),
        ("Content-Length: 2", "Content-Length: 3"),
        ("Content-Length: 2", "Transfer-Encoding: chunked"),
        ("Transfer-Encoding: gzip, chunked",),
        ("Content-Encoding: gzip", "Content-Length: 100"),
        ("X: " + "y" * 200_000, "Content-Length: 100"),
        (*(f"X{n}: y" for n in range(500)), "Content-Length: 100"),
        ("Expect: 100-continue", "Content-Length: 100"),
        ("X-Evil: a\rb", "Content-Length: 100"),
        ("If-Match: \xff\xfe", "Content-Length: 100"),
        ("Content-Type: a\x00b", "Content-Length: 100"),
    ],
)
def test_lengths_and_headers_that_are_none_end_nothing(house, headers, more):
    until(house.is_answering)
    before = house.server.ask("SELECT count(*) FROM records_statement")
    asked = "\r\n".join(
        [
            "POST /xapi/statements HTTP/1.1",
            "Host: 127.0.0.1",
            *(f"{key}: {one}" for key, one in headers.items()),
            *more,
        ]
    )
    answer = say(house, asked.encode("latin-1") + b"\r\n\r\n" + b"[" + b" " * 98 + b"x")
    assert b" 200" not in answer
    assert b" 500" not in answer
    assert house.server.ask("SELECT count(*) FROM records_statement") == before
    assert house.is_answering()


def test_a_body_beyond_all_measure_is_refused_while_it_comes(house, headers):
    until(house.is_answering)
    asked = head(headers, "POST", "/xapi/statements", f"Content-Length: {10**10}")
    with socket.create_connection(("127.0.0.1", house.port), timeout=PATIENCE) as line:
        line.sendall(asked)
        with suppress(OSError):
            for _ in range(100):
                line.sendall(b" " * 2**20)
        with suppress(OSError):
            assert b" 413" in line.makefile("rb").readline()
    until(house.is_answering)
