"""What the page of a conversation shows, as values: rows of a reading, and what is made of them."""

from __future__ import annotations

import datetime as dt
import zlib
from dataclasses import dataclass

from django.utils.functional import Promise

from passeur.accounts.queries import Drawn

from ..choices import ClosedReason, Kind, LinkKind
from .reactions import ReactionCount


@dataclass(frozen=True, slots=True)
class Named:
    """A theme."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Themes:
    """The themes of a conversation."""

    all: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Its community."""

    slug: str
    name: str
    is_archived: bool


@dataclass(frozen=True, slots=True)
class HeadRow:
    """A conversation, as its reading says it; `title` is empty while its opening is taken out."""

    pk: int
    kind: str
    title: str
    state: str
    answer_count: int
    reply_count: int
    created_at: dt.datetime
    closed_at: dt.datetime | None
    closed_reason: str
    accepted_answer_id: int | None
    accepted_at: dt.datetime | None
    is_outdated: bool
    from_kind: str | None
    from_address: str | None
    place: Place
    writer: Drawn | None
    closer: Drawn | None
    accepter: Drawn | None


@dataclass(frozen=True, slots=True)
class Head:
    """A conversation without its texts; `came_from` is where it was imported from, or empty."""

    pk: int
    kind: Kind
    title: str
    state: str
    answer_count: int
    reply_count: int
    created_at: dt.datetime
    closed_at: dt.datetime | None
    closed_reason: str
    accepted: int | None
    accepted_at: dt.datetime | None
    is_outdated: bool
    came_from: str
    community: Place
    author: Drawn | None
    closed_by: Drawn | None
    accepted_by: Drawn | None
    themes: Themes

    @property
    def asks(self) -> bool:
        return self.kind == Kind.QUESTION

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def accepter(self) -> str:
        """The first name of who accepted its answer, if anybody did."""
        return self.accepted_by.first_name if self.accepted_by else ""

    @property
    def get_kind_display(self) -> str | Promise:
        return self.kind.label

    @property
    def get_closed_reason_display(self) -> str | Promise:
        return ClosedReason(self.closed_reason).label if self.closed_reason else ""


@dataclass(frozen=True, slots=True)
class TextRow:
    """A contribution, as its reading says it."""

    pk: int
    part: str
    parent_id: int | None
    html: str
    version: int
    votes: int
    created_at: dt.datetime
    is_edited: bool
    deleted_at: dt.datetime | None
    writer: Drawn
    remover: Drawn | None


@dataclass(frozen=True, slots=True)
class Text:
    """A contribution as a page shows it."""

    pk: int
    part: str
    html: str
    version: int
    votes: int
    created_at: dt.datetime
    is_edited: bool
    deleted_at: dt.datetime | None
    author: Drawn
    deleted_by: Drawn | None
    is_new: bool

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None


@dataclass(frozen=True, slots=True)
class Counted:
    """How often a reaction stands under a text, and how often it is the reader's."""

    contribution_id: int
    meaning: str
    n: int
    mine: int


@dataclass(frozen=True, slots=True)
class LinkRow:
    """Two conversations that somebody linked."""

    kind: LinkKind
    source_id: int
    target_id: int
    source_title: str
    target_title: str


@dataclass(frozen=True, slots=True)
class Linked:
    """Another conversation that somebody linked with this one, and how."""

    kind: LinkKind
    pk: int
    title: str


@dataclass(frozen=True, slots=True)
class Size:
    """How many texts a conversation has, how many of them stand by themselves under its opening, how many
    the reader wrote, and when the latest was written.
    """

    texts: int
    tops: int
    mine: int
    latest: dt.datetime


@dataclass(frozen=True, slots=True)
class Truth:
    """What somebody said last of a text that lasts: that it still holds, or no longer does, and why."""

    pk: int
    contribution_id: int
    holds: bool
    reason: str
    created_at: dt.datetime
    by: Drawn


@dataclass(frozen=True, slots=True)
class Entry:
    """A text that stands by itself, with all that stands under it.

    `lasts`: it may be said to hold or not. `truth` is what was said last, None where that was its acceptance
    or its publication.
    """

    contribution: Text
    reactions: tuple[ReactionCount, ...]
    comments: tuple[Text, ...] = ()
    accepted: bool = False
    closed: bool = False
    lasts: bool = False
    truth: Truth | None = None

    @property
    def stamp(self) -> str:
        """What a page shows of it, in a word: another stamp, another look. Reactions are left out."""
        texts = [(c.pk, c.version, c.is_deleted) for c in (self.contribution, *self.comments)]
        said = self.truth.pk if self.truth else 0
        return f"{zlib.crc32(repr((texts, self.accepted, self.closed, said)).encode()):x}"
