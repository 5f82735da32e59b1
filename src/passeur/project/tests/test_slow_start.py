"""A machine that is busy takes its time until the first page: Passeur says so, and waits."""

import socket
import threading
import time

import pytest

from passeur.project.serve.supervisor import NotReady, Supervisor, health


class Clock:
    """Twenty seconds pass each time that somebody looks whether pages come."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, ready_after: float) -> None:
        self.now, self.ready_after = 0.0, ready_after
        monkeypatch.setattr(time, "monotonic", lambda: self.now)

    def ready(self) -> str | None:
        self.now += 20
        return None if self.now >= self.ready_after else "[Errno 111] Connection refused"


def started(clock: Clock) -> tuple[list[str], list[bool]]:
    """What was said until pages came, and whether that was announced; it is told to end then."""
    said: list[str] = []
    announced: list[bool] = []
    house = Supervisor([], environment={}, database_lives=lambda: True, tell=said.append)

    def announce() -> None:
        announced.append(True)
        house._stop.set()

    house.run(ready=clock.ready, announce=announce)
    return said, announced


def test_pages_that_come_late_are_waited_for_and_what_is_waited_for_is_said(monkeypatch):
    said, announced = started(Clock(monkeypatch, ready_after=300))
    assert announced == [True]
    assert 3 <= len(said) <= 5  # once a minute, not each time it looked
    assert all("Connection refused" in line for line in said)


def test_pages_that_come_soon_are_announced_without_a_word(monkeypatch):
    assert started(Clock(monkeypatch, ready_after=40)) == ([], [True])


def test_processes_that_live_and_never_serve_are_given_up(monkeypatch):
    with pytest.raises(NotReady, match="Connection refused"):
        started(Clock(monkeypatch, ready_after=10**6))


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
