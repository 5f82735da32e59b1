"""What may still be named to somebody of communities they belonged to once: of a private one, nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from .. import policies

if TYPE_CHECKING:
    from passeur.accounts.models import Member

    from ..models import Community


@dataclass(frozen=True, slots=True)
class Sight:
    """The communities (keys) that somebody may read, asked once for a page or a file of many lines."""

    keys: frozenset[int]

    def sees(self, community_id: int) -> bool:
        """Whether what lies in that community may be named to them."""
        return community_id in self.keys

    def name(self, community: Community) -> str:
        """Its name, or words that tell no more than they know."""
        return community.name if self.sees(community.pk) else _("communauté quittée")

    def slug(self, community: Community) -> str | None:
        """Its address, which holds its name; None where it may not be named."""
        return community.slug if self.sees(community.pk) else None


def sight_of(member: Member) -> Sight:
    """One query."""
    return Sight(frozenset(policies.visible_keys(member)))
