"""Documents that content keeps here, written without losing what somebody else wrote meanwhile."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha1
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from passeur.algorithms.xapi import Invalid, keys, multipart, reading

from ..choices import DocumentKind
from ..models import Document

_THERE = "the document that is there"

Check = Callable[[str | None], None]
"""Given the tag of what is there (None for nothing), raises what the client is told when it may not go on."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document lies: its kind, the activity and the agent it is about, its id there."""

    kind: DocumentKind
    activity: UUID | None
    agent: UUID | None
    registration: UUID | None
    name: str

    @property
    def key(self) -> UUID:
        """One key for all of it."""
        return keys.key_of(self.kind, str(self.activity), str(self.agent), str(self.registration), self.name)


def tag_of(content: bytes) -> str:
    """What changes when the content does; xAPI 1.0.3 (Communication 3.1) asks for SHA-1."""
    return sha1(content, usedforsecurity=False).hexdigest()


def put(place: Place, *, content: bytes, content_type: str, check: Check) -> None:
    """Write a document in the place of the one that is there."""
    with transaction.atomic():
        held = _hold(place)
        check(held.etag if held else None)
        _write(place, content, content_type)


def merge(place: Place, *, content: bytes, content_type: str, check: Check) -> None:
    """Add the members of a JSON object to the one that is there; where nothing is, it is written as it is."""
    with transaction.atomic():
        held = _hold(place)
        check(held.etag if held else None)
        if held is None:
            _write(place, content, content_type)
            return
        if not _is_json(held.content_type):
            raise Invalid(_THERE, "is not JSON, so nothing can be merged into it")
        there = reading.value_of(reading.text_of(bytes(held.content), _THERE), _THERE)
        if not isinstance(there, dict):
            raise Invalid(_THERE, "is not a JSON object, so nothing can be merged into it")
        given: Any = json.loads(content)
        _write(place, json.dumps({**there, **given}, ensure_ascii=False).encode(), content_type)


def object_of(content: bytes, content_type: str) -> None:
    """Raise `Invalid` unless a document can be merged: a JSON object that says that it is one."""
    if not _is_json(content_type):
        raise Invalid("Content-Type", "only application/json can be merged; replace the document with PUT")
    if not isinstance(reading.value_of(reading.text_of(content)), dict):
        raise Invalid("body", "only a JSON object can be merged; replace the document with PUT")


def delete(place: Place, *, check: Check) -> None:
    """Delete a document; one that is not there stays so."""
    with transaction.atomic():
        held = _hold(place)
        check(held.etag if held else None)
        if held is not None:
            held.delete()


def delete_all(*, activity: UUID, agent: UUID, registration: UUID | None) -> None:
    """Delete the states of somebody in an activity; without a registration, those of all of them."""
    found = Document.objects.filter(kind=DocumentKind.STATE, activity=activity, agent=agent)
    if registration is not None:
        found = found.filter(registration=registration)
    found.delete()


def _hold(place: Place) -> Document | None:
    """The document that is there, and the place held against others, also while there is nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [place.key.int >> 65])
    return Document.objects.filter(key=place.key).first()


def _write(place: Place, content: bytes, content_type: str) -> None:
    Document.objects.update_or_create(
        key=place.key,
        defaults={
            "kind": place.kind,
            "activity": place.activity,
            "agent": place.agent,
            "registration": place.registration,
            "name": place.name,
            "content": content,
            "content_type": content_type,
            "etag": tag_of(content),
            "updated_at": timezone.now(),
        },
    )


def _is_json(content_type: str) -> bool:
    return multipart.media_type(content_type)[0] == "application/json"
