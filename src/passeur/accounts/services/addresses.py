"""Changing one's own address: the new one proves itself by a link, and the old one is told.

Nothing is kept while the answer is awaited: the link carries, signed, who asks, for which address, and from
which one. It ends after a day, and as soon as the address or the password changed.
"""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from passeur.foundation import audit
from passeur.foundation import events as bus
from passeur.foundation.policies import require

from .. import events, policies
from ..choices import Act
from ..errors import AddressLinkEnded
from ..models import Member

SALT = "passeur.accounts.address"
ONE_DAY = 24 * 3600


def ask_for_address(*, member: Member, address: str, by: Member) -> None:
    """Mail the link to the new address, and a notice to the present one.

    Whether somebody else has that address is told to nobody but its owner: the mail they get says so.
    """
    require(policies.can_edit(by, member))
    with transaction.atomic():
        bus.publish(events.AddressChangeAsked(member.pk, address.strip().lower()))


def token_for(member: Member, address: str) -> str:
    """What the link holds."""
    return signing.dumps([member.pk, address, *_now(member)], salt=SALT, compress=True)


def require_open_link(token: str) -> None:
    """Raises `AddressLinkEnded` where the link is over, or was never one of ours. Changes nothing."""
    _asked_by(token, Member.objects.all())


def confirm_address(token: str) -> Member:
    """Whoever opens the link has the address: from now on one signs in with it. Raises `AddressLinkEnded`."""
    with transaction.atomic():
        member, address = _asked_by(token, Member.objects.select_for_update())
        before = member.email
        try:
            with transaction.atomic():
                EmailAddress.objects.filter(user=member).delete()
                member.email = address
                member.save(update_fields=["email"])
                EmailAddress.objects.create(user=member, email=address, verified=True, primary=True)
        except IntegrityError:
            raise AddressLinkEnded from None
        audit.record(Act.ADDRESS_CHANGED, by=member.pk, member=member.pk)
        bus.publish(events.AddressChanged(member.pk, before or "", address))
    return member


def _asked_by(token: str, people: QuerySet[Member]) -> tuple[Member, str]:
    """Who asked for the link, and for which address; nothing of it changed since."""
    try:
        pk, address, *then = signing.loads(token, salt=SALT, max_age=ONE_DAY)
    except signing.BadSignature:
        raise AddressLinkEnded from None
    member = people.filter(pk=pk).first()
    if member is None or not policies.can_sign_in(member) or list(_now(member)) != then:
        raise AddressLinkEnded
    return member, address


def _now(member: Member) -> tuple[str, str]:
    """What must still be so when the link is opened."""
    return member.email or "", member.get_session_auth_hash()[:16]
