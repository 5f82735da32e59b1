"""Votes, links and history of a dump: what happened to posts, row by row."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from passeur.channels.protocols import (
    AcceptanceRecord,
    ClosureRecord,
    LinkRecord,
    Record,
    RevisionRecord,
    VoteRecord,
)

from .reading import Reading, day, moment, number
from .rows import Block

LINKS = {"1": "related", "3": "duplicate"}
REASONS = {
    "1": "duplicate",
    "101": "duplicate",
    "2": "off_topic",
    "102": "off_topic",
    "7": "obsolete",
}
"""Close reasons of PostHistory, old numbers and new, that have a word here; others close without a reason."""
BODIES = {"2", "5", "8"}
CLOSED = "10"


def votes(reading: Reading, block: Block, name: str) -> Iterator[list[Record]]:
    cast: list[Record] = []
    accepted: list[Record] = []
    others = 0
    for index, row in enumerate(block.rows):
        try:
            kind, post, date = row["VoteTypeId"], row["PostId"], row["CreationDate"]
            if kind == "2":
                cast.append(VoteRecord(post, day(date), 1, 0))
            elif kind == "3":
                cast.append(VoteRecord(post, day(date), 0, 1))
            elif kind == "1":
                accepted.append(AcceptanceRecord(post, moment(date)))
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
                    number(row["PostId"]), number(row["RelatedPostId"]), kind, moment(row["CreationDate"])
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
            kind, post = row["PostHistoryTypeId"], number(row["PostId"])
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
                        moment(row["CreationDate"]),
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
