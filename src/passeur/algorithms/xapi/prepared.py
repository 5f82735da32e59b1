"""A statement as it is kept: the words received, what the store adds to them, and what it is found by."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import uuid4

from . import keys, reading, rules
from .errors import TooLarge
from .reading import Written
from .statements import Edition, a_statement

LONGEST = 1024 * 1024  # characters of one statement: a page holds hundreds of them

Json = Any


@dataclass(slots=True)
class Prepared:
    """One statement, checked, with its `id`; all but `stored`, which the store knows when it writes.

    `words`: the statement as JSON, open at its end. `attachments`: of a statement inside it too.
    """

    id: str
    found: keys.Found
    timestamp: dt.datetime | None
    words: str
    attachments: tuple[Json, ...] = ()

    @property
    def members(self) -> dict[str, Json]:
        """It, read. Seldom needed: where an id comes again, or a signature."""
        read: dict[str, Json] = json.loads(f"{self.words}}}")
        return read

    def body(self, stored: dt.datetime) -> str:
        """The statement with `stored`, as JSON."""
        at = rules.written(stored)
        timestamp = "" if self.timestamp is not None else f',"timestamp":"{at}"'
        return f'{self.words}{timestamp},"stored":"{at}"}}'

    @property
    def hashes(self) -> list[str]:
        """The SHA-2 of its attachments, of a statement inside it too."""
        return [attachment["sha2"].lower() for attachment in self.attachments]


def attachments_of(statement: Json) -> list[Json]:
    """Its attachments, and those of a statement inside it."""
    return [*statement.get("attachments", ()), *statement["object"].get("attachments", ())]


def prepare(
    written: Written, edition: Edition, authority: Json, *, where: str, id: str | None = None
) -> Prepared:
    """Check a statement as it was received, and give it what it lacks.

    `id` is what the address of the request says; `authority` vouches for it, whatever the statement says.
    """
    if len(written.text) > LONGEST:
        raise TooLarge(where, f"has more than {LONGEST} characters: put what is long into an attachment")
    a_statement(written.members, edition, where)
    members = {**written.members, "authority": authority}
    members["id"] = (members.get("id") or id or str(uuid4())).lower()
    members.setdefault("version", version_of(edition))
    timestamp = rules.moment(members["timestamp"]) if "timestamp" in members else None
    return Prepared(
        members["id"], keys.find(members), timestamp, _words(written, members), tuple(attachments_of(members))
    )


def _words(written: Written, members: dict[str, Json]) -> str:
    """The statement as it was written, with what is added, open for `stored`."""
    before = written.members
    added = {
        "authority": _said(members["authority"]),
        "version": _quoted(members["version"]),
        "id": f'"{members["id"]}"',
    }
    new = {name: text for name, text in added.items() if before.get(name) != members[name]}
    one_by_one = _lacks_arrays(before) or _lacks_arrays(before["object"])
    if one_by_one or "stored" in before or not before.keys().isdisjoint(new):
        texts = written.texts()
        texts.pop("stored", None)
        if _lacks_arrays(before):
            texts["context"] = _with_arrays(texts["context"])
        if _lacks_arrays(before["object"]):
            inner = _split(texts["object"])
            inner["context"] = _with_arrays(inner["context"])
            texts["object"] = _joined(inner)
        return _joined({**texts, **new})[:-1]
    return written.text[:-1] + "".join(f",{_quoted(name)}:{text}" for name, text in new.items())


def _lacks_arrays(statement: Json) -> bool:
    """Whether an activity of its context stands by itself."""
    activities = statement.get("context", {}).get("contextActivities", {})
    return not all(isinstance(one, list) for one in activities.values())


def _with_arrays(context: str) -> str:
    """A context whose activities all stand in arrays, as they are told to everybody."""
    parts = _split(context)
    activities = _split(parts["contextActivities"])
    parts["contextActivities"] = _joined(
        {name: text if text.startswith("[") else f"[{text}]" for name, text in activities.items()}
    )
    return _joined(parts)


def _split(text: str) -> dict[str, str]:
    return reading.objects_of(text)[0][0].texts()


def _joined(texts: dict[str, str]) -> str:
    return "{" + ",".join(f"{_quoted(key)}:{text}" for key, text in texts.items()) + "}"


@lru_cache(maxsize=1000)
def _quoted(key: str) -> str:
    return json.dumps(key)


def _said(authority: Json) -> str:
    return json.dumps(authority, ensure_ascii=False, separators=(",", ":"))


def vouched(authority: Json) -> str:
    """The member that says who vouches for a statement, as it is added to one."""
    return f',"authority":{_said(authority)}'


def version_of(edition: Edition) -> str:
    """What is the version of a statement that says none."""
    return "1.0.0" if edition is Edition.ONE else edition.value
