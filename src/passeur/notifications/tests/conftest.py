"""What the tests of notifications share: a kind of their own, and a mail server."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from passeur.accounts.tests.factories import MemberFactory
from passeur.foundation.icons import Icon
from passeur.foundation.tests.ports import free_port

from ..choices import Way
from ..protocols import Kind, Line, register
from ..protocols.kinds import _kinds


@dataclass
class Things:
    """What the kind `thing` speaks of: objects whose rights and words a test decides."""

    hidden: set[int] = field(default_factory=set)
    asked: list[int] = field(default_factory=list)

    def still_due(self, member, objects):
        self.asked.append(member.pk)
        return {pk for pk in objects if pk not in self.hidden}

    def lines(self, member, told):
        return {
            one.object: Line(
                words=f"{len(one.happened)} fois", url=f"/things/{one.object}/", title=f"Chose {one.object}"
            )
            for one in told
        }


@pytest.fixture
def things() -> Iterator[Things]:
    """Two kinds that need no other room: `thing` comes by mail, `aside` in the page only."""
    made = Things()
    for slug, label, way in [("thing", "Choses", "mail"), ("aside", "À-côtés", "page")]:
        register(
            Kind(
                slug, label, "Une chose arrive.", Icon("bell"), made.still_due, made.lines,
                default=Way(way),
            )
        )  # fmt: skip
    yield made
    for slug in ("thing", "aside"):
        del _kinds[slug]


@pytest.fixture
def anais(db):
    return MemberFactory.create(name="Anaïs Girard", email="anais@orvelle.example")


class Server(Message):
    """A mail server that keeps what it takes, and refuses what a test tells it to."""

    def __init__(self) -> None:
        super().__init__()
        self.letters: list[EmailMessage] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.answer = ""
        self.hangs_up = ""
        self.thinks = 0.0
        self.refuses: dict[str, str] = {}

    def handle_message(self, message) -> None:
        self.letters.append(message)

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.answer:
            return self.answer
        if self.hangs_up == "before":
            server.transport.abort()
            return "250 never heard"
        await asyncio.sleep(self.thinks)
        self.envelopes.append((envelope.mail_from, list(envelope.rcpt_tos)))
        answer = await super().handle_DATA(server, session, envelope)
        if self.hangs_up == "after":
            server.transport.abort()
        return answer


@pytest.fixture
def smtp(settings) -> Iterator[Server]:
    """A real server on this machine."""
    server = Server()
    port = free_port()
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "passeur.foundation.smtp.PatientBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_TIMEOUT = 5
    yield server
    controller.stop()
