"""A whole Passeur to break: `passeur serve` in its own processes, on a database server that can go away."""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from passeur.foundation.postgres import places, server
from passeur.foundation.tests import migrated
from passeur.foundation.tests.ports import free_port

PROGRAM = migrated.PROGRAM
PATIENCE = 300  # seconds; machines that build are busy

PEOPLE = """
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.tests.factories import MembershipFactory
from passeur.conversations.tests.factories import ConversationFactory, ContributionFactory
membership = MembershipFactory()
member = membership.member
question = ConversationFactory(community=membership.community, author=member)
ContributionFactory(conversation=question, author=member, part="opening", parent=None)
session = SessionStore()
session["_auth_user_id"] = str(member.pk)
session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
session["_auth_user_hash"] = member.get_session_auth_hash()
session.save()
print(session.session_key, member.pk, question.pk)
"""


@dataclass
class Server:
    """A PostgreSQL server of its own, that can be stopped and started again at the same address."""

    folder: Path

    def __post_init__(self) -> None:
        self._stack = server.running(self.folder, settings=server.FAST)

    def start(self) -> None:
        self._stack = server.running(self.folder, settings=server.FAST)
        self.url = self._stack.__enter__().url

    def stop(self) -> None:
        self._stack.__exit__(None, None, None)

    def command(self, statement: str) -> None:
        """Something that only its administrator may do, outside the database of Passeur."""
        address = places.url(self.folder, user=places.ADMIN, database="postgres")
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())

    def ask(self, query: str, *values: object) -> list[tuple]:
        with psycopg.connect(self.url, autocommit=True) as connection:
            cursor = connection.execute(query.encode(), values or None)
            return cursor.fetchall() if cursor.description else []


@dataclass
class House:
    """A running Passeur, somebody signed in, and a question of theirs."""

    server: Server
    port: int
    process: subprocess.Popen[bytes]
    log: Path
    cookies: dict[str, str]
    member: int
    question: int

    def get(self, path: str, *, language: str = "fr") -> tuple[int, str]:
        return self._ask("GET", path, None, {"Accept-Language": language})

    def post(self, path: str, body: str) -> tuple[int, str]:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, body, kind)

    def is_answering(self) -> bool:
        self.must_run()
        try:
            return self.get("/healthz")[0] == 200
        except OSError:
            return False

    def must_run(self) -> None:
        """What it said last, where it has stopped."""
        stopped = self.process.poll()
        assert stopped is None, f"Passeur has stopped ({stopped}): {self.log.read_text()[-4000:]}"

    def form_token(self, path: str) -> str:
        """What a form of that page brings along, and a cookie to go with it."""
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path)[1])
        assert found is not None
        return found[1]

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection.request(method, path, body and body.encode(), {"Cookie": cookies, **headers})
        response = connection.getresponse()
        for set_cookie in response.headers.get_all("Set-Cookie", []):
            name, value = set_cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return response.status, response.read().decode()

    def child(self, kind: str) -> int:
        """The process id of the child of that kind, `web` or `worker`; of the next one, if it just died."""
        until(lambda: self._children(kind) != [])
        return self._children(kind)[0]

    def _children(self, kind: str) -> list[int]:
        self.must_run()
        listed = subprocess.run(
            # As wide as it is: some environments have lines cut at 80 columns.
            ["ps", "-ww", "-o", "pid=,stat=,args=", "--ppid", str(self.process.pid)],
            capture_output=True,
            text=True,
            check=False,  # nothing but a code where there is none
        )
        lines = [line.split(maxsplit=2) for line in listed.stdout.splitlines() if f"child {kind}" in line]
        return [int(pid) for pid, state, _ in lines if not state.startswith("Z")]


def environment(url: str, folder: Path, **more: str) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": url,
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "passeur.project.settings",
        **more,
    }


def python(script: str, url: str, folder: Path) -> str:
    """What a script prints, in a process of its own with Django set up."""
    done = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{script}"],
        capture_output=True,
        text=True,
        env=environment(url, folder),
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def until(condition: Callable[[], bool], patience: float = PATIENCE) -> None:
    end = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


@contextmanager
def opened(folder: Path, *, prepare: Callable[[Server], None] = lambda server: None) -> Iterator[House]:
    """A Passeur that answers, on a server of its own; `prepare` sees that server before anybody uses it."""
    data = folder / "data"
    data.mkdir()
    database = Server(folder / "server")
    migrated.private_server(database.folder)
    database.start()
    prepare(database)
    port = free_port()
    try:
        session, member, question = python(PEOPLE, database.url, data).split()
        log = folder / "log"
        process = subprocess.Popen(
            [*PROGRAM, "serve", "--port", str(port), "--processes", "1"],
            stdout=subprocess.DEVNULL,
            stderr=log.open("wb"),
            env=environment(database.url, data),
        )
        house = House(database, port, process, log, {"sessionid": session}, int(member), int(question))
        try:
            until(house.is_answering)
            yield house
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)
    finally:
        database.stop()
