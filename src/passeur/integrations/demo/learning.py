"""What the learning platform of the demonstration told: who began a course, tried, ended it, or stopped."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from django.contrib.auth import get_user_model

from passeur.communities.queries import scopes
from passeur.records import protocols as records
from passeur.records.choices import Tied
from passeur.records.queries import courses as queries
from passeur.records.services import courses, importing, tying
from passeur.skills import queries as skills

from .clock import Clock
from .files import CommunityFiles

_IDS = UUID("0d6b8a52-7f0e-4c57-9a57-0d6f3f5f2b61")
_ADL = "http://adlnet.gov/expapi/verbs/"
BEGUN, TRIES = 12, 2
"""Days between the beginning of a course and how it goes on; tries of whoever is stuck."""


def provide_courses(files: CommunityFiles, community: int, members: Mapping[str, int], clock: Clock) -> None:
    """Statements of courses as a platform sends them, and the theme that each course is about."""
    told = files.about.get("courses", [])
    if not told:
        return
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder, "statements.jsonl")
        lines.write_text(
            "".join(f"{json.dumps(one)}\n" for course in told for one in _steps(course, members, clock))
        )
        importing.load(lines)
    courses.read_on()
    (place,) = scopes.by_id([community])
    leads = get_user_model()._default_manager.get(pk=members[files.about["roles"]["lcm"][0]])
    for course in told:
        found = queries.visible(leads, Tied.ALL, course["id"]).get(iri=course["id"])
        (theme,), _unknown = skills.resolve(place, [course["theme"]])
        tying.tie(course=found, community=place, theme=theme, by=leads)


def _steps(course: Mapping[str, Any], members: Mapping[str, int], clock: Clock) -> Iterator[dict[str, Any]]:
    whole = {
        "id": course["id"],
        "definition": {"type": "http://adlnet.gov/expapi/activities/course", "name": course["name"]},
    }
    parts = {
        "contextActivities": {"parent": [{"id": course["id"], "definition": whole["definition"]}]},
    }
    test = {
        "id": f"{course['id']}/test",
        "definition": {"type": "http://adlnet.gov/expapi/activities/assessment"},
    }

    def said(who: str, verb: str, thing: Mapping[str, Any], at: dt.datetime) -> dict[str, Any]:
        return {
            "id": str(uuid5(_IDS, f"{course['id']} {who} {verb} {at.isoformat()}")),
            "actor": records.agent(members[who]),
            "verb": {"id": f"{_ADL}{verb}"},
            "object": thing,
            "timestamp": at.isoformat(),
            **({} if thing is whole else {"context": parts}),
        }

    for one in course.get("finished", []):
        yield said(one["who"], "initialized", whole, clock.ago(one["days_ago"] + BEGUN))
        yield said(one["who"], "completed", whole, clock.ago(one["days_ago"]))
    for one in course.get("stuck", []):
        yield said(one["who"], "initialized", whole, clock.ago(one["days_ago"] + BEGUN))
        for place in range(TRIES):
            yield said(one["who"], "failed", test, clock.ago(one["days_ago"] + TRIES - 1 - place))
    for one in course.get("steady", []):
        for ago in one["days_ago"]:
            yield said(one["who"], "progressed", whole, clock.ago(ago))
    for one in course.get("stopped", []):
        yield said(one["who"], "initialized", whole, clock.ago(one["days_ago"]))
