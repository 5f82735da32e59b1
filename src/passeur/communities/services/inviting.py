"""Inviting an address, and accepting the invitation, with an account or without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from passeur.accounts import queries as people
from passeur.accounts import services as accounts
from passeur.foundation import audit
from passeur.foundation import events as bus
from passeur.foundation.policies import require

from .. import events, policies, queries
from ..choices import Act, Role
from ..errors import AlreadyMember, HasAccount, InvitationEnded, OtherAddress
from ..models import Community, Invitation, Membership
from ..models.invitation import in_two_weeks, new_serial
from .belonging import enter

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def invite(
    *,
    community: Community,
    email: str,
    by: Member,
    role: Role = Role.MEMBER,
    claims: Member | None = None,
    name: str = "",
    language: str = "",
) -> Invitation:
    """Invite an address, or renew its invitation: the link of the mail before ends.

    The answer is the same whether the address has an account or not. `name` and `language`, where the
    inviter knows them, greet the person. The mail is the caller's to ask for: `send_invitation`, or in this
    room `tasks.mail_invitation`.
    """
    address = email.strip().lower()
    require(policies.can_invite(by, community, address))
    if Membership.objects.filter(community=community, left_at=None, member__email=address).exists():
        raise AlreadyMember
    if claims is not None:
        require(claims.is_imported and Membership.objects.filter(community=community, member=claims).exists())
    with transaction.atomic():
        invitation, is_new = Invitation.objects.update_or_create(
            community=community,
            email=address,
            accepted_at=None,
            defaults={
                "role": role,
                "claims": claims,
                "invited_by": by,
                "serial": new_serial(),
                "expires_at": in_two_weeks(),
                **({"name": name} if name else {}),
                **({"language": language} if language else {}),
            },
        )
        _keep(Act.INVITED if is_new else Act.RENEWED, invitation, by)
    return invitation


def withdraw_invitation(*, invitation: Invitation, by: Member) -> None:
    """Its link ends at once."""
    require(
        policies.can_invite(by, invitation.community, invitation.email) and invitation.accepted_at is None
    )
    with transaction.atomic():
        _keep(Act.WITHDRAWN, invitation, by)
        invitation.delete()


def send_invitation(invitation: Invitation) -> None:
    """Have the mail sent. Inside the transaction that made the invitation: both happen, or neither."""
    bus.publish(events.InvitationToSend(invitation.pk))


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
    _keep(Act.ACCEPTED, invitation, member)
    claimed = invitation.claims
    if claimed is not None and claimed.merged_into_id is None and invitation.invited_by is not None:
        accounts.merge_members(
            source=claimed,
            target=member,
            proof=f"invitation {invitation.pk}",
            by=invitation.invited_by,
        )


def _keep(act: Act, invitation: Invitation, by: Member) -> None:
    """In the audit log: the key of the invitation, never the address."""
    audit.record(
        act,
        by=by.pk,
        member=by.pk if act == Act.ACCEPTED else None,
        community=invitation.community_id,
        invitation=invitation.pk,
        role=str(invitation.role),
    )
