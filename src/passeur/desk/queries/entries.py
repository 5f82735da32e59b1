"""The lists of one manager at one moment, read from the entries: counts and pages from the same rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from passeur.foundation import lasting
from passeur.foundation.arrays import array
from passeur.foundation.prepared import Asked, prepared

from ..choices import Outcome, View
from ..cues import rules
from ..models import BEGUN, Entry
from .steps import midnight

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from passeur.accounts.models import Member
    from passeur.communities.models import Community

COUNTED = 1_000
"""Of a list for the week that is longer, so many are counted and can be turned to. Its figure says that there
are more; they follow as lines are dealt with."""

# What was handed to the reader is theirs, and speaks for its subject. Of a rule that offers only its best,
# the strongest of each community are there. The rest is there as it stands.
_MINE = """
mine as (
    select e.* from desk_entry e join desk_step s on s.id = e.step_id
    where e.community_id = any(%(communities)s::bigint[]) and e.begins <= %(now)s and e.ends > %(now)s
    and s.outcome = %(handed)s and s.to_id = %(manager)s
)
"""
# What these speak for, by key: asked of each by its subject, a count would have to look at every row, and the
# index that holds all that it counts would not do. `offset 0`: one look-up for each.
_SPOKEN_FOR = """
spoken_for as (
    select spoken.id from mine cross join lateral (
        select e.id from desk_entry e
        where e.community_id = mine.community_id and e.subject = mine.subject and e.step_id is null offset 0
    ) spoken
)
"""
_SHOWN = """
shown as (
    {all}
    union all
    select {columns}, false from unnest(%(communities)s::bigint[]) here
    cross join unnest(%(capped)s::text[], %(most)s::int[]) as best(rule, most)
    cross join lateral (
        select * from desk_entry
        where community_id = here and rule = best.rule and step_id is null and strength > 0
        and begins <= %(now)s and ends > %(now)s
        order by strength desc, key limit best.most
    ) e where true {horizon} {others}
    union all
    select {columns}, true from mine e where true {horizon}
)
"""
# To be counted along one index, all for today and so many for the week; and as many of each community as a
# page can need.
_ALL = """
    select {columns}, false as handed
    from (values ('today', null::bigint), ('week', %(counted)s::bigint)) list(name, most)
    cross join lateral (
        select e.horizon, e.waiting from desk_entry e
        where e.community_id = any(%(communities)s::bigint[]) and e.horizon = list.name
        and e.step_id is null and e.strength = 0
        and e.begins <= %(now)s and e.ends > %(now)s {others} limit list.most
    ) e
"""
_FIRST = """
    select {columns}, false as handed from unnest(%(communities)s::bigint[]) here
    cross join lateral (
        select * from desk_entry e
        where e.community_id = here and e.step_id is null and e.strength = 0
        and e.begins <= %(now)s and e.ends > %(now)s {horizon} {others}
        order by e.weight desc, e.moment, e.key, e.id limit %(end)s
    ) e
"""
_OTHERS = "and e.id <> all(array(select id from spoken_for))"
_COUNTS = f"""
with {_MINE}, {_SPOKEN_FOR}, {_SHOWN}, grouped as (
    select horizon, case when horizon = 'today' then waiting end as waiting, count(*) as n
    from shown group by 1, 2
)
select coalesce(sum(n) filter (where horizon = 'today'), 0)::bigint,
    least(coalesce(sum(n) filter (where horizon = 'week'), 0), %(counted)s)::bigint,
    count(waiting), coalesce(bool_or(waiting is null) filter (where horizon = 'today'), false),
    (
        select count(*) from desk_entry e
        where e.community_id = any(%(communities)s::bigint[]) and e.step_id is not null
        and e.begins <= %(now)s and e.ends > %(now)s and e.id not in (select id from mine)
    ),
    (
        select count(*) from desk_step
        where community_id = any(%(communities)s::bigint[]) and at >= %(midnight)s and undone_at is null
    ),
    array(
        select community_id from desk_filling
        where community_id = any(%(communities)s::bigint[]) and filled_at > %(begun)s
    )
from grouped
"""  # noqa: S608 - put together of the constants above
_PAGE = f"""
with {_MINE}, {_SPOKEN_FOR}, {_SHOWN}
select id from shown order by handed desc, weight desc, moment, key, id limit %(size)s offset %(start)s
"""  # noqa: S608 - put together of the constants above
_RESTING = f"""
with {_MINE}
select e.id from desk_entry e join desk_step s on s.id = e.step_id
where e.community_id = any(%(communities)s::bigint[]) and e.begins <= %(now)s and e.ends > %(now)s
and e.id not in (select id from mine)
order by s.until, e.key, e.id limit %(size)s offset %(start)s
"""  # noqa: S608 - put together of the constants above


@dataclass(frozen=True, slots=True)
class Figures:
    """How long the lists are, how many different people wait in that of today, and whether anything there
    waits for nobody. `week` is one more than `COUNTED` where it is more. `filled` are the communities (keys)
    whose entries are all there.
    """

    today: int
    week: int
    snoozed: int
    waiting_people: int
    some_can_wait: bool
    done: int
    filled: frozenset[int]

    @property
    def week_goes_on(self) -> bool:
        """The list for the week is longer than what is counted of it."""
        return self.week > COUNTED


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, of which communities, when."""

    manager: Member
    communities: Sequence[Community]
    now: dt.datetime

    def values(self, **more: Any) -> dict[str, Any]:
        capped = [rule for rule in rules() if rule.most]
        return {
            "manager": self.manager.pk,
            "communities": array(community.pk for community in self.communities),
            "now": self.now,
            "handed": Outcome.HANDED.value,
            "capped": [rule.name for rule in capped],
            "most": [rule.most for rule in capped],
            **more,
        }


def figures(reader: Reader) -> Figures:
    """One query, answered by one index."""
    columns = "e.horizon, e.waiting"
    everything = _ALL.format(columns=columns, others=_OTHERS)
    sql = _COUNTS.format(all=everything, columns=columns, horizon="", others=_OTHERS)
    ((today, week, people, some_can_wait, snoozed, done, filled),) = lasting.fetched(
        sql, reader.values(midnight=midnight(reader.now), begun=BEGUN, counted=COUNTED + 1)
    )
    return Figures(today, week, snoozed, people, some_can_wait, done, frozenset(filled))


def page_of(reader: Reader, view: View, start: int, size: int) -> list[Entry]:
    """So many entries of a list from there on, in order, each with its gesture. Two queries."""
    if view == View.SNOOZED:
        sql = _RESTING
    else:
        columns, horizon = "e.id, e.key, e.weight, e.moment", "and e.horizon = %(horizon)s"
        first = _FIRST.format(columns=columns, horizon=horizon, others=_OTHERS)
        sql = _PAGE.format(all=first, columns=columns, horizon=horizon, others=_OTHERS)
    values = reader.values(horizon=view.value, start=start, size=size, end=start + size)
    ids = [row[0] for row in lasting.fetched(sql, values)]
    rows = {entry.pk: entry for entry in _entries(keys=ids)}
    return [rows[pk] for pk in ids if pk in rows]


@prepared
def _entries(keys: Asked) -> QuerySet[Entry]:
    return Entry.objects.filter(pk__among=keys).select_related("step__by", "step__to")


def naming(member: Member, now: dt.datetime) -> Iterable[Entry]:
    """The entries that stand now and name this member, or in which they wait; the newest reason first."""
    rows = Entry.objects.filter(people__contains=[member.pk], begins__lte=now, ends__gt=now)
    return rows.select_related("community").order_by("-since", "pk")
