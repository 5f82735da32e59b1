"""A machine that is busy takes its time until the first page: Passeur says so, and waits."""

import http.server
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from passeur.project.serve.supervisor import NotReady, Supervisor, health

MOST_LOOKS = 1_000
"""After which a start that would never end is ended, so that its test fails."""


class Clock:
    """Twenty seconds pass each time that somebody looks whether pages come."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, ready_after: float) -> None:
        self.now, self.ready_after = 0.0, ready_after
        monkeypatch.setattr(time, "monotonic", lambda: self.now)

    def ready(self) -> str | None:
        self.now += 20
        return None if self.now >= self.ready_after else "[Errno 111] Connection refused"


def started(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], list[bool], list[float]]:
    """What was said until pages came, whether that was announced, and how long it waited each time before it
    looked; it is told to end then.
    """
    said: list[str] = []
    announced: list[bool] = []
    pauses: list[float] = []
    house = Supervisor([], environment={}, database_lives=lambda: True, tell=said.append)

    def announce() -> None:
        announced.append(True)
        house._stop.set()

    def wait(pause: float) -> bool:
        pauses.append(pause)
        return house._stop.is_set() or len(pauses) > MOST_LOOKS

    monkeypatch.setattr(house._stop, "wait", wait)
    house.run(ready=clock.ready, announce=announce)
    return said, announced, pauses


def test_pages_that_come_late_are_waited_for_and_what_is_waited_for_is_said(monkeypatch):
    said, announced, _pauses = started(Clock(monkeypatch, ready_after=300), monkeypatch)
    assert announced == [True]
    assert 3 <= len(said) <= 5  # once a minute, not each time it looked
    assert all("Connection refused" in line for line in said)


def test_pages_that_come_soon_are_announced_without_a_word(monkeypatch):
    said, announced, _pauses = started(Clock(monkeypatch, ready_after=40), monkeypatch)
    assert (said, announced) == ([], [True])


def test_processes_that_live_and_never_serve_are_given_up(monkeypatch):
    with pytest.raises(NotReady, match="Connection refused"):
        started(Clock(monkeypatch, ready_after=10**6), monkeypatch)


def test_it_is_asked_less_often_once_it_takes_long(monkeypatch):
    _said, _announced, pauses = started(Clock(monkeypatch, ready_after=300), monkeypatch)
    assert pauses[0] == 0.1
    assert set(pauses[1:-1]) == {1}


def test_an_answer_that_is_none_is_said_and_does_not_end_the_start():
    """A port on which something listens that breaks off, or does not speak the language of the web."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def speak_nonsense() -> None:
            line, _address = listening.accept()
            line.sendall(b"what?\r\n\r\n")
            line.close()

        speaking = threading.Thread(target=speak_nonsense)
        speaking.start()
        assert health("127.0.0.1", listening.getsockname()[1])
        speaking.join()


@contextmanager
def a_site(checks: dict[str, bool]) -> Iterator[int]:
    """The port of one that says on /healthz what is wrong with it."""

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(503)
            self.end_headers()
            told = {name: {"ok": ok, "found": f"about {name}"} for name, ok in checks.items()}
            self.wfile.write(json.dumps({"ok": False, "checks": told}).encode())

        def log_message(self, *_: object) -> None:
            """Not in the output of the tests."""

    with http.server.HTTPServer(("127.0.0.1", 0), Answer) as site:
        answering = threading.Thread(target=site.handle_request)
        answering.start()
        yield site.server_port
        answering.join()


def test_pages_do_not_wait_for_jobs_that_nobody_does():
    """Workers are elsewhere, or were stopped: whoever reads is served."""
    with a_site({"database": True, "migrations": True, "jobs": False}) as port:
        assert health("127.0.0.1", port) is None


def test_pages_wait_for_what_they_need():
    with a_site({"database": True, "migrations": False, "jobs": False}) as port:
        assert health("127.0.0.1", port) == "migrations: about migrations"
