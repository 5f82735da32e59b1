"""Inviting somebody from here: the invitation and its mail, both or neither."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from passeur.communities import services as communities
from passeur.communities.choices import Role
from passeur.foundation.policies import require

from .. import policies

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community, Invitation


def invite_person(*, member: Member, community: Community, role: Role, by: Member) -> None:
    """Invite somebody who has an account; communities decide whether `by` may."""
    require(policies.can_administer(by) and member.is_active and member.email is not None)
    with transaction.atomic():
        made = communities.invite(community=community, email=member.email or "", role=role, by=by)
        communities.send_invitation(made)


def send_again(*, invitation: Invitation, by: Member) -> None:
    """A new link, valid two more weeks; the one of before ends."""
    require(policies.can_administer(by))
    with transaction.atomic():
        made = communities.invite(
            community=invitation.community,
            email=invitation.email,
            role=Role(invitation.role),
            claims=invitation.claims,
            by=by,
        )
        communities.send_invitation(made)
