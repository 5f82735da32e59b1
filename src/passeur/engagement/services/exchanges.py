"""Exchanges as they stand, told by the room that judges them; and their days, with waits in bins."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import Q

from passeur.algorithms.measures.bins import ENDS, bin_of

from ..models import Exchange, Participant, ResponseDay
from . import people, places

HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Told:
    """An exchange as `conversations` judges it; people are members, by number, and wrote in it first then."""

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
    participants: Mapping[int, dt.datetime] = field(default_factory=dict)


_UPDATED = (
    "community", "themes", "kind", "asks", "asker", "helper", "asked_at", "replied_at", "due_at",
    "accepted_at", "closed_at", "state", "is_resolved",
)  # fmt: skip
_FIRST = """
UPDATE engagement_exchange x SET is_first = f.is_first
  FROM (
    SELECT number, asker IS NOT NULL AND row_number() OVER (
               PARTITION BY community, asker ORDER BY asked_at, number
           ) = 1 AS is_first
      FROM engagement_exchange WHERE (community, asker) IN (SELECT * FROM unnest(%s::int[], %s::int[]))
  ) f
 WHERE f.number = x.number AND f.is_first <> x.is_first
RETURNING x.community, (x.asked_at AT TIME ZONE 'UTC')::date
"""


def follow_exchanges(facts: Sequence[Told], *, gone: Iterable[int] = ()) -> None:
    """Keep these exchanges as they stand now, forget those `gone`, and make their days again.

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
        Participant.objects.bulk_create(
            Participant(exchange_id=one.number, actor=actors[member], community=one.community, day=day_of(at))
            for one in facts
            for member, at in one.participants.items()
        )
        askers = {(one.community, actors[one.asker]) for one in facts if one.asker is not None}
        askers |= {(one.community, one.asker) for one in before.values() if one.asker is not None}
        touched |= {(one.community, day_of(one.asked_at)) for one in facts} | _find_first(askers)
        remake(touched)


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
    )  # fmt: skip


def _find_first(askers: Iterable[tuple[int, int]]) -> set[tuple[int, dt.date]]:
    """Say again which exchange of each asker was their first there; the days of those that changed."""
    pairs = sorted(askers)
    if not pairs:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_FIRST, [list(column) for column in zip(*pairs, strict=True)])
        return set(cursor.fetchall())


def day_of(at: dt.datetime) -> dt.date:
    return at.astimezone(dt.UTC).date()


def remake(days: Iterable[tuple[int, dt.date]]) -> None:
    """Make the response days of (community, day in UTC) again from their exchanges."""
    by_community: dict[int, set[dt.date]] = defaultdict(set)
    for community, day in days:
        by_community[community].add(day)
    for community, some in by_community.items():
        above = places.parents(community)
        rows = _exchanges(community, some)
        ResponseDay.objects.filter(community=community, day__in=some).delete()
        made: dict[tuple[int, dt.date, str], ResponseDay] = {}
        for one in rows:
            themes = {0}.union(*(places.way_up(theme, above) for theme in one.themes))
            for theme in themes:
                place = (theme, day_of(one.asked_at), one.kind)
                if place not in made:
                    made[place] = _nothing(community, *place, asks=one.asks)
                _add(made[place], one)
        ResponseDay.objects.bulk_create(made.values(), batch_size=500)


def _exchanges(community: int, days: Iterable[dt.date]) -> list[Exchange]:
    spans = Q(pk__in=[])
    for day in days:
        start = dt.datetime.combine(day, dt.time(), dt.UTC)
        spans |= Q(asked_at__gte=start, asked_at__lt=start + dt.timedelta(days=1))
    return list(Exchange.objects.filter(spans, community=community))


def _nothing(community: int, theme: int, day: dt.date, kind: str, *, asks: bool) -> ResponseDay:
    return ResponseDay(
        community=community, theme=theme, day=day, kind=kind, asks=asks, asked=0, served=[0] * len(ENDS),
        due=0, left=[0] * len(ENDS), waiting=[0] * 24, within=0, accepted=0, resolved=0, newcomers=0,
        newcomers_within=0,
    )  # fmt: skip


def _add(day: ResponseDay, one: Exchange) -> None:
    is_within = one.replied_at is not None and one.due_at is not None and one.replied_at <= one.due_at
    day.asked += 1
    if one.replied_at is not None:
        day.served[bin_of((one.replied_at - one.asked_at) / HOUR)] += 1
    elif one.closed_at is not None:
        day.left[bin_of((one.closed_at - one.asked_at) / HOUR)] += 1
    else:
        day.waiting[one.asked_at.astimezone(dt.UTC).hour] += 1
    day.within += is_within
    day.accepted += one.accepted_at is not None
    day.resolved += one.is_resolved
    day.due += one.due_at is not None
    day.newcomers += one.is_first and one.due_at is not None
    day.newcomers_within += one.is_first and is_within
