"""How far people are in courses, read from what others told the store, as it comes.

Reading goes on from where it stopped, in steps; each is one transaction. What a statement adds is the
earliest or the latest of moments, so that statements of days ago may come today, and twice.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from passeur.algorithms.xapi import courses as rules
from passeur.algorithms.xapi import keys
from passeur.algorithms.xapi.objects import VOIDED
from passeur.foundation import events as bus

from ..events import LearningMoved
from ..models import Activity, Course, CourseReading, CourseTie, Learning, Statement
from ..models.courses import EPOCH
from ..protocols import authority_key
from ..queries import statements as store

STEP = 2_000
"""Statements in one transaction."""
FAILURES = 10
"""So many failed tries are kept of a person in a course."""
_VOIDING = keys.key_of(VOIDED)
Pair = tuple[UUID, UUID]
"""(course, agent), by their keys."""

_NEXT = """
SELECT s.stored, s.timestamp, s.actor, s.verb, s.is_voided, s.related_activities, s.body::text
  FROM records_statement s
 WHERE s.stored > %s AND s.stored <= %s AND s.authority <> %s ORDER BY s.stored LIMIT %s
"""
_VOIDED = """
SELECT s.timestamp, s.actor, s.related_activities, s.body::text
  FROM records_statementid i JOIN records_statement s ON s.id = i.id AND s.stored = i.stored
 WHERE i.id = ANY(%s::uuid[])
"""


@dataclass(slots=True)
class _Way:
    """What statements add to one person's way through one course."""

    moments: list[dt.datetime] = field(default_factory=list)
    advanced: list[dt.datetime] = field(default_factory=list)
    finished: list[dt.datetime] = field(default_factory=list)
    failed: set[dt.datetime] = field(default_factory=set)

    def take(self, step: rules.Step, at: dt.datetime) -> None:
        self.moments.append(at)
        self.advanced += [at] if step.advances else []
        self.finished += [at] if step.finishes else []
        self.failed |= {at} if step.fails else set()


class _Step:
    """Statements of one step: which courses they name, and what they add to whose way."""

    def __init__(self, known: Mapping[UUID, Course]) -> None:
        self.known = dict(known)
        self.names: dict[UUID, tuple[str, dict[str, str]]] = {}
        self.ways: dict[Pair, _Way] = defaultdict(_Way)

    def take(self, actor: UUID | None, at: dt.datetime, statement: Any) -> None:
        for step in rules.steps(statement, lambda key: key in self.known or key in self.names):
            if step.course not in self.names or step.names:
                self.names[step.course] = (step.iri, step.names)
            if actor is not None:
                self.ways[step.course, actor].take(step, at)


def read_on(step: int = STEP) -> int:
    """Read what came since the last time; how many statements were looked at."""
    total = 0
    while done := _advance(step):
        total += done
    return total


def _advance(step: int) -> int:
    with transaction.atomic():
        CourseReading.objects.get_or_create(pk=1)
        reading = CourseReading.objects.select_for_update().get(pk=1)
        with connection.cursor() as cursor:
            cursor.execute(_NEXT, [reading.through, store.consistent_through(), authority_key(), step])
            rows = cursor.fetchall()
        if not rows:
            return 0
        named = {key for row in rows for key in row[5]}
        read, voided = _Step(_courses(named)), []
        for _stored, at, actor, verb, is_voided, _related, body in rows:
            if verb == _VOIDING:
                voided.append(json.loads(body)["object"]["id"])
            elif not is_voided:
                read.take(actor, at, json.loads(body))
        numbers = _keep_courses(read)
        moved = _keep_ways(read.ways, numbers)
        moved |= _take_back(voided)
        _announce(moved)
        reading.through = rows[-1][0]
        reading.save(update_fields=["through"])
    return len(rows)


def _courses(named: Iterable[UUID]) -> dict[UUID, Course]:
    """Those of these activities that are courses: found before, or defined as one by a program that may."""
    named = list(named)
    found = {course.key: course for course in Course.objects.filter(key__in=named)}
    defined = Activity.objects.filter(key__in=named, definition__type__in=list(rules.TYPES))
    new = [one for one in defined if one.key not in found]
    made = [Course(key=one.key, iri=one.iri, name=one.definition.get("name", {})) for one in new]
    Course.objects.bulk_create(made, ignore_conflicts=True)
    return found | {course.key: course for course in Course.objects.filter(key__in=[one.key for one in new])}


