"""One open page, as the hub knows it: whose, of which session, what it listens to, what it is to be told."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

from .topics import Topic


@dataclass(frozen=True, slots=True)
class Claim:
    """Who asks to listen: a member (key), by a session, with what that session proved of the password."""

    member: int
    session: str
    proof: str


@dataclass(eq=False, slots=True)
class Listener:
    """The hub's end of a stream. `told`: changes by topic, the last of each; `known`: how far it heard."""

    claim: Claim
    topics: set[Topic]
    known: str = ""
    told: dict[str, dict[str, int]] = field(default_factory=dict)
    must_ask: bool = False
    lost: list[str] = field(default_factory=list)
    over: bool = False
    for_good: bool = True
    woken: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, changes: Iterable[tuple[str, dict[str, int]]], *, known: str) -> None:
        """Something changed in what it listens to; `known` is how far this brings it."""
        self.told.update(changes)
        self.known = known
        self.woken.set()

    def ask_again(self, *, known: str) -> None:
        """What happened in between is not known here: the page asks for what it shows."""
        self.must_ask, self.known = True, known
        self.woken.set()

    def lose(self, topic: Topic) -> None:
        """The right to one thing is gone; with the last one the stream ends."""
        self.topics.discard(topic)
        self.told.pop(str(topic), None)
        self.lost.append(str(topic))
        if not self.topics:
            self.over = True
        self.woken.set()

    def end(self, *, for_good: bool = True) -> None:
        """Close the stream; `for_good` tells the page not to come back."""
        self.over, self.for_good = True, for_good
        self.woken.set()
