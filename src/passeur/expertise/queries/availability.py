"""Whether somebody can be asked one more question: account, membership, pause, what they carry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cache, partial
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db import DEFAULT_DB_ALIAS, connection
from django.utils import timezone

from passeur.accounts import queries as accounts
from passeur.algorithms.routing import load
from passeur.foundation import lasting
from passeur.foundation.arrays import array

from ..choices import OPEN, Obstacle, ReferralState

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

_OF_LOAD = {
    load.Obstacle.PAUSED: Obstacle.PAUSED,
    load.Obstacle.FULL: Obstacle.FULL,
    load.Obstacle.WEEK_FULL: Obstacle.WEEK_FULL,
}

_OPEN = [str(state) for state in OPEN]
_CARRIED = """
select member_id, count(*) filter (where state = any(%(open)s::text[])),
    count(*) filter (where made_at >= %(monday)s and state <> %(withdrawn)s)
from expertise_referral
where member_id = any(%(people)s::bigint[]) and (state = any(%(open)s::text[]) or made_at >= %(monday)s)
group by member_id
"""
_PEOPLE = """
select r.open, r.week, {current}, {columns}
from accounts_member m
cross join lateral (
    select count(*) filter (where state = any(%(open)s::text[])) as open,
        count(*) filter (where made_at >= %(monday)s and state <> %(withdrawn)s) as week
    from expertise_referral
    where member_id = m.id and (state = any(%(open)s::text[]) or made_at >= %(monday)s)
) r
where m.id = any(%(people)s::bigint[])
    and m.erased_at is null and not m.is_machine and m.merged_into_id is null
