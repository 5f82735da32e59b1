"""Activities, agents, attachments and documents, as the store has them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, Func

from ..models import Activity, Agent, Attachment, Document


def definitions(keys: Iterable[UUID]) -> dict[UUID, Any]:
    """The store's own definition of each activity that has one."""
    return dict(Activity.objects.filter(key__in=set(keys)).values_list("key", "definition"))


def names_of(key: UUID) -> list[str]:
    """The names that an agent goes by."""
    return [name for name in Agent.objects.filter(key=key).values_list("name", flat=True) if name]


def contents(hashes: Collection[str]) -> dict[str, bytes]:
    """The contents of attachments, by their SHA-2."""
    found = Attachment.objects.filter(sha2__in=set(hashes)).values_list("sha2", "content")
    return {sha2: bytes(content) for sha2, content in found}


def sizes(hashes: Collection[str]) -> dict[str, int]:
    """How many bytes the contents of attachments have, by their SHA-2."""
    found = Attachment.objects.filter(sha2__in=set(hashes)).annotate(
        size=Func("content", function="octet_length", output_field=BigIntegerField())
    )
    return dict(found.values_list("sha2", "size"))


def document(key: UUID) -> Document | None:
    """One document."""
    return Document.objects.filter(key=key).first()


def document_names(
    *,
    kind: str,
    activity: UUID | None,
    agent: UUID | None,
    registration: UUID | None,
    since: dt.datetime | None,
) -> list[str]:
    """The ids of the documents of a kind, in their order; without a registration, those of all of them."""
    found = Document.objects.filter(kind=kind, activity=activity, agent=agent)
    if registration is not None:
        found = found.filter(registration=registration)
    if since is not None:
        found = found.filter(updated_at__gt=since)
    return list(found.order_by("name").values_list("name", flat=True).distinct())
