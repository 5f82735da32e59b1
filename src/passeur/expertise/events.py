"""Facts that expertise announces."""

from dataclasses import dataclass

from passeur.foundation.events import Event


@dataclass(frozen=True, slots=True)
class ReferralMade(Event):
    """A question was taken to somebody; `by` is None when Passeur passed it on by itself."""

    referral: int
    conversation: int
    community: int
    member: int
    by: int | None


@dataclass(frozen=True, slots=True)
class ReferralAccepted(Event):
    """They will answer."""

    referral: int
    conversation: int
    community: int
    member: int


@dataclass(frozen=True, slots=True)
class ReferralDeclined(Event):
    """They cannot, for a reason of `choices.DeclineReason`."""

    referral: int
    conversation: int
    community: int
    member: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReferralExpired(Event):
    """Nothing came in time; no blame."""

    referral: int
    conversation: int
    community: int
    member: int


@dataclass(frozen=True, slots=True)
class ReferralAnswered(Event):
    """The person who was asked has answered."""

    referral: int
    conversation: int
    community: int
    member: int


@dataclass(frozen=True, slots=True)
class ReferralWithdrawn(Event):
    """The person need not look at it any more."""

    referral: int
    conversation: int
    community: int
    member: int


@dataclass(frozen=True, slots=True)
class QuestionQueued(Event):
    """Nobody who could help has room now: the question waits its turn."""

    conversation: int
    community: int
