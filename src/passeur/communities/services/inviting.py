"""Inviting an address, and accepting the invitation, with an account or without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from passeur.accounts import queries as people
from passeur.accounts import services as accounts
from passeur.foundation.policies import require

from .. import policies, queries
from ..choices import Role
from ..errors import AlreadyMember, HasAccount, InvitationEnded, OtherAddress
from ..models import Community, Invitation, Membership
from ..models.invitation import in_two_weeks, new_serial
from .belonging import enter

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def invite(
    *, community: Community, email: str, by: Member, role: Role = Role.MEMBER, claims: Member | None = None
) -> Invitation:
    """Invite an address, or renew its invitation: the link of the mail before ends.

    The answer is the same whether the address has an account or not. The mail is the caller's to ask for
    (`tasks.mail_invitation`), since it knows the address of this installation.
    """
    require(policies.can_manage(by, community))
    address = email.strip().lower()
    if Membership.objects.filter(community=community, left_at=None, member__email=address).exists():
        raise AlreadyMember
    if claims is not None:
        require(claims.is_imported and Membership.objects.filter(community=community, member=claims).exists())
    with transaction.atomic():
        invitation, _ = Invitation.objects.update_or_create(
            community=community,
            email=address,
            accepted_at=None,
            defaults={
                "role": role,
                "claims": claims,
                "invited_by": by,
                "serial": new_serial(),
                "expires_at": in_two_weeks(),
            },
        )
    return invitation


def withdraw_invitation(*, invitation: Invitation, by: Member) -> None:
    """Its link ends at once."""
    require(policies.can_manage(by, invitation.community) and invitation.accepted_at is None)
    invitation.delete()


def accept_as_newcomer(
    *, token: str, name: str, password: str, charter_version: int | None, language: str = "fr"
) -> tuple[Member, Community]:
    """Open the account that the invitation is for, and enter the community with it."""
    with transaction.atomic():
        invitation = _held(token)
        if people.by_email(invitation.email) is not None:
            raise HasAccount
        member = accounts.open_account(
            email=invitation.email,
            name=name,
            password=password,
            language=language,
            time_zone=invitation.community.time_zone,
        )
        _accept(invitation, member, charter_version)
    return member, invitation.community


def accept_as_member(*, token: str, member: Member, charter_version: int | None) -> Community:
    """Enter the community with the account that one has; it must be that of the invited address."""
    with transaction.atomic():
        invitation = _held(token)
        if member.email != invitation.email:
            raise OtherAddress(invitation.email)
        _accept(invitation, member, charter_version)
    return invitation.community


def _held(token: str) -> Invitation:
    """The open invitation, locked: accepted once only."""
    found = queries.invitation_of(token)
    held = Invitation.objects.select_for_update().filter(pk=found.pk, accepted_at=None).first()
    if held is None:
        raise InvitationEnded
    return found


def _accept(invitation: Invitation, member: Member, charter_version: int | None) -> None:
    enter(
        community=invitation.community,
        member=member,
        charter_version=charter_version,
        role=Role(invitation.role),
    )
    invitation.accepted_at, invitation.accepted_by = timezone.now(), member
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    claimed = invitation.claims
    if claimed is not None and claimed.merged_into_id is None and invitation.invited_by is not None:
        accounts.merge_members(
            source=claimed,
            target=member,
            proof=f"invitation {invitation.pk}",
            by=invitation.invited_by,
        )
