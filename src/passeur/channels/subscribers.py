"""Whose account on a channel is whose, when an imported member turns out to be somebody."""

from passeur.accounts.events import MembersMerged, MergeUndone
from passeur.accounts.services import carry_back, carry_over
from passeur.foundation.events import subscribe

from .models import Identity


@subscribe(MembersMerged)
def give_identities_over(event: MembersMerged) -> None:
    """What that account writes next, a later import gives to the person."""
    carry_over(event.merge, Identity, "member")


@subscribe(MergeUndone)
def give_identities_back(event: MergeUndone) -> None:
    """It was somebody else after all."""
    carry_back(event.merge, Identity, "member")
