"""Whether two statements say the same (xAPI 1.0.3, Data 2.3.1): what a repeated id is judged by.

What a store adds, and what may be told in other words (displays, definitions), is left out; dates are
compared as moments, durations to the hundredth of a second, and members of a group whatever their order.
"""

from __future__ import annotations

import json
import re
from typing import Any

from . import rules
from .keys import identifier_of
from .statements import KINDS_OF_CONTEXT

Json = Any

# Begun at the first digit only: else a long row of digits would be looked at from each of them.
_SECONDS = re.compile(r"(?<![0-9])([0-9]+)[.,]([0-9]{1,2})[0-9]*S")


def same(one: Json, other: Json) -> bool:
    """Whether both, checked, are one statement. Of ids only one given on each side counts."""
    ids = {statement["id"].lower() for statement in (one, other) if "id" in statement}
    if len(ids) > 1:
        return False
    left, right = _essence(one), _essence(other)
    if "timestamp" not in one or "timestamp" not in other:
        # Where none was given the store wrote its own.
        left.pop("timestamp", None)
        right.pop("timestamp", None)
    return left == right


def _essence(statement: Json) -> dict[str, Json]:
    thing = statement["object"]
    kind = thing.get("objectType", "Activity")
    made: dict[str, Json] = {
        "actor": _actor(statement["actor"]),
        "verb": statement["verb"]["id"],
        "object": [kind, thing["id"].lower() if kind == "StatementRef" else thing.get("id")],
    }
    if kind in {"Agent", "Group"}:
        made["object"] = _actor(thing)
    elif kind == "SubStatement":
        made["object"] = _essence(thing)
    if "result" in statement:
        made["result"] = dict(statement["result"])
        if "duration" in made["result"]:
            made["result"]["duration"] = _SECONDS.sub(r"\1.\2S", made["result"]["duration"])
    if "context" in statement:
        made["context"] = _context(statement["context"])
    if "timestamp" in statement:
        made["timestamp"] = rules.moment(statement["timestamp"])
    if statement.get("attachments"):
        made["attachments"] = sorted(
            [one["usageType"], one["contentType"], one["length"], one["sha2"].lower(), one.get("fileUrl", "")]
            for one in statement["attachments"]
        )
    return made


def _actor(actor: Json) -> Json:
    members = sorted((_actor(member) for member in actor.get("member", ())), key=json.dumps)
    return [actor.get("objectType", "Agent"), list(identifier_of(actor) or ()), members]


def _context(context: Json) -> Json:
    made = dict(context)
    if "registration" in made:
        made["registration"] = made["registration"].lower()
    for name in ("instructor", "team"):
        if name in made:
            made[name] = _actor(made[name])
    if "statement" in made:
        made["statement"] = made["statement"]["id"].lower()
    for name, kind in (("contextAgents", "agent"), ("contextGroups", "group")):
        if name in made:
            made[name] = sorted(
                ([_actor(one[kind]), sorted(one.get("relevantTypes", ()))] for one in made[name]),
                key=json.dumps,
            )
    activities = made.pop("contextActivities", {})
    for name in KINDS_OF_CONTEXT:
        given = activities.get(name, [])
        ids = sorted({one["id"] for one in (given if isinstance(given, list) else [given])})
        if ids:
            made[f"activities.{name}"] = ids
    return made