"""


_CURRENT = """exists(
    select from communities_membership
    where member_id = m.id and community_id = %(community)s and left_at is null
)"""
_CURRENT_IN = """array(
    select community_id from communities_membership
    where member_id = m.id and community_id = any(%(communities)s::bigint[]) and left_at is null
)"""


_ASKS = ("id", "paused_until", "weekly_cap", "email", "is_active", "receives_questions")
_Asks = tuple[int, dt.date | None, int, str | None, bool, bool]
"""What says whether a member can be asked."""


@dataclass(frozen=True, slots=True)
class Availability:
    """What one person carries, and what stands against asking them, if anything.

    The person's cap counts twice: requests that are open, whenever they were made, and requests of the
    week. `until` is the last day of a pause, or the day before room comes back.
    """

    person: int
    carries: load.Availability
    obstacle: Obstacle | None
    until: dt.date | None
    made: Callable[[], Member]

    @property
    def member(self) -> Member:
        """The person, made of what was read when they are first asked for: most are only put in order."""
        return self.made()

    @property
    def room(self) -> int:
        """How many more requests fit."""
        return (self.carries.room or 0) if self.obstacle is None else 0


def week_began(now: dt.datetime) -> dt.datetime:
    """Monday, midnight, in the current time zone."""
    today = timezone.localtime(now)
    monday = today.date() - dt.timedelta(days=today.weekday())
    return timezone.make_aware(dt.datetime.combine(monday, dt.time()))


def availability(
    community: Community, people: Collection[int], now: dt.datetime | None = None
) -> dict[int, Availability]:
    """By person. Erased people and machines are not there at all. One query."""
    now = now or timezone.now()
    values = {**_counting(now), "people": array(people), "community": community.pk}
    statement, names, asks = _asking_people(_CURRENT)
    rows = lasting.fetched(statement, values)
    today, monday = timezone.localtime(now).date(), week_began(now)
    found: dict[int, Availability] = {}
    for opened, week, is_current, *values_of_member in rows:
        made = cache(partial(get_user_model().from_db, DEFAULT_DB_ALIAS, names, values_of_member))
        judged = _judged(asks(values_of_member), made, is_current, (opened, week), today, monday)
        found[judged.person] = judged
    return found


@cache
def _asking_people(current: str) -> tuple[str, list[str], Callable[[Any], _Asks]]:
    """`_PEOPLE` with the columns of a member, what they are called, which are `_ASKS`: worked out once."""
    fields = get_user_model()._meta.concrete_fields
    columns = ", ".join(f"m.{connection.ops.quote_name(str(field.column))}" for field in fields)
    names = [field.attname for field in fields]
    return _PEOPLE.format(current=current, columns=columns), names, itemgetter(*map(names.index, _ASKS))


def availability_in(
    pairs: Collection[tuple[int, int]], communities: Iterable[Community], now: dt.datetime | None = None
) -> dict[tuple[int, int], Availability]:
    """By (community, person), for several communities at once. One query, whatever their number."""
    now = now or timezone.now()
    values = {
        **_counting(now),
        "people": array(sorted({person for _, person in pairs})),
        "communities": array(community.pk for community in communities),
    }
    statement, names, asks = _asking_people(_CURRENT_IN)
    today, monday = timezone.localtime(now).date(), week_began(now)
    found = {}
    for opened, week, current, *values_of_member in lasting.fetched(statement, values):
        made = cache(partial(get_user_model().from_db, DEFAULT_DB_ALIAS, names, values_of_member))
        told = asks(values_of_member)
        found[told[0]] = (told, made, set(current), (opened, week))
    return {
        (community, person): _judged(told, made, community in current, carried, today, monday)
        for community, person in pairs
        if person in found
        for told, made, current, carried in [found[person]]
    }


def _carried(people: Collection[int], now: dt.datetime) -> dict[int, tuple[int, int]]:
    """(open requests, requests of this week), over all communities."""
    rows = lasting.fetched(_CARRIED, {**_counting(now), "people": array(people)})
    return {member: (opened, week) for member, opened, week in rows}


def _counting(now: dt.datetime) -> dict[str, Any]:
    """What says which requests count."""
    return {"open": _OPEN, "monday": week_began(now), "withdrawn": str(ReferralState.WITHDRAWN)}


def _judged_member(
    member: Member, is_current: bool, carried: tuple[int, int], today: dt.date, monday: dt.datetime
) -> Availability:
    return _judged(attrgetter(*_ASKS)(member), lambda: member, is_current, carried, today, monday)


def _judged(
    asks: _Asks,
    made: Callable[[], Member],
    is_current: bool,
    carried: tuple[int, int],
    today: dt.date,
    monday: dt.datetime,
) -> Availability:
    person, paused_until, weekly_cap, email, is_active, receives_questions = asks
    paused = paused_until is not None and paused_until >= today
    carries = load.Availability(
        paused=paused,
        open_work=carried[0],
        open_cap=weekly_cap,
        this_week=carried[1],
        weekly_cap=weekly_cap,
    )
    obstacle: Obstacle | None = None
    until: dt.date | None = None
    if email is None or not is_active:
        obstacle = Obstacle.NO_ACCOUNT
    elif not is_current:
        obstacle = Obstacle.LEFT
    elif not receives_questions or weekly_cap == 0:
        obstacle = Obstacle.NOT_RECEIVING
    elif carries.obstacle is not None:
        obstacle = _OF_LOAD[carries.obstacle]
        if obstacle == Obstacle.PAUSED:
            until = paused_until
        elif obstacle == Obstacle.WEEK_FULL:
            until = (monday + dt.timedelta(days=7)).date()
    return Availability(person, carries, obstacle, until, made)


def availability_of(member: Member) -> load.Availability:
    """What a member carries themself, for their own page."""
    now = timezone.now()
    carried = _carried([member.pk], now).get(member.pk, (0, 0))
    return _judged_member(member, True, carried, timezone.localtime(now).date(), week_began(now)).carries


def can_be_asked(member_id: int) -> bool:
    """Whether somebody has an account, wants questions and makes no pause; what they carry does not count."""
    return get_user_model()._default_manager.filter(accounts.is_available(), pk=member_id).exists()
