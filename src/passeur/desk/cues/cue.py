"""A cue: one line of the desk. What, why, since when, and the moves it offers; and what a rule is."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.safestring import SafeString

from passeur.conversations.queries import needs
from passeur.foundation import dates
from passeur.foundation.events import Event
from passeur.foundation.icons import Icon

from ..choices import About, Horizon
from . import ages
from .moves import Move, Words
from .subjects import Ident, Subject, Touch

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community
    from passeur.conversations.models import Conversation


NOTHING_YET = SafeString("")
ALWAYS = dt.datetime(1, 1, 2, tzinfo=dt.UTC)
NEVER = dt.datetime(9999, 12, 30, tzinfo=dt.UTC)
"""Before every beginning, and an end that does not come by itself."""
INSTANT = dt.timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Reason:
    """Part of a cue's rank: words for the reader, and how much it weighs."""

    words: Words
    weight: int


@dataclass(frozen=True, slots=True)
class Cue:
    """One line of the desk, from `begins` until `ends`, which is a moment too late.

    A rule says the whole course of a cue: what becomes one by time alone begins later, what weighs more
    with time is several, one after the other, of the same key. `key` names it in its community for as long
    as it is about the same thing; `subject` is what it is about (two cues of one subject are one: the
    heavier stays). `waiting` is the member who waits for somebody, if anybody does. `people` are those a
    list of people names, so that the reading is logged for them. `strength` orders the cues of a rule that
    offers only its best (`Rule.most`). `about` are words to look for people by, where there is no
    conversation; `found` is what the rule found, for its own `tell`. `title`, `why` (safe HTML) and `moves`
    are there once the rule has told them.
    """

    rule: Rule
    community: Community
    key: str
    subject: str
    since: dt.datetime
    reasons: Sequence[Reason]
    begins: dt.datetime = ALWAYS
    ends: dt.datetime = NEVER
    title: str = ""
    url: str = ""
    horizon: Horizon = Horizon.TODAY
    waiting: int | None = None
    people: Sequence[int] = ()
    strength: int = 0
    conversation: Conversation | None = None
    about: str = ""
    found: Any = None
    why: SafeString = NOTHING_YET
    moves: Sequence[Move] = ()

    def stands_at(self, moment: dt.datetime) -> bool:
        return self.begins <= moment < self.ends

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


class Ground:
    """The communities that are looked at, at a moment, and what was already read about them."""

    def __init__(self, communities: Sequence[Community], now: dt.datetime) -> None:
        self.communities, self.now = communities, now
        self.by_pk: dict[int, Community] = {community.pk: community for community in communities}
        self._conversations: dict[int, Conversation | None] = {}
        self.kept: dict[Hashable, Any] = {}
        """What rules read for each other, under a name of theirs."""

    def ago(self, **span: float) -> dt.datetime:
        """A moment before now, `ago(days=7)`."""
        return self.now - dt.timedelta(**span)

    def bring(self, conversations: Iterable[int]) -> None:
        """Have these conversations at hand: one query for those that are not yet."""
        missing = [pk for pk in conversations if pk not in self._conversations]
        if missing:
            self._conversations |= dict.fromkeys(missing)
            for found in needs.conversations(missing):
                community = self.by_pk.get(found.community_id)
                if community is not None:
                    found.community = community
                    self._conversations[found.pk] = found

    def conversations(self, subjects: Iterable[Subject]) -> list[Conversation]:
        """The conversations that are the subjects, each with its author and its community."""
        wanted = [int(subject.ident) for subject in subjects]
        self.bring(wanted)
        return [found for pk in wanted if (found := self._conversations.get(pk)) is not None]


class Scope(Ground):
    """For whom cues are told, where and when. On a page that is `kept`, ages are marks (`ages.filled`)."""

    def __init__(
        self, manager: Member, communities: Sequence[Community], now: dt.datetime, *, kept: bool = False
    ) -> None:
        super().__init__(communities, now)
        self.manager, self._kept = manager, kept
        self.told: Sequence[Cue] = ()
        """All cues of the page: who tells some of them may read for the others as well."""

    def age(self, moment: dt.datetime) -> str:
        """How long ago it was, in words; the only way for a rule to say so."""
        return ages.marked(moment) if self._kept else dates.duration(self.now - moment)


class Rule(ABC):
    """One kind of cue.

    `about` is the kind of its subjects. `rest` is how long a cue stays away once it was treated; `most`,
    how many of its cues a community is offered at once (the strongest; 0: all). `touched_by` are events,
    beside those of the kind of subject, after which subjects have to be judged again. One that `reaches_out`
    looks for somebody near to its member, one that `suggests_people` for who could answer its question: what
    they read for that is read once for a page.
    """

    name: ClassVar[str]
    label: ClassVar[Words]
    icon: ClassVar[Icon]
    rest: ClassVar[dt.timedelta]
    about: ClassVar[About]
    most: ClassVar[int] = 0
    reaches_out: ClassVar[bool] = False
    suggests_people: ClassVar[bool] = False
    touched_by: ClassVar[Mapping[type[Event], Touch]] = {}

    @abstractmethod
    def judge(self, ground: Ground, subjects: Sequence[Subject]) -> Iterable[Cue]:
        """The cues of these subjects, over all time: in a number of queries that does not grow with them.

        What it says follows from the facts. `ground.now` may only leave out what is long past.
        """

    @abstractmethod
    def candidates(self, community: Community, now: dt.datetime) -> Iterable[Ident]:
        """All that could be a cue of this kind there, now or later: for the first filling and for repairs."""

    def tell(self, scope: Scope, cues: Sequence[Cue]) -> list[Cue]:
        """These cues in order, in the reader's words, with why and moves; in a fixed number of queries.

        Asked for the cues of one page: what costs more, such as whom to suggest, waits until then.
        """
        return list(cues)

    def named_by(self, key: str, community: Community, now: dt.datetime) -> Ident | None:
        """What the cue of that key is about."""
        part = key.split(":")[1] if ":" in key else ""
        return int(part) if part.isdecimal() else None
