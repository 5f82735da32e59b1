"""What each file of a dump says, row by row. A row that lacks what it must have is reported, not guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from django.utils.translation import gettext as _

from passeur.channels.protocols import (
    AcceptanceRecord,
    ClosureRecord,
    ContributionRecord,
    LinkRecord,
    MentionRecord,
    PersonRecord,
    Problems,
    Record,
    RevisionRecord,
    ThemeRecord,
    ThreadRecord,
    VoteRecord,
)
from passeur.foundation.text import fold

from .rows import Block, Row
from .texts import Texts

UNKNOWN = "former:"
MACHINE = "-1"

_TAG = re.compile(r"[^<>|]+")
_MENTION = re.compile(r"(?<![\w.])@([\w][\w.\-]*\w|\w)")
_FULL_MOMENT = 19

LINKS = {"1": "related", "3": "duplicate"}
REASONS = {
    "1": "duplicate",
    "101": "duplicate",
    "2": "off_topic",
    "102": "off_topic",
    "7": "obsolete",
}
"""Close reasons of PostHistory, old numbers and new, that have a word here; others close without a reason."""
TITLES, BODIES, TAGS = {"1", "4", "7"}, {"2", "5", "8"}, {"3", "6", "9"}
CLOSED = "10"


@dataclass(slots=True)
class Reading:
    """What one reading of a dump keeps in mind: little, and nothing that grows with the posts."""

    texts: Texts
    problems: Problems
    left_out: dict[str, int]
    former: set[str] = field(default_factory=set)
    synonyms: dict[str, list[str]] = field(default_factory=dict)

    def skip(self, what: str, count: int = 1) -> None:
        self.left_out[what] = self.left_out.get(what, 0) + count

    def malformed(self, block: Block, index: int, name: str, error: Exception) -> None:
        what = f"il manque {error.args[0]}" if isinstance(error, KeyError) else str(error)
        self.problems.add(name, block.line(index), what)

    def author(self, row: Row, key: str, name_key: str, introduced: list[Record]) -> str:
        """Who wrote: an account's number, else the name that a closed account left."""
        if number := row.get(key):
            return _number(number)
        name = row.get(name_key) or _("Ancien membre")
        if name not in self.former:
            self.former.add(name)
            introduced.append(PersonRecord(UNKNOWN + name, name, None, False, True))
        return UNKNOWN + name


Reader = Callable[[Reading, Block, str], Iterator[list[Record]]]


def users(reading: Reading, block: Block, name: str) -> Iterator[list[Record]]:
    people: list[Record] = []
    for index, row in enumerate(block.rows):
        try:
            number = _number(row["Id"])
            people.append(
                PersonRecord(
                    number,
                    row["DisplayName"].strip() or number,
                    _moment(row["CreationDate"]),
                    number == MACHINE,
                )
            )
        except (KeyError, ValueError) as error:
            reading.malformed(block, index, name, error)
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
                reading.skip(
                    _(
                        "pages de wiki, descriptions de mots-clés et autres textes qui ne sont pas des échanges"
                    )
                )
                continue
            number, created = _number(row["Id"]), _moment(row["CreationDate"])
            edited = _moment(row["LastEditDate"]) if "LastEditDate" in row else None
            asks = kind == "1"
            thread = number if asks else _number(row["ParentId"])
            body = row["Body"]
            message = ContributionRecord(
                number,
                thread,
                "opening" if asks else "answer",
                None,
                reading.author(row, "OwnerUserId", "OwnerDisplayName", people),
                body,
                clean(body),
                "html",
                created,
                edited,
                _score(row.get("Score")),
            )
            if asks:
                threads.append(_question(row, number, created))
            messages.append(message)
        except (KeyError, ValueError) as error:
            reading.malformed(block, index, name, error)
    yield people
    yield threads
    yield messages


