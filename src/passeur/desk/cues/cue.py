"""A cue: one line of the desk. What, why, since when, and the moves it offers."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, ClassVar

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from passeur.foundation.icons import Icon

from ..choices import Horizon

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

Words = str | Promise


class Opens(Enum):
    """What a move opens in place before it is done."""

    NOTHING = "nothing"
    TEXT = "text"
    SIMILAR = "similar"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Move:
    """Something a manager can do about a cue. `name` is the gesture of `services.gestures` that does it.

    A move that opens a text form fills it with `draft`; one with `url` leads elsewhere; one that opens
    nothing is done at once. `person` and `towards` say to whom, and about whom.
    """

    name: str
    label: Words
    person: Member | None = None
    towards: Member | None = None
    target: int | None = None
    opens: Opens = Opens.NOTHING
    draft: Words = ""
    url: str = ""

    @property
    def slug(self) -> str:
        """What names it among the moves of its cue."""
        parts = [self.name, self.person.pk if self.person else None]
        return "-".join(str(part) for part in parts if part)


@dataclass(frozen=True, slots=True)
class Reason:
    """Part of a cue's rank: words for the reader, and how much it weighs."""

    words: Words
    weight: int


@dataclass(frozen=True, slots=True)
class Cue:
    """One line of the desk, as found now.

    `key` names it in its community for as long as it is about the same thing; `subject` is what it is
    about (two cues of one subject are one: the heavier stays). `people` are those a list of people
    names, so that the reading is logged for them. `why` is safe HTML.
    """

    rule: Rule
    community: Community
    key: str
    subject: str
    since: dt.datetime
    title: str
    url: str
    why: SafeString
    reasons: Sequence[Reason]
    moves: Sequence[Move]
    horizon: Horizon = Horizon.TODAY
    people: Sequence[int] = ()
    conversation: int | None = None

    @property
    def weight(self) -> int:
        return sum(reason.weight for reason in self.reasons)

    @property
    def rank(self) -> tuple[int, float]:
        """Heavier first; then today the one that waits longest, in the week the one that came last."""
        moment = self.since.timestamp()
        return -self.weight, moment if self.horizon == Horizon.TODAY else -moment

    def move(self, slug: str) -> Move | None:
        """The move of that name, if this cue offers it."""
        return next((move for move in self.moves if move.slug == slug), None)


@dataclass(frozen=True, slots=True)
class Scope:
    """For whom and for when cues are looked for."""

    manager: Member
    communities: Sequence[Community]
    now: dt.datetime
    by_pk: dict[int, Community] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_pk", {community.pk: community for community in self.communities})

    def ago(self, **span: float) -> dt.datetime:
        """A moment before now, `ago(days=7)`."""
        return self.now - dt.timedelta(**span)


class Rule(ABC):
    """Finds one kind of cue. `rest` is how long a cue stays away once it was treated."""

    name: ClassVar[str]
    label: ClassVar[Words]
    icon: ClassVar[Icon]
    somebody_waits: ClassVar[bool]
    rest: ClassVar[dt.timedelta]

    @abstractmethod
    def find(self, scope: Scope) -> Iterable[Cue]:
        """All cues of this kind, in a number of queries that does not grow with them."""
