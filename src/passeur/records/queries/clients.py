"""Which programs use the store, and which of them it is that asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from passeur.foundation.lines import asked_first
from passeur.foundation.prepared import Asked, prepared

from .. import policies
from ..models import Client

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def by_credentials(key: str, secret: str) -> Client | None:
    """The client with these credentials, unless it was shut out."""
    # Nothing was done on the line yet: whether it still stands is found out by asking.
    found = asked_first(lambda: _let_in(key=key[:40]))
    return next((client for client in found if client.opens(secret)), None)


@prepared
def _let_in(key: Asked) -> QuerySet[Client]:
    return Client.objects.filter(key=key, revoked_at=None)


def visible(member: Member) -> QuerySet[Client]:
    """The clients that a member may see, those that are let in first."""
    return Client.objects.filter(policies.visible_to(member)).order_by("revoked_at", "name", "pk")
