"""What each room holds about a person: to say it, to hand it out, to switch it off, to erase it.

A room writes one `PersonalData` in its `privacy.py`, under `@holds_personal_data`. The page « Ce que Passeur
sait de moi », the export, the page that asks before erasing and the erasing itself are made of these and of
nothing else; a test holds that every column about people is covered by one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from ..models import Member
    from .traces import Traces

Json = Any
"""What `json.dumps` takes: dictionaries with words as keys, lists, words, numbers, truth, None."""


@dataclass(frozen=True, slots=True)
class Move:
    """What the person can do about a line: read more by a link, or, with `posts`, act by a button.

    `fields` go with the form, besides `next`, the page to come back to.
    """

    label: str
    url: str
    posts: bool = False
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """One line about the person, in the words that whoever leads the community reads too.

    `evidence` is what an inference rests on, a sentence each. Inferences (`is_inferred`) come with a move
    that contests them or switches them off.
    """

    what: str
    why: str
    seen_by: str
    until: str
    moves: tuple[Move, ...] = ()
    evidence: tuple[str, ...] = ()
    is_inferred: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody read a list that the person stood in: which list, what for, when (a day is enough)."""

    reader: str
    list_name: str
    purpose: str
    at: dt.date | dt.datetime


@dataclass(frozen=True, slots=True)
class Choice:
    """A switch. `key` is unique in the house: `expertise.shown`; `explanation` says what changes without."""

    key: str
    label: str
    explanation: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of the room's part when the person is erased, a sentence each."""

    goes: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of the person's for the export; `name` is a path below `files/`."""

    name: str
    content: IO[bytes]


class PersonalData:
    """All that one room holds about people. Each method is about one member, at a fixed number of queries.

    `covers` names the columns, as `model.field` in small letters (`contribution.author`), with what becomes
    of each when a person is erased, in a few words for whoever maintains it. Every column that leads to a
    member, or that can hold words by or about one, must stand there or in the exceptions of the test.
    """

    order: ClassVar[int] = 50
    covers: ClassVar[Mapping[str, str]] = {}

    def known(self, member: Member) -> Iterable[Known]:
        """Lines for the page « Ce que Passeur sait de moi »."""
        return ()

    def readings(self, member: Member) -> Iterable[Reading]:
        """Who read a list with the person in it, newest first."""
        return ()

    def choices(self, member: Member) -> Iterable[Choice]:
        """The switches of this room."""
        return ()

    def choose(self, member: Member, key: str, *, on: bool) -> bool:
        """Set a switch; False where `key` is none of this room's."""
        return False

    def export(self, member: Member) -> Mapping[str, Json]:
        """The room's part of the export, described in docs/reference/personal-data.md.

        Only what is the person's: their own words and acts, what is inferred about them, who read of them.
        Other people's words are not in it. Long lists may be generators: they are written as they come.
        """
        return {}

    def attachments(self, member: Member) -> Iterable[Attachment]:
        """The person's own files."""
        return ()

    def fate(self, member: Member) -> Fate:
        """Said on the page that asks whether to erase."""
        return Fate()

    def erase(self, member: Member, traces: Traces) -> None:
        """Delete or anonymise all of it, inside the caller's transaction; doing it again changes nothing.

        `member` still has its name, address and handle: the accounts room, which erases last, takes them.
        Where other people's words name the person, `traces` finds and takes the name out.
        """


_holders: dict[str, PersonalData] = {}


def holds_personal_data(kind: type[PersonalData]) -> type[PersonalData]:
    """Register the `PersonalData` of a room, named after its module: `passeur.skills.privacy`."""
    _holders[kind.__module__.removesuffix(".privacy").rpartition(".")[2]] = kind()
    return kind


def holders() -> list[tuple[str, PersonalData]]:
    """(room, what it holds), in the order of the page; erasing goes the same way, accounts last."""
    return sorted(_holders.items(), key=lambda held: (held[0] == "accounts", held[1].order, held[0]))
