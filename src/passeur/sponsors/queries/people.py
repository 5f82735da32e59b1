"""Who receives the report, by which link they answer, and in whose name it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core import signing
from django.db.models import QuerySet

from passeur.communities.choices import Role
from passeur.communities.queries.scopes import current_memberships

from .. import policies
from ..errors import UnknownLink
from ..models import Sponsor

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

SALT = "passeur.sponsors.link"


def sponsors_of(member: Member, community: Community) -> QuerySet[Sponsor]:
    """The list of a community, by address, with what was sent."""
    rows = Sponsor.objects.filter(policies.visible_to(member), community=community)
    return rows.prefetch_related("editions")


def receiving() -> QuerySet[Sponsor]:
    """Those who said yes and did not stop, in communities that are alive."""
    return Sponsor.objects.filter(confirmed_at__isnull=False, left_at=None, community__archived_at=None)


def link_of(sponsor: Sponsor) -> str:
    """What stands in the addresses of their mails. It does not expire: an old mail can still be left."""
    return signing.Signer(salt=SALT).sign(sponsor.serial)


def by_link(token: str) -> Sponsor:
    """Whose link it is, or `UnknownLink`."""
    try:
        serial = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature as error:
        raise UnknownLink from error
    found = Sponsor.objects.select_related("community").filter(serial=serial).first()
    if found is None:
        raise UnknownLink
    return found


def voice(community: Community, *, first: int | None = None) -> Member | None:
    """The LCM with whose rights the report is made: who named the sponsor, else whoever animates longest."""
    rows = current_memberships([community]).filter(role=Role.LCM, member__is_active=True).order_by("pk")
    leading = [row.member for row in rows]
    return next((member for member in leading if member.pk == first), leading[0] if leading else None)
