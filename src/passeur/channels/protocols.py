"""What any connector hands over: plain records of what happened in an outside place.

A reader yields records and knows nothing of our tables; one loader writes them, whatever the source.
They are named tuples, not dataclasses: as immutable, a third of the time to make, and each is already
the row that goes to the database. Moments are ISO 8601 in UTC, checked by the reader; ids are the
outside place's own. Records may come in any order: what they refer to is resolved when all were read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, NewType, Protocol, TypeAlias

Moment: TypeAlias = str
SafeHtml = NewType("SafeHtml", str)
"""HTML that went through the sanitiser: the only HTML a record may carry for showing."""


class PersonRecord(NamedTuple):
    """Somebody with an account there. A `former` one closed it: a name, no longer of the community."""

    external_id: str
    name: str
    joined_at: Moment | None = None
    is_machine: bool = False
    is_former: bool = False


class ThemeRecord(NamedTuple):
    """A tag or a channel, below `parent` (a name too), with other words for the same thing."""

    name: str
    parent: str | None = None
    synonyms: list[str] | None = None


class ThreadRecord(NamedTuple):
    """A conversation; its author is who wrote its opening. `accepted` is a contribution's id.

    `kind` and `closed_reason` are words of `conversations.choices`; an empty reason: closed, why is unknown.
    """

    external_id: str
    kind: str
    title: str
    created_at: Moment
    themes: list[str]
    closed_at: Moment | None = None
    closed_reason: str = ""
    accepted: str | None = None
    accepted_at: Moment | None = None


class ContributionRecord(NamedTuple):
    """A message. A comment may leave `thread` out: it is in the thread of its `parent`.

    `html` is what to show, None where `body` itself is safe HTML.
    """

    external_id: str
    thread: str | None
    part: str
    parent: str | None
    author: str
    body: str
    html: SafeHtml | None
    markup: str
    created_at: Moment
    edited_at: Moment | None = None
    votes: int = 0


class RevisionRecord(NamedTuple):
    """A version of a contribution; the highest `order` of each is what the contribution says now.

    `title` is empty where this version did not touch it.
    """

    contribution: str
    order: int
    title: str
    body: str
    markup: str
    author: str | None
    created_at: Moment


class VoteRecord(NamedTuple):
    """Votes cast there on a contribution on a day; several records of a day are summed."""

    contribution: str
    day: str
    up: int
    down: int


class AcceptanceRecord(NamedTuple):
    """When an answer was accepted, where the thread itself does not say."""

    contribution: str
    accepted_at: Moment


class ClosureRecord(NamedTuple):
    """Why a thread was closed, where the thread itself does not say."""

    thread: str
    reason: str


class LinkRecord(NamedTuple):
    """`source` is the same question as `target`, or related (a word of `LinkKind`)."""

    source: str
    target: str
    kind: str
    created_at: Moment


class MentionRecord(NamedTuple):
    """A contribution names somebody: by id, or by a `handle` looked for among the people of its thread."""

    contribution: str
    person: str | None = None
    handle: str | None = None


class ReactionRecord(NamedTuple):
    """What a contribution did for somebody, a word of `Meaning`."""

    contribution: str
    person: str
    meaning: str
    created_at: Moment


Record: TypeAlias = (
    PersonRecord
    | ThemeRecord
    | ThreadRecord
    | ContributionRecord
    | RevisionRecord
    | VoteRecord
    | AcceptanceRecord
    | ClosureRecord
    | LinkRecord
    | MentionRecord
    | ReactionRecord
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in an archive that could not be read, and where."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}" if self.line else f"{self.file}: {self.reason}"


@dataclass(slots=True)
class Problems:
    """All that was refused while reading: counted whole, the first hundred kept to be shown."""

    KEPT = 100

    count: int = 0
    first: list[Problem] = field(default_factory=list)
    truncated: bool = False
    """A file ended before its end, or a part of it was lost: what is missing may still exist there."""

    def add(self, file: str, line: int, reason: str, *, lost: bool = False) -> None:
        self.count += 1
        self.truncated = self.truncated or lost
        if len(self.first) < self.KEPT:
            self.first.append(Problem(file, line, reason))


class Archive(Protocol):
    """A whole outside place, read from beginning to end. Reading it twice gives the same records."""

    kind: str
    """The connector: `stackexchange`, `zulip`, `demo`."""
    address: str
    """What names the place for good: a host, an organisation. With `kind` it is the channel."""
    community_name: str
    community_slug: str
    language: Literal["fr", "en"]
    problems: Problems
    left_out: dict[str, int]
    """What was read and not kept, counted, by a phrase that says what it is and why."""

    only_authors: bool
    """Whoever did nothing there does not become a member. Else everybody does, as members of a place."""

    @property
    def ordered(self) -> bool:
        """Threads come before their messages, those before their comments, all of them before votes."""
        ...

    @property
    def total(self) -> int:
        """What there is to read, for the progress bar: bytes, or whatever `position` counts."""
        ...

    @property
    def position(self) -> int:
        """How much of it was read."""
        ...

    def records(self) -> Iterator[list[Record]]:
        """All records, in lists of a few thousand at most, each list of one kind: memory stays flat."""
        ...
