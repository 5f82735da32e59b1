"""What a statement of a learning platform says of somebody's way through a course.

A statement is a course's where the course is its object, or stands among the parents or the grouping of its
context. What is said of a part (a video, a quiz) is progress or a failed try in the course; only what is said
of the course itself ends it. Questions inside a quiz say nothing: a wrong answer is no failed try.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from .keys import key_of

Json = Any

TYPES = frozenset(
    {
        "http://adlnet.gov/expapi/activities/course",
        "https://w3id.org/xapi/cmi5/activitytype/course",
        "http://vocab.xapi.fr/activities/course",
        "http://lrs.learninglocker.net/define/type/moodle/course",
    }
)
"""Types of activities that are a course."""
DONE = frozenset(
    {
        "http://adlnet.gov/expapi/verbs/completed",
        "http://adlnet.gov/expapi/verbs/mastered",
        "http://adlnet.gov/expapi/verbs/passed",
        "http://activitystrea.ms/schema/1.0/complete",
        "https://w3id.org/xapi/adl/verbs/satisfied",
        "https://w3id.org/xapi/dod-isd/verbs/completed",
    }
)
"""Verbs that say that something of a course is done."""
ONWARD = frozenset({"http://adlnet.gov/expapi/verbs/progressed"})
FAILED = "http://adlnet.gov/expapi/verbs/failed"
ANSWERING = frozenset(
    {
        "http://adlnet.gov/expapi/verbs/answered",
        "http://adlnet.gov/expapi/verbs/responded",
        "http://adlnet.gov/expapi/verbs/interacted",
    }
)
_WAYS = ("parent", "grouping")


@dataclass(frozen=True, slots=True)
class Step:
    """A step in a course: whether it ends the course, brings it forward, or is a try that failed."""

    course: UUID
    iri: str
    names: dict[str, str]
    finishes: bool
    advances: bool
    fails: bool


def steps(statement: Json, is_course: Callable[[UUID], bool]) -> Iterator[Step]:
    """The steps that a checked statement is, one for each course that it belongs to.

    `is_course` says of an activity's key whether it is known to be a course without being said so here.
    """
    thing = statement["object"]
    if thing.get("objectType", "Activity") != "Activity":
        return
    seen: set[UUID] = set()
    for activity in _activities(statement):
        key = key_of(activity["id"])
        definition = activity.get("definition", {})
        if key in seen or not (definition.get("type") in TYPES or is_course(key)):
            continue
        seen.add(key)
        done, failed = _told(statement)
        is_whole = activity["id"] == thing["id"]
        yield Step(
            key, activity["id"], dict(definition.get("name", {})),
            finishes=done and is_whole, advances=done or _moves(statement), fails=failed,
        )  # fmt: skip


def _activities(statement: Json) -> Iterator[Json]:
    yield statement["object"]
    around = statement.get("context", {}).get("contextActivities", {})
    for way in _WAYS:
        given = around.get(way, [])
        yield from given if isinstance(given, list) else (given,)


def _told(statement: Json) -> tuple[bool, bool]:
    """(something was brought to its end, a try failed)."""
    verb, result = statement["verb"]["id"], statement.get("result", {})
    if verb in ANSWERING:
        return False, False
    fails = verb == FAILED or result.get("success") is False
    ends = verb in DONE or result.get("completion") is True or result.get("success") is True
    return ends and not fails, fails


def _moves(statement: Json) -> bool:
    return statement["verb"]["id"] in ONWARD
