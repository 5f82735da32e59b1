"""A published dump, as records: people, tags, questions and answers, comments, votes, links, history."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Literal

from django.utils.translation import gettext as _

from passeur.channels.protocols import Problems, Record, ThemeRecord
from passeur.channels.services import opening

from . import posts, traces
from .reading import Reading
from .rows import Block, count_rows, read_rows
from .texts import Texts

ORDER = ("Tags", "TagSynonyms", "Posts", "Comments", "Votes", "PostLinks", "PostHistory", "Users", "Badges")
"""Texts first, so that the database has much to do while the rest is read; people last, when it is known
who wrote."""


READERS: Mapping[str, Callable[[Reading, Block, str], Iterator[list[Record]]]] = {
    "Users": posts.users,
    "Tags": posts.tags,
    "TagSynonyms": posts.tag_synonyms,
    "Posts": posts.posts,
    "Comments": posts.comments,
    "PostLinks": traces.post_links,
    "Votes": traces.votes,
    "PostHistory": traces.post_history,
}


class StackExchangeDump:
    """A folder or an archive with the XML files of one site."""

    kind = "stackexchange"
    only_authors = True

    def __init__(self, path: Path, *, site: str | None = None) -> None:
        self._source = opening.open_source(
            path, rank=_rank, expected=_("de fichier Posts.xml d’un export Stack Exchange")
        )
        self.address = site or self._source.name
        self.community_slug = f"stackexchange-{_short(self.address)}"
        self.community_name = _title(self.address)
        self.language: Literal["fr", "en"] = "fr" if self.address.split(".")[0] == "french" else "en"
        self.problems = Problems()
        self.left_out: dict[str, int] = {}

    @property
    def ordered(self) -> bool:
        return self._source.ordered

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
        reading = Reading(Texts(self.address), self.problems, self.left_out, knows_authors=self.ordered)
        for path, file in self._source.files():
            name = PurePosixPath(path).name
            if name == "Badges.xml":
                # Nothing of them is kept: counting them needs no parsing.
                reading.skip(
                    _("badges : une récompense du site d’origine, qui classerait les personnes ici"),
                    count_rows(file),
                )
                continue
            read = READERS[name.removesuffix(".xml")]
            for block in read_rows(file, name, self.problems):
                yield from read(reading, block, name)
            yield [ThemeRecord(tag, None, words) for tag, words in reading.synonyms.items()]
            reading.synonyms.clear()


def _rank(path: str) -> int | None:
    name = PurePosixPath(path).name
    stem = name.removesuffix(".xml")
    return ORDER.index(stem) if stem in ORDER and name.endswith(".xml") else None


def _short(address: str) -> str:
    return (
        address.removeprefix("www.")
        .removesuffix(".com")
        .removesuffix(".stackexchange")
        .replace(".", "-")
        .lower()
    )


def _title(address: str) -> str:
    words = _short(address).split("-")
    return " ".join(word.capitalize() for word in words)
