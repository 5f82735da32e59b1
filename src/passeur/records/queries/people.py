"""Which statements are about a member: by every way the member is known by."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha1
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection

from passeur.algorithms.xapi.keys import key_of, key_of_mailbox

from ..models import Agent, Document, Statement
from ..protocols import key_of_member

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def keys_of(member: Member) -> list[UUID]:
    """Each key that stands for a member: their account here, their address, its digest, what was linked."""
    keys = {key_of_member(member.pk)}
    if member.email:
        keys.add(key_of_mailbox(member.email))
        digest = sha1(f"mailto:{member.email}".encode(), usedforsecurity=False).hexdigest()
        keys.add(key_of("mbox_sha1sum", digest))
    keys.update(Agent.objects.filter(member=member).values_list("key", flat=True))
    return sorted(keys)


def count_of(member: Member) -> int:
    """How many statements the member is the actor or the object of."""
    return Statement.objects.filter(agents__overlap=keys_of(member)).count()


def statements_of(member: Member) -> Iterator[Any]:
    """The statements that the member is the actor or the object of, oldest first."""
    keys = keys_of(member)
    rows = Statement.objects.filter(agents__overlap=keys).order_by("stored")
    for body in rows.values_list("body", flat=True).iterator(chunk_size=500):
        yield json.loads(body)


def documents_of(member: Member) -> Iterator[Any]:
    """The documents about the member that content keeps here, as text where they are text."""
    for one in Document.objects.filter(agent__in=keys_of(member)).order_by("updated_at").iterator():
        content = bytes(one.content)
        yield {
            "kind": one.kind,
            "id": one.name,
            "content_type": one.content_type,
            "content": content.decode(errors="replace"),
            "updated_at": one.updated_at,
        }


def is_known(member: Member) -> bool:
    """Whether any statement or document names the member."""
    keys = keys_of(member)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM records_statement WHERE related_agents && %s::uuid[])"
            " OR EXISTS (SELECT 1 FROM records_document WHERE agent = ANY(%s::uuid[]))",
            [keys, keys],
        )
        return bool(cursor.fetchone()[0])
