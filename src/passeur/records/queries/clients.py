"""Which programs use the store, and which of them it is that asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Func, QuerySet, TextField

from passeur.foundation.lines import asked_first
from passeur.foundation.prepared import Asked, prepared

from .. import policies
from ..models import Client
from ..models.clients import digest

if TYPE_CHECKING:
    from passeur.accounts.models import Member


MOST = 1_000
_remembered: dict[tuple[str, str], Client] = {}


def by_credentials(key: str, secret: str) -> Client | None:
    """The client with these credentials, unless it was shut out."""
    # Nothing was done on the line yet: whether it still stands is found out by asking.
    found = asked_first(lambda: _let_in(key=key[:40]))
    client = next((client for client in found if client.opens(secret)), None)
    if client is None:
        _remembered.pop((key, digest(secret)), None)
        return None
    if len(_remembered) >= MOST:
        _remembered.clear()
    _remembered[key, digest(secret)] = client
    return client


def remembered(key: str, secret: str) -> Client | None:
    """The client of these credentials as last read; nothing is answered before `STANDS` is confirmed."""
    client = _remembered.get((key, digest(secret)))
    return client if client is not None and client.opens(secret) else None


STANDS = "SELECT EXISTS (SELECT FROM records_client WHERE id = %s AND xmin::text || ctid::text = %s)"
"""Whether nothing was changed about a client since it was read.

`xmin` and `ctid` are whose and where this version of its row is: a change, of whatever column, makes another.
"""


def standing(client: Client) -> tuple[object, object]:
    """The values of `STANDS`."""
    return client.pk, client.read_as  # type: ignore[attr-defined]


@prepared
def _let_in(key: Asked) -> QuerySet[Client]:
    as_read = Func(
        template="records_client.xmin::text || records_client.ctid::text", output_field=TextField()
    )
    return Client.objects.filter(key=key, revoked_at=None).annotate(read_as=as_read)


def visible(member: Member) -> QuerySet[Client]:
    """The clients that a member may see, those that are let in first."""
    return Client.objects.filter(policies.visible_to(member)).order_by(
        F("revoked_at").asc(nulls_first=True), "name", "pk"
    )
