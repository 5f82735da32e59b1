"""Who administers. Of a community, administrators see its name, its state, and who holds which role there.

Nothing that is written in it: that takes a membership, which no administrator can give themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from passeur.accounts import policies as accounts

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def can_administer(member: Member) -> bool:
    """Enter this room at all."""
    return accounts.administers(member)
