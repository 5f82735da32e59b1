"""Programs that use the store: let in, given a new secret, shut out."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from passeur.foundation import audit
from passeur.foundation.policies import require

from .. import policies
from ..choices import PER_MINUTE, Act, Scope
from ..models import Client
from ..models.clients import digest

if TYPE_CHECKING:
    from passeur.accounts.models import Member

CHANGEOVER = dt.timedelta(hours=24)
"""How long the secret of before opens after a rotation."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What to enter on the other side. The secret is told this once."""

    client: Client
    key: str
    secret: str


def create(
    *, name: str, scopes: Sequence[Scope], by: Member | None, per_minute: int = PER_MINUTE
) -> Credentials:
    """Let a program in; `by` is None for the command line, whose right is that of the machine.

    `per_minute` is how many requests it may make, from 1 to `MOST_PER_MINUTE`.
    """
    require(by is None or policies.can_manage_clients(by))
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        client = Client.objects.create(
            name=name,
            key=secrets.token_hex(10),
            secret=digest(secret),
            scopes=list(scopes),
            per_minute=per_minute,
            created_by=by,
        )
        told = [scope.value.replace("/", "-") for scope in scopes]
        audit.record(Act.CLIENT_CREATED, by=by.pk if by else None, client=client.pk, scopes=told)
    return Credentials(client, client.key, secret)


def rotate(*, client: Client, by: Member) -> Credentials:
    """Give it a new secret; the one of before opens for a day more."""
    require(policies.can_manage_clients(by))
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        held = Client.objects.select_for_update().get(pk=client.pk)
        held.previous_secret, held.previous_until = held.secret, timezone.now() + CHANGEOVER
        held.secret = digest(secret)
        held.save(update_fields=["previous_secret", "previous_until", "secret"])
        audit.record(Act.CLIENT_ROTATED, by=by.pk, client=held.pk)
    return Credentials(held, held.key, secret)


def revoke(*, client: Client, by: Member) -> None:
    """Shut it out, at once. What it wrote stays."""
    require(policies.can_manage_clients(by))
    with transaction.atomic():
        if Client.objects.filter(pk=client.pk, revoked_at=None).update(revoked_at=timezone.now()):
            audit.record(Act.CLIENT_REVOKED, by=by.pk, client=client.pk)
