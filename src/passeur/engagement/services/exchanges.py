"""Exchanges as they stand, told by the room that judges them; and their days, with waits in bins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection, transaction

from ..models import Exchange, Participant
from . import people, responding
from .responding import day_of


@dataclass(frozen=True, slots=True)
class Told:
    """An exchange as `conversations` judges it; people are members, by number, and wrote in it first then.

    `words` are those of its opening. In its first two weeks it `reached` so many others, and `is_useful` to
    somebody, or not.
    """

    number: int
    community: int
    kind: str
    asks: bool
    asked_at: dt.datetime
    state: str
    is_resolved: bool
    asker: int | None = None
    themes: Sequence[int] = ()
    replied_at: dt.datetime | None = None
    due_at: dt.datetime | None = None
    accepted_at: dt.datetime | None = None
    closed_at: dt.datetime | None = None
    helper: int | None = None
    is_helpful: bool = False
    channel: int | None = None
    words: int = 0
    reached: int = 0
    is_useful: bool = False
    participants: Mapping[int, dt.datetime] = field(default_factory=dict)


_UPDATED = (
    "community", "themes", "kind", "asks", "asker", "helper", "asked_at", "replied_at", "due_at",
    "accepted_at", "closed_at", "state", "is_resolved", "is_helpful", "channel", "words", "reached",
    "is_useful",
)  # fmt: skip
_FIRST = """
WITH asking AS (
    SELECT * FROM unnest(%s::int[], %s::int[]) AS p (community, asker)
), first AS (
    SELECT f.number, f.is_first FROM asking p CROSS JOIN LATERAL (
        SELECT e.number, e.is_first FROM engagement_exchange e
         WHERE e.community = p.community AND e.asker = p.asker ORDER BY e.asked_at, e.number LIMIT 1
    ) f
)
UPDATE engagement_exchange x SET is_first = NOT x.is_first
  FROM (
    SELECT number FROM first WHERE NOT is_first
    UNION ALL
    SELECT e.number FROM asking p JOIN engagement_exchange e
        ON e.community = p.community AND e.asker = p.asker AND e.is_first
     WHERE NOT EXISTS (SELECT FROM first f WHERE f.number = e.number)
  ) f
 WHERE f.number = x.number
RETURNING x.community, (x.asked_at AT TIME ZONE %s)::date
"""
_TAKING_PART = """
INSERT INTO engagement_participant (exchange_id, actor, community, day)
SELECT * FROM unnest(%s::bigint[], %s::int[], %s::int[], %s::date[])
"""
MANY = 20
"""Of more exchanges told together, days are made later, once: an import touches each a hundred times."""


def follow_exchanges(facts: Sequence[Told], *, gone: Iterable[int] = ()) -> None:
    """Keep these exchanges as they stand now, forget those `gone`, and make their days again; of many, soon.

    Telling the same again changes nothing.
    """
    with transaction.atomic():
        numbers = sorted({one.number for one in facts} | set(gone))
        before = {one.number: one for one in Exchange.objects.select_for_update().filter(pk__in=numbers)}
        touched = {(one.community, day_of(one.asked_at)) for one in before.values()}
        Exchange.objects.filter(pk__in=list(gone)).delete()
        actors = people.meet(_members(facts))
        Exchange.objects.bulk_create(
            [_row(one, actors) for one in facts],
            update_conflicts=True, unique_fields=["number"], update_fields=_UPDATED,
        )  # fmt: skip
        Participant.objects.filter(exchange__in=[one.number for one in facts]).delete()
        _take_part(facts, actors)
        askers = {(one.community, actors[one.asker]) for one in facts if one.asker is not None}
        askers |= {(one.community, one.asker) for one in before.values() if one.asker is not None}
        touched |= {(one.community, day_of(one.asked_at)) for one in facts} | _find_first(askers)
        if len(numbers) > MANY:
            responding.mark(touched)
        else:
            responding.remake(touched)


def _take_part(facts: Sequence[Told], actors: Mapping[int, int]) -> None:
    rows = [
        (one.number, actors[member], one.community, day_of(at))
        for one in facts
        for member, at in one.participants.items()
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_TAKING_PART, [list(column) for column in zip(*rows, strict=True)])


def _members(facts: Iterable[Told]) -> set[int]:
    found: set[int] = set()
    for one in facts:
        found.update(member for member in (one.asker, one.helper) if member is not None)
        found.update(one.participants)
    return found


def _row(one: Told, actors: Mapping[int, int]) -> Exchange:
    return Exchange(
        number=one.number, community=one.community, themes=sorted(one.themes), kind=one.kind, asks=one.asks,
        asker=None if one.asker is None else actors[one.asker],
        helper=None if one.helper is None else actors[one.helper],
        asked_at=one.asked_at, replied_at=one.replied_at, due_at=one.due_at, accepted_at=one.accepted_at,
        closed_at=one.closed_at, state=one.state, is_resolved=one.is_resolved,
        is_helpful=one.is_helpful, channel=one.channel, words=one.words, reached=one.reached,
        is_useful=one.is_useful,
    )  # fmt: skip


def _find_first(askers: Iterable[tuple[int, int]]) -> set[tuple[int, dt.date]]:
    """Say again which exchange of each asker was their first there; the days of those that changed."""
    pairs = sorted(askers)
    if not pairs:
        return set()
    with connection.cursor() as cursor:
        columns = [list(column) for column in zip(*pairs, strict=True)]
        cursor.execute(_FIRST, [*columns, settings.TIME_ZONE])
        return set(cursor.fetchall())
