"""Which programs use the store, and which of them it is that asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from .. import policies
from ..models import Client

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def by_credentials(key: str, secret: str) -> Client | None:
    """The client with these credentials, unless it was shut out."""
    client = Client.objects.filter(key=key[:40], revoked_at=None).first()
    return client if client is not None and client.opens(secret) else None


def visible(member: Member) -> QuerySet[Client]:
    """The clients that a member may see, those that are let in first."""
    return Client.objects.filter(policies.visible_to(member)).order_by("revoked_at", "name", "pk")
