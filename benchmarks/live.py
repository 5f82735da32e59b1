"""A thousand open pages on one machine: what they hold, when they are told, what other pages feel of it.

Serves as `passeur serve` does, opens `--pages` streams of as many members on one conversation, then writes
answers into it. Prints JSON: memory of the web processes (kB a page), milliseconds from the commit to each
page (median, p95), announcements missed (0 or a fault), and an ordinary page before and meanwhile.
"""

import argparse
import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

PROGRAM = [sys.executable, "-c", "from passeur.project.cli import main; main()"]
OPENING_AT_ONCE = 50


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def people(count: int) -> tuple[Any, Any, list[str]]:
    """A conversation, who animates its community, and the sessions of `count` members who may read it."""
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from passeur.accounts import services as accounts
    from passeur.accounts.models import Member
    from passeur.communities import services as communities
    from passeur.communities.models import Membership
    from passeur.conversations import services as conversations
    from passeur.conversations.choices import Kind

    lcm = accounts.open_account(email="lcm@example.org", name="Ana", password=None)
    lcm.is_administrator = True
    lcm.save()
    community = communities.create_community(name="Mesures", purpose="Mesurer.", by=lcm, charter="Avec soin.")
    readers = Member.objects.bulk_create(
        [Member(email=f"r{n}@example.org", name=f"Membre {n}", password="!") for n in range(count)]
    )
    Membership.objects.bulk_create(
        [Membership(community=community, member=reader, charter_version=1) for reader in readers]
    )
    question = conversations.start_conversation(
        community=community, kind=Kind.QUESTION, title="Combien de pages ?", body="On compte.", by=lcm
    )
    sessions = []
    for reader in readers:
        session = SessionStore()
        session[SESSION_KEY] = str(reader.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        session[HASH_SESSION_KEY] = reader.get_session_auth_hash()
        session.create()
        sessions.append(str(session.session_key))
    return question, lcm, sessions


class Page:
    """One open stream, and when each change came down it (seconds)."""

    def __init__(self, port: int, session: str, topic: str) -> None:
        self.port, self.session, self.topic = port, session, topic
        self.came: list[float] = []
        self.reader: asyncio.StreamReader | None = None

    async def open(self) -> bool:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.writer.write(request(self.port, f"/live/?on={self.topic}&since=", self.session))
        head = await self.reader.readuntil(b"\r\n\r\n")
        return head.startswith(b"HTTP/1.1 200")

    async def listen(self) -> None:
        assert self.reader is not None
        while line := await self.reader.readline():
            if line.startswith(b"event: change"):
                self.came.append(time.perf_counter())


def request(port: int, path: str, session: str) -> bytes:
    return (f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: sessionid={session}\r\n\r\n").encode()


async def ordinary(port: int, path: str, session: str, seconds: float) -> dict[str, float]:
    """Ask a page five times a second, each on a connection of its own; milliseconds."""
    taken: list[float] = []
    until = time.perf_counter() + seconds
    while (began := time.perf_counter()) < until:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request(port, path, session).replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        answer = await reader.read()
        assert answer.startswith(b"HTTP/1.1 200"), answer[:200]
        writer.close()
        taken.append(1000 * (time.perf_counter() - began))
        await asyncio.sleep(max(0.0, 0.2 - (time.perf_counter() - began)))
    return spread(taken)


def spread(taken: list[float]) -> dict[str, float]:
    ordered = sorted(taken)
    return {
        "median": round(statistics.median(ordered), 1),
        "p95": round(ordered[int(len(ordered) * 0.95)], 1),
        "max": round(ordered[-1], 1),
    }


def memory(pid: int) -> int:
    """Resident kB of a process and all its children."""
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    status = Path(f"/proc/{pid}/smaps_rollup").read_text()
    own = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("Pss:"))
    return own + sum(memory(int(child)) for child in listed.stdout.split())


async def measure(
    port: int, pid: int, made: tuple[Any, Any, list[str]], given: argparse.Namespace
) -> dict[str, Any]:
    from asgiref.sync import sync_to_async

    from passeur.conversations import services as conversations

    question, lcm, sessions = made
    path = f"/conversations/{question.pk}/"
    await ordinary(port, path, sessions[0], 2)  # everything is loaded
    before_page, before_memory = await ordinary(port, path, sessions[0], given.seconds), memory(pid)
    pages = [Page(port, session, f"conversation:{question.pk}") for session in sessions]
    began = time.perf_counter()
    opened = 0
    for start in range(0, len(pages), OPENING_AT_ONCE):
        opened += sum(await asyncio.gather(*(page.open() for page in pages[start : start + OPENING_AT_ONCE])))
    opening = time.perf_counter() - began
    listening = [asyncio.create_task(page.listen()) for page in pages]
    await asyncio.sleep(2)
    after_memory = memory(pid)
    idle = asyncio.create_task(ordinary(port, path, sessions[0], given.seconds))
    held = await idle
    busy = asyncio.create_task(ordinary(port, path, sessions[0], given.announcements * 1.0))
    taken, missed = [], 0
    for number in range(given.announcements):
        heard = [len(page.came) for page in pages]
        await sync_to_async(conversations.contribute)(conversation=question, body=f"Mesure {number}.", by=lcm)
        committed = time.perf_counter()
        await asyncio.sleep(1)
        for page, count in zip(pages, heard, strict=True):
            if len(page.came) > count:
                taken.append(1000 * (page.came[count] - committed))
            else:
                missed += 1
    meanwhile = await busy
    for task in listening:
        task.cancel()
    return {
        "opened": opened,
        "opening_seconds": round(opening, 2),
        "memory_kb": {"before": before_memory, "open": after_memory},
        "kb_a_page": round((after_memory - before_memory) / max(1, opened), 1),
        "told_after_ms": spread(taken) if taken else None,
        "missed": missed,
        "ordinary_page_ms": {"before": before_page, "pages_open": held, "announcing": meanwhile},
    }


def main() -> None:
    """Serve, open, write, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--announcements", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--threads", type=int, default=4)
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="passeur-benchmark-"))).resolve()
        from passeur.foundation.postgres import server

        os.environ |= {"DATA_DIR": str(folder), "PASSEUR_LOG_LEVEL": "ERROR"}
        os.environ |= {"DJANGO_SETTINGS_MODULE": "passeur.project.settings"}
        os.environ["DATABASE_URL"] = stack.enter_context(server.running(folder)).url
        subprocess.run([*PROGRAM, "migrate"], check=True, stdout=subprocess.DEVNULL)
        made = people(given.pages)
        port = free_port()
        words = ["--host", "127.0.0.1", "--port", str(port), "--processes", str(given.processes)]
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "passeur.project.serve.child",
                "web",
                *words,
                "--threads",
                str(given.threads),
            ],
            stdin=subprocess.PIPE,
        )
        try:
            while socket.socket().connect_ex(("127.0.0.1", port)) != 0:
                time.sleep(0.1)
            time.sleep(2)
            result = asyncio.run(measure(port, process.pid, made, given))
            began = time.perf_counter()
            process.terminate()
            process.wait(30)
            result["stopped_after_s"] = round(time.perf_counter() - began, 2)
        finally:
            process.kill()
    setting = {"cpus": os.cpu_count(), **vars(given)}
    print(json.dumps({"benchmark": "live", "setting": setting, "result": result}, indent=2))


if __name__ == "__main__":
    main()
