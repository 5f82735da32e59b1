"""Passeur's own activity as statements, derived from what rooms keep.

A room registers a *source*: which subjects it has, and the facts that are true of them now. An event says
which subjects to look at again; what is new is written, what is not true any more is voided. The same
function brings what happened before there was a store. All of it can be done twice, and changes nothing then.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from passeur.algorithms.xapi import keys
from passeur.algorithms.xapi.prepared import Prepared
from passeur.foundation.events import Event, subscribe

from ..errors import Clash
from ..models import Derivation
from ..protocols import Fact, Thing, Verb, authority_key, voiding
from . import recording

BATCH = 250
"""Subjects looked at in one go, and written in one transaction: some fifteen hundred statements of a past."""

Facts = Callable[[Sequence[int]], Iterable[Fact]]
Subjects = Callable[[Any], Iterable[int]]


@dataclass(frozen=True, slots=True)
class Source:
    """Where facts come from. `every` has all subjects, whose numbers grow with time.

    With `anchor`, the thing that all facts of a subject name: what is not true any more is voided, and
    `verbs` are this source's alone. Without, facts stay true.
    """

    name: str
    facts: Facts
    every: Callable[[], QuerySet[Any]]
    verbs: tuple[Verb, ...]
    anchor: Callable[[int], Thing] | None


sources: dict[str, Source] = {}
events: dict[str, set[str]] = defaultdict(set)
"""By the name of an event, the sources that it concerns."""


def source(
    name: str,
    *,
    every: Callable[[], QuerySet[Any]],
    verbs: Sequence[Verb],
    on: Mapping[type[Event], Subjects],
    anchor: Callable[[int], Thing] | None = None,
) -> Callable[[Facts], Facts]:
    """Register the function that gives the facts of some subjects; `on`: which ones an event concerns."""

    def register(function: Facts) -> Facts:
        sources[name] = Source(name, function, every, tuple(verbs), anchor)
        for event, subjects in on.items():
            events[event.name()].add(name)
            subscribe(event)(_listening(name, event, subjects))
        return function

    return register


def _listening(name: str, event: type[Event], subjects: Subjects) -> Callable[[Event], None]:
    """The subscriber; a name of its own, by which its jobs find it."""

    def listen(happened: Event) -> None:
        derive(sources[name], subjects(happened))

    listen.__name__ = listen.__qualname__ = f"derive_{name}_after_{event.__name__}"
    return listen


def derive(source: Source, subjects: Iterable[int]) -> int:
    """Bring the statements of these subjects up to what is true; how many were written."""
    ordered = sorted(set(subjects))
    return sum(_settle(source, ordered[start : start + BATCH]) for start in range(0, len(ordered), BATCH))


def catch_up(source: Source, *, seconds: float = float("inf")) -> Iterator[int]:
    """Go through all subjects from where it was left; gives how many statements each step wrote.

    Subjects that came since are new numbers: doing it from time to time finds what no event told.
    """
    until = timezone.now().timestamp() + min(seconds, 1e9)
    Derivation.objects.get_or_create(source=source.name)
    while timezone.now().timestamp() < until:
        with transaction.atomic():
            # Whoever is at it goes to the end: two processes would write the same, and one of them in vain.
            at = Derivation.objects.select_for_update(skip_locked=True).filter(source=source.name).first()
            if at is None:
                return
            found = source.every().filter(pk__gt=at.position).order_by("pk")
            numbers = list(found.values_list("pk", flat=True)[:BATCH])
            if not numbers:
                return
            written = derive(source, numbers)
            at.position = numbers[-1]
            at.save(update_fields=["position"])
        yield written


def untold(name: str, *, after: int, most: int) -> list[int]:
    """The first subjects of a source with a number beyond `after` of which no statement says anything.

    Where a source has no anchor, those that `catch_up` has not come to.
    """
    source = sources[name]
    if source.anchor is None:
        kept = Derivation.objects.filter(source=name).values_list("position", flat=True).first() or 0
        after = max(after, kept)
    found: list[int] = []
    while len(found) < most:
        numbers = list(
            source.every()
            .filter(pk__gt=after)
            .order_by("pk")
            .values_list("pk", flat=True)[: most - len(found)]
        )
        if not numbers:
            break
        after = numbers[-1]
        known = _defined([source.anchor(one) for one in numbers]) if source.anchor is not None else set()
        found += [one for one in numbers if source.anchor is None or source.anchor(one).key not in known]
    return found


def pass_over() -> None:
    """All that is there now was derived by other ways: `catch_up` goes on with what comes."""
    for name, source in sources.items():
        last = source.every().order_by("-pk").values_list("pk", flat=True).first()
        if last is not None:
            kept, _ = Derivation.objects.get_or_create(source=name)
            Derivation.objects.filter(pk=kept.pk, position__lt=last).update(position=last)


def begin_again() -> None:
    """Look at everything once more, the next time."""
    Derivation.objects.all().delete()


_STANDING = """
SELECT i.id, s.is_voided FROM records_statementid i
  LEFT JOIN records_statement s ON s.id = i.id AND s.stored = i.stored
 WHERE i.id = ANY(%s::uuid[])
