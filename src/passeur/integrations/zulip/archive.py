"""A public Zulip archive, as records: a folder a channel, a file a topic, a list of messages in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any, Literal, NamedTuple

from django.utils.translation import gettext as _

from passeur.channels.protocols import (
    ContributionRecord,
    MentionRecord,
    PersonRecord,
    Problems,
    Record,
    ThemeRecord,
    ThreadRecord,
)
from passeur.channels.services import opening

from . import names, texts
from .asking import asks

MACHINES = ("Notification Bot", "Welcome Bot", "Zulip Notification Bot", "Email Gateway", "Emailgateway")
GENERIC = {"zulip_json", "zulip-archive", "archive", "json"}


class Message(NamedTuple):
    """One message of a topic's file."""

    number: int
    author: str
    content: str
    at: str

    @property
    def is_by_machine(self) -> bool:
        return self.author in MACHINES or self.author.endswith(" Bot")


class ZulipArchive:
    """A folder or an archive with the JSON of one organisation's public channels."""

    kind = "zulip"
    language: Literal["fr", "en"] = "en"
    ordered = False
    only_authors = False

    def __init__(self, path: Path, *, site: str | None = None) -> None:
        self._source = opening.open_source(
            path, rank=_rank, expected=_("de sujet d’une archive Zulip (numéro-canal/sujet.json)")
        )
        name = _name_of(path)
        self.address = site or (name if "." in name else f"{name}.zulipchat.com")
        self.community_slug = "zulip-" + self.address.removesuffix(".zulipchat.com").replace(".", "-").lower()
        self.community_name = self.address.removesuffix(".zulipchat.com")
        self.problems = Problems()
        self.left_out: dict[str, int] = {}
        self._texts = texts.Texts(self.address)

    @property
    def total(self) -> int:
        return self._source.total

    @property
    def position(self) -> int:
        return self._source.position

    def records(self) -> Iterator[list[Record]]:
        with opening.readable(self._source.name):
            yield from self._records()

    def _records(self) -> Iterator[list[Record]]:
        channels: set[str] = set()
        machines: set[str] = set()
        for path, file in self._source.files():
            place = PurePosixPath(path)
            number, channel = names.split_channel(place.parent.name)
            messages = self._read(file.read(), path)
            if not messages:
                continue
            if number not in channels:
                channels.add(number)
                yield [ThemeRecord(channel)]
            for name in {message.author for message in messages if message.is_by_machine} - machines:
                machines.add(name)
                yield [PersonRecord(name, name, None, True)]
            yield from self._topic(
                number, channel, names.unescape(place.name.removesuffix(".json")), messages
            )

    def _topic(self, number: str, channel: str, name: str, messages: list[Message]) -> Iterator[list[Record]]:
        title, is_resolved = names.split_topic(name)
        opening_ = next((message for message in messages if not message.is_by_machine), messages[0])
        is_question = is_resolved or (
            not opening_.is_by_machine and asks(title, texts.words(opening_.content))
        )
        thread = names.thread_id(number, name)
        yield [
            ThreadRecord(
                thread,
                "question" if is_question else "discussion",
                title or texts.words(opening_.content)[:120] or name,
                opening_.at,
                [channel],
                messages[-1].at if is_resolved else None,
                "resolved" if is_resolved else "",
            )
        ]
        yield [self._message(number, thread, message, opening_, is_question) for message in messages]
        yield [
            MentionRecord(names.message_id(number, message.number), person)
            for message in messages
            for person in texts.mentioned(message.content)
        ]

    def _message(
        self, number: str, thread: str, message: Message, opening_: Message, is_question: bool
    ) -> ContributionRecord:
        if message is opening_:
            part = "opening"
        elif is_question and message.author != opening_.author and not message.is_by_machine:
            part = "answer"
        else:
            part = "reply"
        return ContributionRecord(
            names.message_id(number, message.number),
            thread,
            part,
            None,
            message.author,
            message.content,
            self._texts.body(message.content),
            "html",
            message.at,
        )

    def _read(self, content: bytes, path: str) -> list[Message]:
        """The messages of a file, in the order in which they were written."""
        try:
            rows = json.loads(content)
        except json.JSONDecodeError as error:
            self.problems.add(path, error.lineno, error.msg, lost=True)
            return []
        except UnicodeDecodeError as error:
            self.problems.add(path, 0, str(error), lost=True)
            return []
        if not isinstance(rows, list):
            self.problems.add(path, 1, _("ce n’est pas une liste de messages"), lost=True)
            return []
        messages = []
        for place, row in enumerate(rows, 1):
            try:
                messages.append(_message(row))
            except (KeyError, TypeError, ValueError, OverflowError, OSError) as error:
                what = _("message %(place)s : %(reason)s") % {"place": place, "reason": _reason(error)}
                self.problems.add(path, 0, what, lost=True)
        return sorted(messages, key=lambda message: (message.at, message.number))


def _message(row: Any) -> Message:
    author = texts.clean(row["sender_full_name"]).strip()[:200]
    if not author:
        raise ValueError(_("sans auteur"))
    at = datetime.fromtimestamp(row["timestamp"], UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return Message(int(row["id"]), author, texts.clean(row["content"]), at)


def _reason(error: Exception) -> str:
    return _("il manque %s") % error.args[0] if isinstance(error, KeyError) else str(error)


def _rank(path: str) -> int | None:
    place = PurePosixPath(path)
    is_topic = place.suffix == ".json" and place.parent.name.partition("-")[0].isdigit()
    return 0 if is_topic else None


def _name_of(path: Path) -> str:
    """What names the organisation: the folder or archive, or the one around it where that says nothing."""
    name = opening.stem(path)
    if name.lower() in GENERIC:
        name = path.resolve().parent.name
    return name.removeprefix("zulip-").lower() or "zulip"