def _question(row: Row, number: str, created: str) -> ThreadRecord:
    return ThreadRecord(
        number,
        "question",
        row["Title"].strip() or number,
        created,
        _TAG.findall(row.get("Tags", "")),
        _moment(row["ClosedDate"]) if "ClosedDate" in row else None,
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
            number, text = "comment-" + _number(row["Id"]), row["Text"]
            messages.append(
                ContributionRecord(
                    number,
                    None,
                    "comment",
                    _number(row["PostId"]),
                    reading.author(row, "UserId", "UserDisplayName", people),
                    text,
                    render(text),
                    "markdown",
                    _moment(row["CreationDate"]),
                    None,
                    _score(row.get("Score")),
                )
            )
            if "@" in text:
                mentions += [MentionRecord(number, None, fold(handle)) for handle in _MENTION.findall(text)]
        except (KeyError, ValueError) as error:
            reading.malformed(block, index, name, error)
    yield people
    yield messages
    yield mentions


def votes(reading: Reading, block: Block, name: str) -> Iterator[list[Record]]:
    cast: list[Record] = []
    accepted: list[Record] = []
    others = 0
    for index, row in enumerate(block.rows):
        try:
            kind, post, date = row["VoteTypeId"], row["PostId"], row["CreationDate"]
            if kind == "2":
                cast.append(VoteRecord(post, _day(date), 1, 0))
            elif kind == "3":
                cast.append(VoteRecord(post, _day(date), 0, 1))
            elif kind == "1":
                accepted.append(AcceptanceRecord(post, _moment(date)))
            else:
                others += 1
        except (KeyError, ValueError) as error:
            reading.malformed(block, index, name, error)
    if others:
        reading.skip(_("votes de modération, favoris et primes (ni pour, ni contre un texte)"), others)
    yield cast
    yield accepted


def post_links(reading: Reading, block: Block, name: str) -> Iterator[list[Record]]:
    links: list[Record] = []
    for index, row in enumerate(block.rows):
        try:
            kind = LINKS.get(row["LinkTypeId"])
            if kind is None:
                reading.skip(_("liens d’une sorte inconnue"))
                continue
            links.append(
                LinkRecord(
                    _number(row["PostId"]), _number(row["RelatedPostId"]), kind, _moment(row["CreationDate"])
                )
            )
        except (KeyError, ValueError) as error:
            reading.malformed(block, index, name, error)
    yield links


def post_history(reading: Reading, block: Block, name: str) -> Iterator[list[Record]]:
    people: list[Record] = []
    versions: list[Record] = []
    closures: list[Record] = []
    for index, row in enumerate(block.rows):
        try:
            kind, post = row["PostHistoryTypeId"], _number(row["PostId"])
            if kind in BODIES:
                author = reading.author(row, "UserId", "UserDisplayName", people)
                versions.append(
                    RevisionRecord(
                        post,
                        int(row["Id"]),
                        "",
                        row.get("Text", ""),
                        "markdown",
                        author,
                        _moment(row["CreationDate"]),
                    )
                )
            elif kind == CLOSED and (reason := REASONS.get(row.get("Comment", ""))):
                closures.append(ClosureRecord(post, reason))
            else:
                reading.skip(_("lignes d’historique sans texte (titres, mots-clés, modération)"))
        except (KeyError, ValueError) as error:
            reading.malformed(block, index, name, error)
    yield people
    yield versions
    yield closures


READERS: Mapping[str, Reader] = {
    "Users": users,
    "Tags": tags,
    "TagSynonyms": tag_synonyms,
    "Posts": posts,
    "Comments": comments,
    "Votes": votes,
    "PostLinks": post_links,
    "PostHistory": post_history,
}


def _number(text: str) -> str:
    """An id, once it is sure that it is a whole number."""
    if not text.isdigit() and text != MACHINE:
        raise ValueError(_("un numéro qui n’en est pas un : %s") % text)
    return text


def _score(text: str | None) -> int:
    return max(-(2**31), min(2**31 - 1, int(text))) if text else 0


def _moment(text: str) -> str:
    """A date with its time, once it is sure that the database will read it as we do."""
    datetime.fromisoformat(text)
    if len(text) < _FULL_MOMENT or "," in text:
        raise ValueError(_("une date incomplète : %s") % text)
    return text


@lru_cache(maxsize=4096)
def _day(text: str) -> str:
    return _moment(text)[:10]
