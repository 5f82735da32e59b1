"""Starts the children of `passeur serve`, watches them, and stops them all at the end."""

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

from passeur.foundation.errors import PasseurError
from passeur.foundation.terminal import gettext as _
from passeur.project.serve.lifeline import GRACE

SOON = 10  # seconds in which a first page comes, as a rule
SLOW = 60  # seconds without a first page after which it is said, and again each time as many have passed
STARTING = 1_800  # seconds after which nobody waits any more: the processes live and yet do not serve
TRIES, WINDOW = 4, 120  # a child that dies this often within so many seconds is given up


class ChildDied(PasseurError):
    def __init__(self, name: str, code: int) -> None:
        super().__init__(
            _(
                "Le processus « {name} » s’arrête sans cesse (dernier code {code}) : Passeur "
                "s’arrête ; la cause "
                "est dans les lignes au-dessus."
            ).format(name=name, code=code)
        )


class DatabaseDied(PasseurError):
    def __init__(self) -> None:
        super().__init__(
            _(
                "La base de données privée s’est arrêtée : Passeur s’arrête aussi ; la cause est dans "
                "DATA_DIR/postgres/log."
            )
        )


class NotReady(PasseurError):
    def __init__(self, found: str) -> None:
        super().__init__(_("Passeur n’a pas pu répondre : {found}").format(found=found))


@dataclass(slots=True)
class Child:
    """A process to keep running."""

    name: str
    words: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)
    start_at: float = 0.0

    def start(self, environment: Mapping[str, str]) -> None:
        # Its standard input is a pipe that nobody writes to: it closes when we end, however we end.
        command = [sys.executable, "-m", "passeur.project.serve.child", *self.words]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, env=dict(environment))  # noqa: S603


class Supervisor:
    """Keeps the children running until told to stop."""

    def __init__(
        self,
        children: Sequence[Child],
        *,
        environment: Mapping[str, str],
        database_lives: Callable[[], bool],
        tell: Callable[[str], None],
    ) -> None:
        self._children = children
        self._environment = environment
        self._database_lives = database_lives
        self._tell = tell
        self._stop = threading.Event()
        self._signal: int | None = None

    def run(self, *, ready: Callable[[], str | None], announce: Callable[[], None]) -> int | None:
        """Serve; gives back the signal that ended it. `ready` says what is missing, or None."""
        before = {number: signal.signal(number, self._told) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            for child in self._children:
                child.start(self._environment)
            self._await(ready, announce)
            while not self._stop.wait(0.5):
                self._look()
        finally:
            self._end_all()
            for number, handler in before.items():
                signal.signal(number, handler)
        return self._signal

    def _told(self, number: int, frame: FrameType | None) -> None:
        self._signal = number
        self._stop.set()

    def _await(self, ready: Callable[[], str | None], announce: Callable[[], None]) -> None:
        """Wait for the first page. A busy machine may take minutes: what died would be named by `_look`."""
        began = said = now = time.monotonic()
        # What is asked for writes a line in the log each time that it is not there yet.
        while not self._stop.wait(0.1 if now - began < SOON else 1):
            self._look()
            missing = ready()
            if missing is None:
                announce()
                return
            now = time.monotonic()
            if now - began > STARTING:
                raise NotReady(missing)
            if now - said > SLOW:
                said = now
                self._tell(
                    _("Passeur ne répond pas encore ({found}) : ses processus vivent, il les attend.").format(
                        found=missing
                    )
                )

    def _look(self) -> None:
        """Start again what died, later each time; give up on what keeps dying."""
        if not self._database_lives():
            raise DatabaseDied
        now = time.monotonic()
        for child in self._children:
            if child.process is None:
                if now >= child.start_at and not self._stop.is_set():
                    child.start(self._environment)
                continue
            code = child.process.poll()
            if code is None or self._stop.is_set():
                continue
            child.process = None
            child.deaths = [*(death for death in child.deaths if now - death < WINDOW), now]
            if len(child.deaths) >= TRIES:
                raise ChildDied(child.name, code)
            pause = 2 ** (len(child.deaths) - 1)
            child.start_at = now + pause
            self._tell(
                _("Le processus « {name} » s’est arrêté (code {code}) ; il repart dans {pause} s.").format(
                    name=child.name, code=code, pause=pause
                )
            )

    def _end_all(self) -> None:
        """Ask all of them to finish what they are at, and end those who do not."""
        living = [child.process for child in self._children if child.process and child.process.poll() is None]
        for process in living:
            process.terminate()
        until = time.monotonic() + GRACE
        for process in living:
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def health(host: str, port: int) -> str | None:
    """What keeps pages from being served, as /healthz says it, or None.

    Jobs that nobody does are not among it: pages are served meanwhile, and metrics and `doctor` say so.
    """
    asked = "127.0.0.1" if host in {"", "0.0.0.0"} else host  # noqa: S104 - compared, not listened on
    connection = http.client.HTTPConnection("::1" if asked == "::" else asked, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        response = connection.getresponse()
        body = response.read().decode(errors="replace")
    except (OSError, http.client.HTTPException) as error:
        return str(error) or type(error).__name__
    finally:
        connection.close()
    if response.status == http.client.OK:
        return None
    try:
        checks = json.loads(body)["checks"]
    except (ValueError, KeyError):
        return f"HTTP {response.status}"
    wrong = [
        f"{name}: {check['found']}" for name, check in checks.items() if not check["ok"] and name != "jobs"
    ]
    return ", ".join(wrong) or None


def surroundings(**changes: str) -> dict[str, str]:
    """The environment of this process for its children, with `changes`."""
    return {**os.environ, **changes}
