"""A cue: one line of the desk. What, why, since when, and the moves it offers."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.safestring import SafeString

from passeur.foundation.icons import Icon

from ..choices import Horizon
from .moves import Move, Words

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community
    from passeur.conversations.models import Conversation


NOTHING_YET = SafeString("")


@dataclass(frozen=True, slots=True)
class Reason:
    """Part of a cue's rank: words for the reader, and how much it weighs."""

    words: Words
    weight: int


@dataclass(frozen=True, slots=True)
class Cue:
    """One line of the desk, as found now.

    `key` names it in its community for as long as it is about the same thing; `subject` is what it is
    about (two cues of one subject are one: the heavier stays). `waiting` is the member who waits for
    somebody, if anybody does. `people` are those a list of people names, so that the reading is logged
    for them. `about` are words to look for people by, where there is no conversation; `found` is what the
    rule found, for its own `tell`. `why` (safe HTML) and `moves` are there once the rule has told them.
    """

    rule: Rule
    community: Community
    key: str
    subject: str
    since: dt.datetime
    title: str
    url: str
    reasons: Sequence[Reason]
    horizon: Horizon = Horizon.TODAY
    waiting: int | None = None
    people: Sequence[int] = ()
    conversation: Conversation | None = None
    about: str = ""
    found: Any = None
    why: SafeString = NOTHING_YET
    moves: Sequence[Move] = ()

    @property
    def place(self) -> tuple[int, str]:
        """What names it among the cues of all communities."""
        return self.community.pk, self.key

    @property
    def anchor(self) -> str:
        """The id of its line in a page."""
        return anchor(*self.place)

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


def anchor(community: int, key: str) -> str:
    """The id of a cue's line, also when only its key is known."""
    return f"cue-{community}-{key.replace(':', '-')}"


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
    """One kind of cue. `rest` is how long a cue stays away once it was treated.

    `find` looks at everything, and need only say what ranks a cue. `tell` is asked for the cues of one page:
    what costs more, such as whom to suggest, waits until then.
    """

    name: ClassVar[str]
    label: ClassVar[Words]
    icon: ClassVar[Icon]
    rest: ClassVar[dt.timedelta]

    @abstractmethod
    def find(self, scope: Scope) -> Iterable[Cue]:
        """All cues of this kind, in a number of queries that does not grow with them."""

    def tell(self, scope: Scope, cues: Sequence[Cue]) -> list[Cue]:
        """These cues, in their order, with why and moves; again in a fixed number of queries."""
        return list(cues)
