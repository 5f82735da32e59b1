"""Who administers the installation, and what administrators do when somebody cannot get in."""

from __future__ import annotations

from django.db import transaction

from passeur.foundation import audit, live
from passeur.foundation import events as bus
from passeur.foundation.policies import require

from .. import events, policies
from ..choices import Act
from ..errors import LastAdministrator
from ..models import Member
from .access import end_factors, end_sessions


def name_administrator(*, member: Member, by: Member | None) -> None:
    """Let somebody administer; `by` is None for the command line, which whoever runs the machine may use."""
    require(policies.can_name_administrator(by or _nobody(), member))
    with transaction.atomic():
        _set(member, administers=True)
        audit.record(Act.MADE_ADMINISTRATOR, by=by.pk if by else None, member=member.pk)


def remove_administrator(*, member: Member, by: Member) -> None:
    """Take it away, from oneself or another; raises `LastAdministrator` where nobody else would be left."""
    require(policies.can_remove_administrator(by, member))
    with transaction.atomic():
        keep_an_administrator(without=member)
        _set(member, administers=False)
        audit.record(Act.NO_ADMINISTRATOR, by=by.pk, member=member.pk)


def keep_an_administrator(*, without: Member) -> None:
    """Inside a transaction: somebody else administers, and still will when it ends. Else `LastAdministrator`.

    All of them are locked, in one order, so that two cannot remove each other at the same moment.
    """
    held = Member.objects.select_for_update().filter(is_administrator=True, is_active=True).order_by("pk")
    if [member.pk for member in held] == [without.pk]:
        raise LastAdministrator


def end_sessions_of(*, member: Member, by: Member) -> None:
    """Sign somebody out everywhere: a device was lost."""
    require(policies.can_help(by, member))
    with transaction.atomic():
        end_sessions(member)
        audit.record(Act.SESSIONS_ENDED, by=by.pk, member=member.pk)


def end_factors_of(*, member: Member, by: Member) -> None:
    """Take lost passkeys and codes away, and sign the person out everywhere. They are told by mail."""
    require(policies.can_help(by, member))
    with transaction.atomic():
        end_factors(member)
        end_sessions(member)
        audit.record(Act.FACTORS_ENDED, by=by.pk, member=member.pk)
        bus.publish(events.FactorsEnded(member.pk))


def send_sign_in_link(*, member: Member, by: Member) -> None:
    """Mail somebody the link to choose a password, to their own address. The administrator never has it."""
    require(policies.can_help(by, member))
    with transaction.atomic():
        audit.record(Act.HELP_SENT, by=by.pk, member=member.pk)
        bus.publish(events.SignInHelpAsked(member.pk))


def _set(member: Member, *, administers: bool) -> None:
    changed = {"is_administrator": administers} | ({} if administers else {"is_superuser": False})
    Member.objects.filter(pk=member.pk).update(**changed)
    member.is_administrator = administers
    live.rights_changed(member.pk)


def _nobody() -> Member:
    """Whoever runs the machine: may do what an administrator may, and has no account."""
    return Member(is_administrator=True)
