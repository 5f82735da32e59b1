"""What happens to people, for the rooms above."""

from dataclasses import dataclass

from passeur.foundation.events import Event


@dataclass(frozen=True, slots=True)
class MembersMerged(Event):
    """`source`, imported, is `target`: each room gives its rows over (`services.carry_over`)."""

    merge: int
    source: int
    target: int


@dataclass(frozen=True, slots=True)
class MergeUndone(Event):
    """It was a mistake: each room gives back what it had given over (`services.carry_back`)."""

    merge: int
    source: int
    target: int


@dataclass(frozen=True, slots=True)
class AccountClosed(Event):
    """Somebody left the company: no sign-in any more; what they wrote stays, with their name."""

    member: int


@dataclass(frozen=True, slots=True)
class AccountReopened(Event):
    """They are back."""

    member: int


@dataclass(frozen=True, slots=True)
class SignInHelpAsked(Event):
    """An administrator wants somebody to get the link that lets them choose a password."""

    member: int


@dataclass(frozen=True, slots=True)
class FactorsEnded(Event):
    """An administrator took somebody's passkeys and codes away: they are told."""

    member: int


@dataclass(frozen=True, slots=True)
class AvailabilityChanged(Event):
    """Somebody receives questions, or no longer, or more or fewer, or makes a pause."""

    member: int


@dataclass(frozen=True, slots=True)
class ErasureAsked(Event):
    """A person asked to be erased, or an administrator did: every room takes its part out."""

    member: int


@dataclass(frozen=True, slots=True)
class MemberErased(Event):
    """It is done: what is left has no name."""

    member: int


@dataclass(frozen=True, slots=True)
class AddressChangeAsked(Event):
    """A member wants to sign in with another address: the new one is to prove itself."""

    member: int
    address: str


@dataclass(frozen=True, slots=True)
class AddressChanged(Event):
    """It did: the address of before is told."""

    member: int
    before: str
    address: str
