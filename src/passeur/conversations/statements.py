"""What happens in conversations, as statements (docs/reference/xapi-profile.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from passeur.foundation.events import subscribe
from passeur.records.protocols import Fact
from passeur.records.services import deriving

from . import events
from .queries import facts


def _one(event: Any) -> list[int]:
    return [event.conversation]


def _holding(event: Any) -> list[int]:
    return facts.of_contribution(event.contribution)


@deriving.source(
    "conversations",
    every=facts.every,
    verbs=facts.VERBS,
    anchor=facts.anchor,
    on={
        events.ConversationChanged: _one,
        events.ConversationsImported: lambda event: event.conversations,
        events.Reacted: _holding,
        events.ReactionWithdrawn: _holding,
        events.Spotlighted: _holding,
        events.SpotlightEnded: _holding,
        events.Followed: _one,
        events.Unfollowed: _one,
        events.Verified: _one,
        events.ConversationClosed: _one,
        events.ConversationReopened: _one,
    },
)
def conversations(numbers: Sequence[int]) -> Iterator[Fact]:
    """All that people did in them, from the first word to the last reaction."""
    return facts.facts(numbers)


@subscribe(events.ConversationsImported)
def tell_who_came_with_them(event: events.ConversationsImported) -> None:
    """Whoever wrote what was imported belongs to the community since, and no other event says so."""
    for _written in deriving.catch_up(deriving.sources["memberships"]):
        pass
