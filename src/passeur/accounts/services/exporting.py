"""Everything a person has here, as a ZIP that is written while it is sent: memory does not grow with it."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from collections.abc import Iterator, Mapping
from types import GeneratorType
from typing import Any

from django.db import transaction
from django.utils import timezone

from passeur.foundation import audit

from ..choices import Act
from ..models import Member
from ..protocols import holders

FORMAT = 1
CHUNK = 64 * 1024


class _Pipe:
    """What the ZIP is written into, and taken out of piece by piece."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: bytes) -> int:
        self._parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Nothing waits anywhere."""

    def taken(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)


def export(member: Member) -> Iterator[bytes]:
    """`passeur.json`, described in docs/reference/personal-data.md, and the person's files beside it."""
    with transaction.atomic():
        audit.record(Act.EXPORTED, by=member.pk, member=member.pk)
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        with archive.open("passeur.json", "w", force_zip64=True) as file:
            for part in as_json(member):
                file.write(part.encode())
                yield pipe.taken()
        for _room, held in holders():
            for attachment in held.attachments(member):
                with archive.open(f"files/{attachment.name}", "w") as file, attachment.content as content:
                    while piece := content.read(CHUNK):
                        file.write(piece)
                        yield pipe.taken()
    yield pipe.taken()


def as_json(member: Member) -> Iterator[str]:
    """The document, piece by piece: a part for each room, in it lists as long as they are."""
    head = {"format": FORMAT, "made_at": timezone.now()}
    yield "{\n" + ",\n".join(f"{_said(key)}: {_said(value)}" for key, value in head.items())
    for room, held in holders():
        part = held.export(member)
        if part:
            yield f",\n{_said(room)}: "
            yield from _object(part)
    yield "\n}\n"


def _object(part: Mapping[str, Any]) -> Iterator[str]:
    for place, (key, value) in enumerate(part.items()):
        yield ("{" if place == 0 else ",") + f"\n  {_said(key)}: "
        if isinstance(value, GeneratorType):
            yield from _list(value)
        else:
            yield _said(value)
    yield "\n}"


def _list(values: Iterator[Any]) -> Iterator[str]:
    yield "["
    for place, value in enumerate(values):
        yield ("," if place else "") + "\n    " + _said(value)
    yield "]"


def _said(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_moment)


def _moment(value: Any) -> str:
    """Days and moments in ISO 8601, moments with their offset; lazy words as words."""
    return value.isoformat() if isinstance(value, dt.date) else str(value)
