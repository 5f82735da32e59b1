"""Where a person is signed in, and what else than a password they sign in with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from ..choices import Required
from ..models import Member, OpenSession

SECOND = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second factor; recovery codes only stand in for one."""


@dataclass(frozen=True, slots=True)
class Factor:
    """A passkey, a code generator, or a set of recovery codes; `left` is how many codes are unused."""

    pk: int
    type: str
    name: str
    added_at: dt.datetime
    left: int = 0


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """How many browsers are signed in, how many passkeys and generators there are."""

    sessions: int
    factors: int


def open_sessions(member: Member) -> QuerySet[OpenSession]:
    """The browsers that are signed in now, newest first."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return OpenSession.objects.filter(member=member, session_key__in=alive)


def factors(member: Member) -> list[Factor]:
    """All of a member's, oldest first."""
    return [_told(row) for row in Authenticator.objects.filter(user=member).order_by("created_at", "pk")]


def has_second_factor(member: Member) -> bool:
    return Authenticator.objects.filter(user=member, type__in=SECOND).exists()


def has_passkey(member: Member) -> bool:
    return Authenticator.objects.filter(user=member, type=Authenticator.Type.WEBAUTHN).exists()


def has_no_second_factor() -> Q:
    """Members who sign in with a password alone."""
    return ~Q(Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND)))


def must_have_second_factor(member: Member, required: str) -> bool:
    """Whether the installation asks this member for one; `required` is a word of `choices.Required`."""
    return required == Required.EVERYBODY or (required == Required.ADMINISTRATORS and member.is_administrator)


def known_account(member: Member) -> KnownAccount:
    return KnownAccount(
        open_sessions(member).count(),
        Authenticator.objects.filter(user=member, type__in=SECOND).count(),
    )


def _told(row: Authenticator) -> Factor:
    if row.type == Authenticator.Type.WEBAUTHN:
        return Factor(row.pk, row.type, str(row.data.get("name", "")), row.created_at)
    if row.type == Authenticator.Type.RECOVERY_CODES:
        return Factor(row.pk, row.type, "", row.created_at, _left(row))
    return Factor(row.pk, row.type, "", row.created_at)


def _left(row: Any) -> int:
    """How many recovery codes were not used."""
    return len(row.wrap().get_unused_codes())


def verified_addresses() -> Iterator[tuple[str, int]]:
    """(address in small letters, member) of each address whose owner proved that it is theirs."""
    found = EmailAddress.objects.filter(verified=True).values_list("email", "user_id")
    for address, member in found.iterator(chunk_size=5000):
        yield address.lower(), member
