"""Opening an account, closing it, reopening it."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import F

from passeur.foundation import audit, live
from passeur.foundation import events as bus
from passeur.foundation.policies import require

from .. import events, policies
from ..choices import Act
from ..errors import AddressTaken
from ..models import Member
from .access import end_sessions
from .administrators import keep_an_administrator


def open_account(*, email: str, name: str, password: str | None, **fields: Any) -> Member:
    """A member who can sign in. The address counts as verified: an invitation or an administrator proved it.

    Called by whoever checked that proof: the acceptance of an invitation, the command line, the demo.
    """
    address = email.strip().lower()
    if Member.objects.filter(email=address).exists():
        raise AddressTaken
    with transaction.atomic():
        member = Member.objects.create_user(address, password, name=name.strip(), **fields)
        EmailAddress.objects.create(user=member, email=address, verified=True, primary=True)
        audit.record(
            Act.OPENED,
            by=None,
            member=member.pk,
            **({"administrator": True} if member.is_administrator else {}),
        )
    return member


def close_account(*, member: Member, by: Member) -> None:
    """End all sessions at once and let nobody sign in; what the person wrote stays theirs.

    Rooms above follow by the event: what the person was asked goes to the next, mail to them stops.
    """
    require(policies.can_end_account(by, member))
    with transaction.atomic():
        keep_an_administrator(without=member)
        _set_active(member, active=False)
        end_sessions(member)
        audit.record(Act.CLOSED, by=by.pk, member=member.pk)
        bus.publish(events.AccountClosed(member.pk))


def reopen_account(*, member: Member, by: Member) -> None:
    """Let the person sign in again; sessions of before stay ended."""
    require(policies.can_end_account(by, member))
    with transaction.atomic():
        _set_active(member, active=True)
        audit.record(Act.REOPENED, by=by.pk, member=member.pk)
        bus.publish(events.AccountReopened(member.pk))


def _set_active(member: Member, *, active: bool) -> None:
    Member.objects.filter(pk=member.pk).update(is_active=active, sign_in_epoch=F("sign_in_epoch") + 1)
    member.refresh_from_db(fields=["is_active", "sign_in_epoch"])
    live.rights_changed(member.pk)