def _keep_courses(read: _Step) -> dict[UUID, int]:
    """Make the courses that are new, call each as it was called last; their numbers by key."""
    there = {course.key: course for course in Course.objects.filter(key__in=list(read.names))}
    new = [Course(key=key, iri=iri, name=name) for key, (iri, name) in read.names.items() if key not in there]
    Course.objects.bulk_create(new, ignore_conflicts=True)
    for key, course in there.items():
        name = {**course.name, **read.names[key][1]}
        if name != course.name:
            course.name = name
            course.save(update_fields=["name"])
    return dict(Course.objects.filter(key__in=list(read.names)).values_list("key", "pk"))


def _keep_ways(ways: Mapping[Pair, _Way], numbers: Mapping[UUID, int]) -> set[tuple[int, UUID]]:
    """Add what was read to how far each person is; (course, agent) of those who moved."""
    wanted = {(numbers[course], agent): way for (course, agent), way in ways.items()}
    rows = Learning.objects.select_for_update().filter(
        course__in={course for course, _ in wanted}, agent__in={agent for _, agent in wanted}
    )
    there = {(row.course_id, row.agent): row for row in rows}
    moved: set[tuple[int, UUID]] = set()
    new, changed = [], []
    for place, way in sorted(wanted.items(), key=lambda item: (item[0][0], str(item[0][1]))):
        row = there.get(place)
        if row is None:
            new.append(_add(Learning(course_id=place[0], agent=place[1], begun_at=min(way.moments),
                                     last_at=max(way.moments)), way))  # fmt: skip
        else:
            before = _state(row)
            if _state(_add(row, way)) == before:
                continue
            changed.append(row)
        moved.add(place)
    Learning.objects.bulk_create(new)
    Learning.objects.bulk_update(changed, ["begun_at", "last_at", "advanced_at", "finished_at", "failed"])
    return moved


def _add(row: Learning, way: _Way) -> Learning:
    row.begun_at, row.last_at = min(row.begun_at, *way.moments), max(row.last_at, *way.moments)
    if way.advanced:
        row.advanced_at = max(way.advanced + [at for at in [row.advanced_at] if at])
    if way.finished:
        row.finished_at = min(way.finished + [at for at in [row.finished_at] if at])
    row.failed = sorted({*row.failed, *way.failed})[-FAILURES:]
    return row


def _state(row: Learning) -> tuple[object, ...]:
    return row.begun_at, row.last_at, row.advanced_at, row.finished_at, tuple(row.failed)


def _take_back(voided: list[str]) -> set[tuple[int, UUID]]:
    """What was voided is said no more: these ways are made again of what the store still has of them.

    When somebody began stays: the statements of the first weeks may be past their time.
    """
    if not voided:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_VOIDED, [voided])
        rows = cursor.fetchall()
    moved = set()
    for _at, actor, related, _body in rows:
        for row in Learning.objects.filter(agent=actor, course__key__in=related).select_related("course"):
            _make_again(row)
            moved.add((row.course_id, row.agent))
    return moved


def _make_again(row: Learning) -> None:
    way = _Way()
    for at, statement in _still_said(row):
        for step in rules.steps(statement, lambda key: key == row.course.key):
            if step.course == row.course.key:
                way.take(step, at)
    if not way.moments:
        row.delete()
        return
    row.last_at, row.advanced_at, row.finished_at, row.failed = row.begun_at, None, None, []
    _add(row, way).save()


def _still_said(row: Learning) -> Iterator[tuple[dt.datetime, Any]]:
    found = Statement.objects.filter(
        agents__contains=[row.agent],
        actor=row.agent,
        related_activities__contains=[row.course.key],
        is_voided=False,
    )
    for at, body in found.values_list("timestamp", "body"):
        yield at, json.loads(body)


def _announce(moved: set[tuple[int, UUID]]) -> None:
    """Tell of those in courses that somebody cares for; nobody hears of the others."""
    tied = set(
        CourseTie.objects.filter(course__in={course for course, _ in moved}).values_list("course", flat=True)
    )
    told = [(course, agent) for course, agent in moved if course in tied]
    if told:
        courses = sorted({course for course, _ in told})
        bus.publish(LearningMoved(courses, sorted({str(agent) for _, agent in told})))


def through() -> dt.datetime:
    """Until where the store was read: what is later is not let go of yet."""
    return CourseReading.objects.filter(pk=1).values_list("through", flat=True).first() or EPOCH


def forget(unfinished: dt.datetime, finished: dt.datetime) -> int:
    """Forget who did nothing more in a course since the first moment; the second, if they finished it."""
    gone = Learning.objects.filter(last_at__lt=unfinished, finished_at=None)
    done = Learning.objects.filter(last_at__lt=finished)
    return gone.delete()[0] + done.delete()[0]