"""
# Our statements define what they are about: an anchor that nothing defines, no statement of ours names.
_DEFINED = "SELECT key FROM records_activity WHERE key = ANY(%s::uuid[])"
_TOLD = """
SELECT id FROM records_statement
 WHERE related_activities && %s::uuid[] AND authority = %s AND verb = ANY(%s::uuid[]) AND NOT is_voided
"""


def _settle(source: Source, subjects: Sequence[int]) -> int:
    """One try more where somebody else wrote the same meanwhile."""
    for _ in range(3):
        try:
            with transaction.atomic():
                return _settle_once(source, subjects)
        except Clash:
            continue
    with transaction.atomic():
        return _settle_once(source, subjects)


def _settle_once(source: Source, subjects: Sequence[int]) -> int:
    facts = list(source.facts(subjects))
    new, standing = _untold(facts)
    if source.anchor is not None:
        now = timezone.now()
        new += [voiding(one, now) for one in _told(source, subjects) if one not in standing]
    # All is ready before the store's clock is held, which is from here to the commit.
    ready = [prepared(one) for one in new]
    recording.record(ready, authority=authority_key(), contents={}, defines=True)
    return len(new)


def _told(source: Source, subjects: Sequence[int]) -> list[str]:
    """The ids of what was said of these subjects and is not voided."""
    if source.anchor is None:
        return []
    defined = _defined([source.anchor(subject) for subject in subjects])
    if not defined:
        return []
    verbs = _array(str(verb.key) for verb in source.verbs)
    told = _rows(_TOLD, [_array(map(str, defined)), authority_key(), verbs])
    return [str(row[0]) for row in told]


def _defined(anchors: Iterable[Thing]) -> set[UUID]:
    """Of these, the keys that statements have named."""
    return {row[0] for row in _rows(_DEFINED, [_array(str(one.key) for one in anchors)])}


def _untold(facts: Sequence[Fact]) -> tuple[list[dict[str, Any]], set[str]]:
    """The statements of facts that none tells; and the ids of those that all facts stand in.

    What was voided and is true again is told anew. What was erased, or went with its month, is not.
    """
    new: list[dict[str, Any]] = []
    standing: set[str] = set()
    asked: Mapping[str, Fact] = {fact.id(): fact for fact in facts}
    time = 0
    while asked:
        known = dict(_rows(_STANDING, [_array(asked)]))
        again: dict[str, Fact] = {}
        for key, fact in asked.items():
            is_voided = known.get(UUID(key), "absent")
            if is_voided is True:
                again[fact.id(time + 1)] = fact
                continue
            standing.add(key)
            if is_voided == "absent":
                new.append(fact.statement(time))
        asked, time = again, time + 1
    return new, standing


def prepared(statement: dict[str, Any]) -> Prepared:
    """One of our statements, ready to be written; that they are as xAPI wants them, tests check."""
    words = _written(statement)
    at = dt.datetime.fromisoformat(statement["timestamp"])
    return Prepared(statement["id"], keys.find(statement), at, words[:-1])


_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _array(ids: Iterable[str]) -> str:
    """Ids as PostgreSQL reads an array of them: less work than adapting each."""
    return f"{{{','.join(ids)}}}"


def _rows(sql: str, values: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[Any] = cursor.fetchall()
    return rows
