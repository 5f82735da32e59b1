"""Facts that roll-ups announce."""

from dataclasses import dataclass

from passeur.foundation.events import Event


@dataclass(frozen=True, slots=True)
class ActivityCounted(Event):
    """Of these members something of late was counted, or taken off: what they did, or who replied to them."""

    members: list[int]


@dataclass(frozen=True, slots=True)
class CompanySwitched(Event):
    """Somebody said whether it may be seen that nobody exchanges with them."""

    member: int


@dataclass(frozen=True, slots=True)
class LastingMoved(Event):
    """In these communities another text lasts, or one was looked at: they fall due elsewhen."""

    communities: list[int]
