"""What a source is, what it finds, and all that it may read of the person whose feed is made."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Literal

from passeur.conversations.choices import Kind, State
from passeur.conversations.queries import news
from passeur.conversations.queries.news import Message, News

from ..choices import Nature, View

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community
    from passeur.skills.queries import Around

EACH = 25
"""How many of the newest conversations of a theme, or of a kind in a community, are looked at."""


@dataclass(frozen=True, slots=True)
class Stop:
    """What « ne plus suivre » ends: a conversation or a theme that the person follows."""

    what: Literal["conversation", "theme"]
    key: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an entry is there, said to the person: one sentence without its full stop.

    `weight` from 0 to 1 is the chance that this alone makes it worth reading. `theme` is what « moins de ce
    thème » would be about.
    """

    words: str
    weight: float
    theme: int | None = None
    stop: Stop | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """An entry as one source sees it; several about one conversation become one entry.

    `contribution` is the message that is the news, where it is not the opening. `request` is the key of a
    request to the person.
    """

    conversation: int
    at: dt.datetime
    nature: Nature
    reason: Reason
    contribution: int | None = None
    request: int | None = None


class Scope:
    """Whose feed, from when to when, and what it is made of: read once, used by all sources.

    `communities` are those the person belongs to and that are alive, or the one they chose.
    """

    def __init__(
        self,
        member: Member,
        communities: Mapping[int, Community],
        around: Around,
        *,
        since: dt.datetime,
        now: dt.datetime,
        view: View = View.FOR_YOU,
        is_personal: bool = True,
    ) -> None:
        self.member, self.communities, self.around = member, communities, around
        self.since, self.now, self.view, self.is_personal = since, now, view, is_personal

    @cached_property
    def messages(self) -> Mapping[str, list[Message]]:
        """What others wrote to the person, by why it concerns them."""
        return news.messages_for(self.member, self.since)

    @cached_property
    def on_themes(self) -> list[tuple[int, News]]:
        """What is new on their themes and beside them, not begun by themself."""
        around = self.around
        themes = dict.fromkeys([*around.followed, *around.skills, *around.beside])
        found = news.on_themes(list(themes), self.since, each=EACH)
        return [(theme, told) for theme, told in found if told.author != self.member.pk]

    @cached_property
    def in_communities(self) -> list[tuple[str, News]]:
        """Experiences and announcements, resolved questions, and questions that need somebody."""
        found = news.in_communities(list(self.communities), self.since, each=EACH)
        return [(what, told) for what, told in found if told.author != self.member.pk]

    def name(self, theme: int) -> str:
        """The name of one of the themes around the person."""
        return self.around.themes[theme].name

    def is_resolved_lately(self, told: News) -> bool:
        return told.accepted_at is not None and told.accepted_at > self.since

    def found(self, told: News, reason: Reason) -> Found:
        """The entry of a conversation, by what it is: a question that needs somebody, a solution, a story."""
        if told.accepted_at is not None and told.accepted_at > self.since:
            nature, at = Nature.RESOLVED, told.accepted_at
            return Found(told.conversation, at, nature, reason, contribution=told.accepted)
        if told.kind == Kind.QUESTION and told.state == State.WAITING:
            return Found(told.conversation, told.created_at, Nature.HELP, reason)
        nature = _NATURE.get(told.kind, Nature.BEGUN)
        return Found(told.conversation, told.created_at, nature, reason)


_NATURE = {Kind.EXPERIENCE: Nature.TOLD, Kind.ANNOUNCEMENT: Nature.ANNOUNCED}


class Source(ABC):
    """One place where entries come from.

    `follows`: it shows what the person chose to follow, so it stands under that tab too. `infers`: it guesses
    from what they did or said; switched off with personalised recommendations.
    """

    name: ClassVar[str]
    follows: ClassVar[bool] = False
    infers: ClassVar[bool] = False

    def is_asked(self, scope: Scope) -> bool:
        """Whether the source has a say in this view for this person."""
        if scope.view == View.FOLLOWED:
            return self.follows
        if scope.view == View.ALL:
            return False
        return scope.is_personal or not self.infers

    @abstractmethod
    def find(self, scope: Scope) -> Iterable[Found]:
        """What it has since `scope.since`, in a number of queries that nothing changes."""
