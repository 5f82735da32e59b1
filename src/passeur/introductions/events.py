"""Facts that introductions announce. None of them says who answered what."""

from dataclasses import dataclass

from passeur.foundation.events import Event


@dataclass(frozen=True, slots=True)
class IntroductionProposed(Event):
    """Two people may say yes."""

    introduction: int


@dataclass(frozen=True, slots=True)
class IntroductionWithdrawn(Event):
    """The LCM took a proposal back."""

    community: int
    first: int
    second: int


@dataclass(frozen=True, slots=True)
class IntroductionOpened(Event):
    """Both said yes: they can write to each other."""

    introduction: int


@dataclass(frozen=True, slots=True)
class MessageWritten(Event):
    """One of the two wrote to the other."""

    introduction: int
    message: int


@dataclass(frozen=True, slots=True)
class IntroductionFollowedUp(Event):
    """Two weeks after: it is known how many of the two wrote."""

    introduction: int
