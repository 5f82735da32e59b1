"""Who sees to an occurrence: the owner, or the substitute while the owner is away."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from passeur.communities.queries import scopes

if TYPE_CHECKING:
    from passeur.accounts.models import Member

    from ..models import Occurrence


def in_charge(occurrence: Occurrence) -> Member | None:
    """The first of the two who is there on that day; None when neither is."""
    return next(iter(there(occurrence)), None)


def there(occurrence: Occurrence) -> list[Member]:
    """Owner, then substitute: those who belong there now, can sign in, and make no pause. One query."""
    ritual = occurrence.ritual
    named = [pk for pk in (ritual.owner_id, ritual.substitute_id) if pk is not None]
    found = scopes.belonging((ritual.community_id, pk) for pk in named)
    members = [found[ritual.community_id, pk].member for pk in named if (ritual.community_id, pk) in found]
    return [member for member in members if not _away(member, occurrence.day)]


def _away(member: Member, day: dt.date) -> bool:
    return member.paused_until is not None and member.paused_until >= day
