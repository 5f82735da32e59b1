"""A statement, checked whole (xAPI 1.0.3, Data 2; 2.0, 4.2)."""

from __future__ import annotations

import re
from enum import Enum

from . import rules
from .actors import a_group, an_actor, an_agent, an_authority
from .errors import Invalid
from .objects import VOIDED, a_verb, an_activity, an_attachment
from .pieces import (
    Json,
    a_boolean,
    a_moment,
    a_number,
    a_string,
    a_uuid,
    an_array,
    an_iri,
    an_object,
    extensions,
    only,
)


class Edition(Enum):
    """The two editions spoken; the value is what the header of an answer says."""

    ONE = "1.0.3"
    TWO = "2.0.0"


_SUBSTATEMENT = frozenset(
    {"objectType", "actor", "verb", "object", "result", "context", "timestamp", "attachments"}
)
_STATEMENT = (_SUBSTATEMENT - {"objectType"}) | {"id", "stored", "authority", "version"}
_REFERENCE = frozenset({"objectType", "id"})
_RESULT = frozenset({"score", "success", "completion", "response", "duration", "extensions"})
_SCORE = frozenset({"scaled", "raw", "min", "max"})
_CONTEXT = {
    Edition.ONE: frozenset(
        {
            "registration", "instructor", "team", "contextActivities", "revision", "platform", "language",
            "statement", "extensions",
        }
    )
}  # fmt: skip
_CONTEXT[Edition.TWO] = _CONTEXT[Edition.ONE] | {"contextAgents", "contextGroups"}
KINDS_OF_CONTEXT = ("parent", "grouping", "category", "other")
_KINDS = frozenset(KINDS_OF_CONTEXT)
_VERSIONS = {
    Edition.ONE: re.compile(r"1\.0(?:\.[0-9]+)?"),
    Edition.TWO: re.compile(r"[12]\.0(?:\.[0-9]+)?"),
}


def a_statement(value: Json, edition: Edition, where: str = "statement") -> None:
    """Raise `Invalid` unless it is a statement of that edition."""
    given = an_object(value, where)
    only(given, _STATEMENT, where)
    if "id" in given:
        a_uuid(given["id"], f"{where}.id")
    if "stored" in given:
        a_moment(given["stored"], f"{where}.stored")
    if "authority" in given:
        an_authority(given["authority"], f"{where}.authority")
    if "version" in given:
        a_version(given["version"], edition, f"{where}.version")
    _body(given, edition, where, is_outer=True)


def a_version(value: Json, edition: Edition, where: str) -> None:
    if not _VERSIONS[edition].fullmatch(a_string(value, where)):
        raise Invalid(where, f"expected {edition.value}")


def _body(given: Json, edition: Edition, where: str, *, is_outer: bool) -> None:
    """What a statement and a statement inside it have in common."""
    for name in ("actor", "verb", "object"):
        if name not in given:
            raise Invalid(where, f"lacks its {name}")
    an_actor(given["actor"], f"{where}.actor")
    a_verb(given["verb"], f"{where}.verb")
    kind = _object(given["object"], edition, f"{where}.object", is_outer=is_outer)
    if given["verb"]["id"] == VOIDED and kind != "StatementRef":
        raise Invalid(
            f"{where}.object", "what voids names the statement that it voids (objectType StatementRef)"
        )
    if "result" in given:
        a_result(given["result"], f"{where}.result")
    if "context" in given:
        a_context(given["context"], edition, f"{where}.context", is_about_activity=kind == "Activity")
    if "timestamp" in given:
        a_moment(given["timestamp"], f"{where}.timestamp")
    if "attachments" in given:
        for number, attachment in enumerate(an_array(given["attachments"], f"{where}.attachments")):
            an_attachment(attachment, f"{where}.attachments[{number}]")


def _object(value: Json, edition: Edition, where: str, *, is_outer: bool) -> str:
    """Check what the statement is about; gives its kind."""
    kind = an_object(value, where).get("objectType", "Activity")
    if kind == "Activity":
        an_activity(value, where)
    elif kind == "Agent":
        an_agent(value, where)
    elif kind == "Group":
        a_group(value, where)
    elif kind == "StatementRef":
        a_reference(value, where)
    elif kind == "SubStatement" and is_outer:
        only(value, _SUBSTATEMENT, where)
        _body(value, edition, where, is_outer=False)
    else:
        kinds = "Activity, Agent, Group or StatementRef" + (" or SubStatement" if is_outer else "")
        raise Invalid(f"{where}.objectType", f"expected {kinds}")
    return str(kind)


