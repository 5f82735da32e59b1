"""`passeur serve` on a real machine: it answers, it stops cleanly, and it is clear about what
is in its way."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import psycopg
import pytest

from passeur.foundation.postgres import server
from passeur.foundation.tests import migrated
from passeur.foundation.tests.ports import free_port

PROGRAM = migrated.PROGRAM
PATIENCE = 300  # seconds; machines that build are busy


def environment(data_dir: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "PORT"}}
    return {**kept, "DATA_DIR": str(data_dir)}


def answer(port: int) -> tuple[int, dict[str, object]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", "/healthz")
    response = connection.getresponse()
    return response.status, json.loads(response.read())


def answers(port: int) -> bool:
    """Whether pages come; what listened before may still be on its way out."""
    try:
        return answer(port)[0] == 200
    except (OSError, http.client.HTTPException):
        return False


def refused(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def until(condition) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, condition
        time.sleep(0.1)


def output(process: subprocess.Popen[str]) -> IO[str]:
    assert process.stdout is not None
    return process.stdout


def says(process: subprocess.Popen[str], words: str) -> bool:
    """Whether the program says these words, now or soon; its worker may have lines of its own before them."""
    too_late = threading.Timer(PATIENCE, process.kill)
    too_late.start()
    try:
        return any(words in line for line in output(process))
    finally:
        too_late.cancel()


@contextmanager
def serving(data_dir: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """A `passeur serve` that has said that it answers."""
    words = ["serve", "--port", str(port), "--processes", "1", "--migrate"]
    process = subprocess.Popen(
        [*PROGRAM, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env=environment(data_dir), start_new_session=True,
    )  # fmt: skip
    try:
        said = []
        for line in output(process):
            said.append(line)
            if f":{port}" in line:
                break
        else:
            pytest.fail("".join(said))
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(PATIENCE)
        output(process).close()


def serve_in_vain(data_dir: Path, port: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, "serve", "--port", str(port)], capture_output=True, text=True,
        env=environment(data_dir), check=False, timeout=PATIENCE,
    )  # fmt: skip


def children(pid: int) -> list[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [int(line) for line in listed.stdout.split()]


TAKE_ONE_BACK = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", "feed", "zero", verbosity=0)
"""


@pytest.fixture(scope="module")
def data_dir(server_folder):
    """Migrated, but for what the first to serve here has to do for its `--migrate`."""
    migrated.private_server(server_folder)
    with server.running(server_folder, settings=server.FAST) as running:
        behind = {"DATABASE_URL": running.url, "DJANGO_SETTINGS_MODULE": "passeur.project.settings"}
        subprocess.run(
            [sys.executable, "-c", TAKE_ONE_BACK], check=True, env={**environment(server_folder), **behind}
        )
        with psycopg.connect(running.url) as looking:
            assert looking.execute("SELECT to_regclass('feed_suggestion')").fetchone() == (None,)
    return server_folder


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_answers_then_stops_all_of_it(data_dir, number):
    port = free_port()
    with serving(data_dir, port) as process:
        status, found = answer(port)
        assert (status, found["ok"]) == (200, True)
        assert server.is_answering(data_dir)
        # As a terminal does with Ctrl-C: to the whole group.
        os.killpg(process.pid, number)
        assert process.wait(PATIENCE) == 0
        assert str(data_dir) in output(process).read()
    until(lambda: refused(port))
    assert not server.is_answering(data_dir)


def test_it_does_not_wait_for_pages_that_listen(data_dir):
    port = free_port()
    with serving(data_dir, port) as process:
        open_page = listening(data_dir, port)
        assert b"200 OK" in open_page.recv(4096)
        process.terminate()
        assert process.wait(PATIENCE) == 0
        assert "Killing" not in output(process).read()  # as the web server says past its deadline
        while open_page.recv(4096):
            pass  # it was ended, not broken off
        open_page.close()


LISTENER = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from passeur.accounts import services as accounts
from passeur.communities import services as communities
from passeur.conversations import services as conversations
member = accounts.open_account(email="page@example.org", name="Page Ouverte", password=None)
member.is_administrator = True
member.save()
place = communities.create_community(name="Ici", purpose="Parler.", by=member, charter="Avec soin.")
asked = conversations.start_conversation(community=place, kind="question", title="Qui ?", body="?", by=member)
session = SessionStore()
session[SESSION_KEY], session[HASH_SESSION_KEY] = str(member.pk), member.get_session_auth_hash()
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
session.create()
print(asked.pk, session.session_key)
"""


def listening(data_dir: Path, port: int) -> socket.socket:
    """A page that is open on a conversation, as a bare line."""
    start = "import django; django.setup()" + LISTENER
    made = subprocess.run(
        [sys.executable, "-c", start], capture_output=True, text=True, check=True,
        env={**environment(data_dir), "DJANGO_SETTINGS_MODULE": "passeur.project.settings"},
    )  # fmt: skip
    key, session = made.stdout.split()
    line = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    head = f"GET /live/?on=conversation:{key} HTTP/1.1\r\nHost: localhost\r\n"
    asked = f"{head}Cookie: sessionid={session}\r\n\r\n"
    line.sendall(asked.encode())
    return line


def test_killed_outright_it_leaves_nothing_that_keeps_the_next_one_from_starting(data_dir):
    port = free_port()
    with serving(data_dir, port) as process:
        left = children(process.pid)
        assert len(left) == 2
        process.kill()
        process.wait(PATIENCE)
        until(lambda: refused(port))
    with serving(data_dir, port):
        assert answer(port)[0] == 200
    assert not server.is_answering(data_dir)


def test_a_child_that_dies_is_started_again_and_named(data_dir):
    port = free_port()
    with serving(data_dir, port) as process:
        web = next(pid for pid in children(process.pid) if "web" in Path(f"/proc/{pid}/cmdline").read_text())
        os.kill(web, signal.SIGKILL)
        assert says(process, "« pages »".replace(" ", "\u00a0"))
        until(lambda: answers(port))


def test_when_the_database_dies_it_says_so_and_stops(data_dir):
    port = free_port()
    with serving(data_dir, port) as process:
        os.kill(server._pid(data_dir) or 0, signal.SIGQUIT)
        assert process.wait(PATIENCE) == 1
        assert "postgres/log" in output(process).read()
    until(lambda: refused(port))


def test_a_second_one_on_the_same_folder_is_refused_and_the_first_goes_on(data_dir):
    port = free_port()
    with serving(data_dir, port):
        second = serve_in_vain(data_dir, free_port())
        assert second.returncode == 1
        assert "DATA_DIR" in second.stderr
        assert f":{port}" in second.stderr
        assert second.stderr.count("\n") == 1
        assert answer(port)[0] == 200


def test_a_port_that_is_taken_is_said_before_anything_is_started(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refusal = serve_in_vain(tmp_path / "data", port)
    assert refusal.returncode == 1
    assert str(port) in refusal.stderr
    assert f"PORT={port + 1}" in refusal.stderr
    assert not (tmp_path / "data").exists()


def test_tables_that_are_behind_are_said(data_dir):
    empty = data_dir / "empty"
    refusal = serve_in_vain(empty, free_port())
    assert refusal.returncode == 1
    assert "passeur migrate" in refusal.stderr.splitlines()[-1]
    assert not server.is_answering(empty)
