"""A statement as it is kept: the words received, what the store adds to them, and what it is found by."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import uuid4

from . import keys, reading, rules
from .reading import Written
from .statements import Edition, a_statement

Json = Any


@dataclass(frozen=True, slots=True)
class Prepared:
    """One statement, checked, with its `id`; all but `stored`, which the store knows when it writes."""

    id: str
    members: dict[str, Json]
    found: keys.Found
    timestamp: dt.datetime | None
    words: str

    def body(self, stored: dt.datetime) -> str:
        """The statement with `stored`, as JSON."""
        at = rules.written(stored)
        timestamp = "" if self.timestamp is not None else f',"timestamp":"{at}"'
        return f'{self.words}{timestamp},"stored":"{at}"}}'

    @property
    def hashes(self) -> list[str]:
        """The SHA-2 of its attachments, of a statement inside it too."""
        given = [*self.members.get("attachments", ()), *self.members["object"].get("attachments", ())]
        return [attachment["sha2"].lower() for attachment in given]


def prepare(
    written: Written, edition: Edition, authority: Json, *, where: str, id: str | None = None
) -> Prepared:
    """Check a statement as it was received, and give it what it lacks.

    `id` is what the address of the request says; `authority` vouches for it, whatever the statement says.
    """
    a_statement(written.members, edition, where)
    members = {**written.members, "authority": authority}
    texts = {**written.texts, "authority": _said(authority)}
    members["id"] = (members.get("id") or id or str(uuid4())).lower()
    texts["id"] = f'"{members["id"]}"'
    members.setdefault("version", "1.0.0" if edition is Edition.ONE else edition.value)
    texts["version"] = _quoted(members["version"])
    texts.pop("stored", None)
    if "contextActivities" in members.get("context", ()):
        texts["context"] = _with_arrays(texts["context"])
    if "contextActivities" in members["object"].get("context", ()):
        inner = _members(texts["object"])
        inner["context"] = _with_arrays(inner["context"])
        texts["object"] = _joined(inner)
    timestamp = rules.moment(members["timestamp"]) if "timestamp" in members else None
    return Prepared(members["id"], members, keys.find(members), timestamp, _joined(texts)[:-1])


def _with_arrays(context: str) -> str:
    """A context whose activities all stand in arrays, as they are told to everybody."""
    parts = _members(context)
    activities = _members(parts["contextActivities"])
    parts["contextActivities"] = _joined(
        {name: text if text.startswith("[") else f"[{text}]" for name, text in activities.items()}
    )
    return _joined(parts)


def _members(text: str) -> dict[str, str]:
    return reading.objects_of(text)[0][0].texts


def _joined(texts: dict[str, str]) -> str:
    return "{" + ",".join(f"{_quoted(key)}:{text}" for key, text in texts.items()) + "}"


@lru_cache(maxsize=1000)
def _quoted(key: str) -> str:
    return json.dumps(key)


def _said(authority: Json) -> str:
    return json.dumps(authority, ensure_ascii=False, separators=(",", ":"))
