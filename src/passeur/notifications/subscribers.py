"""What notifications tell of the rooms below, and what they do when somebody leaves."""

from __future__ import annotations

from django.utils import timezone

from passeur.accounts.events import AccountClosed
from passeur.communities import queries as communities
from passeur.communities.choices import Role
from passeur.communities.events import ClaimDecided, RoleChanged
from passeur.foundation.events import subscribe

from . import services
from .notices import CLAIM, ROLE


@subscribe(RoleChanged)
def tell_of_a_role(event: RoleChanged) -> None:
    """Whoever holds another role knows of it, unless they took it themself."""
    if event.by == event.member:
        return
    # A role may be given, taken and given again: what happened is the role and the day.
    what = timezone.localdate().toordinal() * 10 + list(Role.values).index(event.role)
    services.tell(
        ROLE.slug,
        to=[event.member],
        object=event.community,
        subject=f"community:{event.community}",
        what=what,
    )


@subscribe(ClaimDecided)
def tell_of_a_claim(event: ClaimDecided) -> None:
    """The person reads what was decided about their claim, and why."""
    claimant = communities.claimant_of(event.claim)
    if claimant is not None:
        services.tell(CLAIM.slug, to=[claimant], object=event.claim, subject=f"community:{event.community}")


@subscribe(AccountClosed)
def tell_no_more(event: AccountClosed) -> None:
    """A leaver gets nothing; what waited for them is gone, also if they come back."""
    services.drop(event.member)