def a_reference(value: Json, where: str) -> None:
    """A pointer to another statement."""
    given = an_object(value, where)
    only(given, _REFERENCE, where)
    if given.get("objectType") != "StatementRef":
        raise Invalid(f"{where}.objectType", "expected StatementRef")
    a_uuid(given.get("id"), f"{where}.id")


def a_result(value: Json, where: str) -> None:
    given = an_object(value, where)
    only(given, _RESULT, where)
    if "score" in given:
        _score(given["score"], f"{where}.score")
    for name in ("success", "completion"):
        if name in given:
            a_boolean(given[name], f"{where}.{name}")
    if "response" in given:
        a_string(given["response"], f"{where}.response")
    if "duration" in given and not rules.is_duration(a_string(given["duration"], f"{where}.duration")):
        raise Invalid(f"{where}.duration", "expected a duration of ISO 8601, such as PT1H30M")
    if "extensions" in given:
        extensions(given["extensions"], f"{where}.extensions")


def _score(value: Json, where: str) -> None:
    given = an_object(value, where)
    only(given, _SCORE, where)
    numbers = {name: a_number(given[name], f"{where}.{name}") for name in given}
    if not -1 <= numbers.get("scaled", 0) <= 1:
        raise Invalid(f"{where}.scaled", "expected a number from -1 to 1")
    low, high, raw = numbers.get("min"), numbers.get("max"), numbers.get("raw")
    if low is not None and high is not None and low >= high:
        raise Invalid(f"{where}.min", "expected less than max")
    if raw is not None and ((low is not None and raw < low) or (high is not None and raw > high)):
        raise Invalid(f"{where}.raw", "expected a number between min and max")


def a_context(value: Json, edition: Edition, where: str, *, is_about_activity: bool) -> None:
    given = an_object(value, where)
    only(given, _CONTEXT[edition], where)
    if "registration" in given:
        a_uuid(given["registration"], f"{where}.registration")
    if "instructor" in given:
        an_actor(given["instructor"], f"{where}.instructor")
    if "team" in given:
        a_group(given["team"], f"{where}.team")
    if "contextActivities" in given:
        _context_activities(given["contextActivities"], f"{where}.contextActivities")
    for name in ("revision", "platform"):
        if name in given:
            a_string(given[name], f"{where}.{name}")
            if not is_about_activity:
                raise Invalid(f"{where}.{name}", "stands only where the object is an activity")
    if "language" in given and not rules.is_language(a_string(given["language"], f"{where}.language")):
        raise Invalid(f"{where}.language", "expected a language tag of RFC 5646, such as fr or en-GB")
    if "statement" in given:
        a_reference(given["statement"], f"{where}.statement")
    if "extensions" in given:
        extensions(given["extensions"], f"{where}.extensions")
    for name, kind in (("contextAgents", "agent"), ("contextGroups", "group")):
        if name in given:
            for number, one in enumerate(an_array(given[name], f"{where}.{name}")):
                _context_actor(one, kind, f"{where}.{name}[{number}]")


def _context_activities(value: Json, where: str) -> None:
    given = an_object(value, where)
    only(given, _KINDS, where)
    for name, activities in given.items():
        if isinstance(activities, list):
            for number, activity in enumerate(activities):
                an_activity(activity, f"{where}.{name}[{number}]")
        else:
            an_activity(activities, f"{where}.{name}")


def _context_actor(value: Json, kind: str, where: str) -> None:
    """An agent or a group of the context, with why it matters there (2.0 only)."""
    given = an_object(value, where)
    only(given, {"objectType", kind, "relevantTypes"}, where)
    if given.get("objectType") != f"context{kind.capitalize()}":
        raise Invalid(f"{where}.objectType", f"expected context{kind.capitalize()}")
    (an_agent if kind == "agent" else a_group)(given.get(kind), f"{where}.{kind}")
    if "relevantTypes" in given:
        types = an_array(given["relevantTypes"], f"{where}.relevantTypes")
        if not types:
            raise Invalid(f"{where}.relevantTypes", "expected at least one type")
        for number, one in enumerate(types):
            an_iri(one, f"{where}.relevantTypes[{number}]")
