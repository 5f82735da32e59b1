"""People, tags, posts and comments of a dump, row by row. What a row lacks is told, not guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from passeur.channels.protocols import (
    ContributionRecord,
    MentionRecord,
    PersonRecord,
    Record,
    ThemeRecord,
    ThreadRecord,
)
from passeur.channels.services.people import silent_accounts
from passeur.foundation.text import fold

from .reading import MACHINE, Reading, moment, number, score
from .rows import Block, Row

_TAG = re.compile(r"[^<>|]+")
_MENTION = re.compile(r"(?<![\w.])@([\w][\w.\-]*\w|\w)")


def users(reading: Reading, block: Block, name: str) -> Iterator[list[Record]]:
    people: list[Record] = []
    silent = 0
    for index, row in enumerate(block.rows):
        try:
            key = number(row["Id"])
            if reading.is_silent(key):
                silent += 1
                continue
            people.append(
                PersonRecord(
                    key,
                    row["DisplayName"].strip() or key,
                    moment(row["CreationDate"]),
                    key == MACHINE,
                )
            )
        except (KeyError, ValueError) as error:
            reading.malformed(block, index, name, error)
    if silent:
        reading.skip(silent_accounts(), silent)
    yield people


def tags(reading: Reading, block: Block, name: str) -> Iterator[list[Record]]:
    themes: list[Record] = []
    for index, row in enumerate(block.rows):
        try:
            themes.append(ThemeRecord(row["TagName"]))
        except KeyError as error:
            reading.malformed(block, index, name, error)
    yield themes


def tag_synonyms(reading: Reading, block: Block, name: str) -> Iterator[list[Record]]:
    for index, row in enumerate(block.rows):
        try:
            reading.synonyms.setdefault(row["TargetTagName"], []).append(row["SourceTagName"])
        except KeyError as error:
            reading.malformed(block, index, name, error)
    yield []


def posts(reading: Reading, block: Block, name: str) -> Iterator[list[Record]]:
    people: list[Record] = []
    threads: list[Record] = []
    messages: list[Record] = []
    clean = reading.texts.body
    for index, row in enumerate(block.rows):
        try:
            kind = row["PostTypeId"]
            if kind not in ("1", "2"):
                reading.skip(_("pages de wiki, descriptions de mots-clés et autres textes hors échanges"))
                continue
            key, created = number(row["Id"]), moment(row["CreationDate"])
            edited = moment(row["LastEditDate"]) if "LastEditDate" in row else None
            asks = kind == "1"
            thread = key if asks else number(row["ParentId"])
            body = row["Body"]
            message = ContributionRecord(
                key,
                thread,
                "opening" if asks else "answer",
                None,
                reading.author(row, "OwnerUserId", "OwnerDisplayName", people),
                body,
                clean(body),
                "html",
                created,
                edited,
                score(row.get("Score")),
            )
            if asks:
                threads.append(_question(row, key, created))
            messages.append(message)
        except (KeyError, ValueError) as error:
            reading.malformed(block, index, name, error)
    yield people
    yield threads
    yield messages


def _question(row: Row, key: str, created: str) -> ThreadRecord:
    return ThreadRecord(
        key,
        "question",
        row["Title"].strip() or key,
        created,
        _TAG.findall(row.get("Tags", "")),
        moment(row["ClosedDate"]) if "ClosedDate" in row else None,
        "",
        row.get("AcceptedAnswerId"),
        None,
    )


def comments(reading: Reading, block: Block, name: str) -> Iterator[list[Record]]:
    people: list[Record] = []
    messages: list[Record] = []
    mentions: list[Record] = []
    render = reading.texts.comment
    for index, row in enumerate(block.rows):
        try:
            key, text = "comment-" + number(row["Id"]), row["Text"]
            messages.append(
                ContributionRecord(
                    key,
                    None,
                    "comment",
                    number(row["PostId"]),
                    reading.author(row, "UserId", "UserDisplayName", people),
                    text,
                    render(text),
                    "markdown",
                    moment(row["CreationDate"]),
                    None,
                    score(row.get("Score")),
                )
            )
            if "@" in text:
                mentions += [MentionRecord(key, None, fold(handle)) for handle in _MENTION.findall(text)]
        except (KeyError, ValueError) as error:
            reading.malformed(block, index, name, error)
    yield people
    yield messages
    yield mentions
